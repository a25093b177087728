"""GDELT event files by the column: what `gdelt.read_gdelt` reads a row at a time, some ten times as fast and in bounded memory.

Every rule stands in `gdelt`: here it is asked once for each different value of a batch. A file in which anything is odd is left to the
reader of rows, which says where.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from visavis.errors import InputError
from visavis.lexicon.ontology import INTENSITY, type_of_cameo
from visavis.records import Event
from visavis.store.imports import gdelt
from visavis.store.imports.events import cameo_code, imported_event, iso_day
from visavis.store.imports.rows import open_bytes
from visavis.store.schema import arrow_schema

_ACTOR = ("Code", "Name", "CountryCode", "Type1Code")
_READ = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", *(who + part for who in ("Actor1", "Actor2") for part in _ACTOR), "EventCode",
    "EventRootCode", "QuadClass", "GoldsteinScale", "ActionGeo_FullName", "SOURCEURL",
)  # fmt: skip
_EVENT_ID, _STORY_ID = b"5:gdelt", b"5:gdelt5:story"  # as `content_id` frames them
_BLOCK = 1 << 23  # bytes of the file at a time
_ROWS = 100_000  # of a batch: one commit


class Odd(Exception):
    """Something that only the reader of rows can judge."""


def gdelt_tables(path: Path) -> Iterator[pa.Table]:
    """The events of the file as Arrow, in the schema of the table `events`, in batches. Raises Odd, and InputError for a file that cannot
    be opened."""
    waiting: list[pa.Table] = []
    for batch in _batches(path):
        waiting.append(_events(path, batch))
        if sum(len(table) for table in waiting) >= _ROWS:
            yield pa.concat_tables(waiting)
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting)


def _batches(path: Path) -> Iterator[pa.RecordBatch]:
    with open_bytes(path) as raw:
        first = raw.readline().decode("utf-8").rstrip("\r\n").split("\t")
    names = list(gdelt.SECOND if len(first) == len(gdelt.SECOND) else gdelt.FIRST[: len(first)])
    if len(first) not in (len(gdelt.SECOND), len(gdelt.FIRST), len(gdelt.FIRST) - 1):
        raise Odd
    wanted = [name for name in _READ if name in names]
    with open_bytes(path) as raw:
        try:
            yield from csv.open_csv(
                raw,
                csv.ReadOptions(
                    use_threads=False, block_size=_BLOCK, column_names=names, skip_rows=int(first[0] == names[0])
                ),
                csv.ParseOptions(delimiter="\t", quote_char=False),
                csv.ConvertOptions(
                    column_types=dict.fromkeys(wanted, pa.string()), include_columns=wanted, strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid as error:
            raise Odd from error


def _events(path: Path, batch: pa.RecordBatch) -> pa.Table:
    """The batch as events; raises Odd where a row would be refused."""
    size = len(batch)
    cells = {name: batch.column(name) for name in batch.schema.names}
    own = cells["GLOBALEVENTID"]
    day = _each(cells["SQLDATE"], lambda text: iso_day(path, 0, "SQLDATE", text))
    code = _each(cells["EventCode"], lambda text: cameo_code(path, 0, "EventCode", text))
    quad = cells["QuadClass"]
    year, month = pc.utf8_slice_codeunits(day, 0, 4), pc.utf8_slice_codeunits(day, 5, 7)
    agree = (
        pc.match_substring_regex(own, "^[0-9]+$"),
        pc.equal(cells["Year"], year),
        pc.equal(cells["MonthYear"], pc.binary_join_element_wise(year, month, "")),
        pc.equal(cells["EventRootCode"], pc.utf8_slice_codeunits(code, 0, 2)),
        pc.is_in(quad, pa.array(["1", "2", "3", "4"])),
    )
    if not all(pc.all(one, min_count=0).as_py() for one in agree):
        raise Odd
    url = cells.get("SOURCEURL", pa.repeat("", size))
    kind = _each(code, lambda text: type_of_cameo(text) or "")
    told = {
        "event_id": pa.array([_id(_EVENT_ID, text) for text in own.to_pylist()]),
        "story_id": _each(url, lambda text: _id(_STORY_ID, text) if text else ""),
        "quote": url,
        "type": kind,
        "cameo": code,
        "quad": pc.cast(quad, pa.int64()),
        "intensity": _weights(path, cells["GoldsteinScale"], kind),
        "sources": _parties(path, cells, "Actor1"),
        "targets": _parties(path, cells, "Actor2"),
        "date_from": day,
        "date_to": day,
        "place": cells["ActionGeo_FullName"],
        "because": _lists(pc.binary_join_element_wise("gdelt", own, " "), [1] * size),
    }
    return _filled(told, size)


def _each(column: pa.Array, function: Callable[[str], Any], type: pa.DataType = pa.string()) -> pa.Array:
    """The function of each cell, asked once for each different one; raises Odd where it refuses."""
    coded = pc.dictionary_encode(column)
    try:
        found = [function(text) for text in coded.dictionary.to_pylist()]
    except InputError as error:
        raise Odd from error
    return pc.take(pa.array(found, type), coded.indices)


def _id(framed: bytes, last: str) -> str:
    """What `content_id` gives for parts of which all but the last are framed already."""
    data = last.encode()
    return hashlib.sha256(b"%s%d:%s" % (framed, len(data), data)).hexdigest()[:16]


def _weights(path: Path, given: pa.Array, kind: pa.Array) -> pa.Array:
    weight = _each(given, lambda text: gdelt.weight(path, 0, text), pa.float64())
    return pc.coalesce(weight, _each(kind, lambda name: INTENSITY.get(name, 0.0), pa.float64()))


def _parties(path: Path, cells: dict[str, pa.Array], who: str) -> pa.Array:
    """The party of each row as a list of none or one."""
    parts = [cells[who + part] for part in _ACTOR]
    coded = pc.dictionary_encode(pc.binary_join_element_wise(*parts, "\t"))
    names = [who + part for part in _ACTOR]
    try:
        known = [
            gdelt.party(path, 0, dict(zip(names, text.split("\t"), strict=True)), who)
            for text in coded.dictionary.to_pylist()
        ]
    except InputError as error:
        raise Odd from error
    party = arrow_schema(Event).field("sources").type.value_type
    rows = [{name: getattr(one[0], name) for name in party.names} if one else None for one in known]
    values = pc.take(pa.array(rows, party), coded.indices)
    there = pc.is_valid(values)
    return _lists(values.filter(there), pc.cast(there, pa.int32()).to_pylist())


def _lists(values: pa.Array, lengths: list[int]) -> pa.Array:
    """Lists of so many of the values each, in order."""
    ends = pc.cumulative_sum(pa.array([0, *lengths], pa.int32()))
    element = pa.list_(pa.field("element", values.type))
    return pa.ListArray.from_arrays(ends, values).cast(element)


def _filled(told: dict[str, pa.Array], size: int) -> pa.Table:
    """The columns that are told, and for all others what every imported event of GDELT has there."""
    schema = arrow_schema(Event)
    same = imported_event("gdelt", "", "", (), ())
    columns = [
        told[f.name].cast(f.type) if f.name in told else _same(getattr(same, f.name), f.type, size) for f in schema
    ]
    return pa.table(columns, schema=schema)


def _same(value: Any, type: pa.DataType, size: int) -> pa.Array:
    """One value, which is no list but the empty one, for every row."""
    if value == ():
        return _lists(pa.array([], type.value_type), [0] * size)
    return pa.repeat(pa.scalar(value, type), size)
