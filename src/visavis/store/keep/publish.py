"""A record without its texts, for others to check against their own copies: ids, spans, hashes, quotes of a stated length.

The form is a Frictionless data package: CSV files that `datapackage.json` describes column by column (lists and objects as JSON).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from visavis.errors import InputError, RecordError
from visavis.store.describe import columns, one_row
from visavis.store.export import csv_lines, rows_of
from visavis.store.keep.datasheet import datasheet, datasheet_markdown
from visavis.store.keep.scrub import without_words
from visavis.store.record import Record
from visavis.store.tables import TABLES

Row = dict[str, Any]
Cut = Callable[[Row, int], Row]

QUOTE = 80
_LONGEST = 300
# What Table Schema calls the types; lists and structs stand in their cells as JSON.
_KINDS: tuple[tuple[Callable[[pa.DataType], bool], str], ...] = (
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_integer, "integer"),
    (pa.types.is_floating, "number"),
    (pa.types.is_list, "array"),
    (pa.types.is_nested, "object"),
    (lambda kind: True, "string"),
)
_ADDED = {
    "text_sha256": ("string", "SHA-256 of the article's text in UTF-8; empty when it was taken down"),
    "text_length": ("integer", "code points of the article's text"),
    "quote_sha256": ("string", "SHA-256 of the whole sentence in UTF-8"),
    "words_sha256": ("string", "SHA-256 of the action words in UTF-8"),
}


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hex; "" for none."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if text else ""


def publish(record: Record, out: str | Path, quote: int = QUOTE) -> dict[str, int]:
    """Write the record without texts into the new or empty folder `out`: {file: rows}. No piece of a text is longer than `quote`
    characters (0: none at all).

    Raises InputError for a length that is no short quote or a folder that holds something, RecordError when it cannot be written.
    """
    if not 0 <= quote <= _LONGEST:
        raise InputError(f"A quote of {quote} characters is not short.", f"Give 0 to {_LONGEST}.")
    folder = Path(out)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} holds something already.", "Give a new or empty folder.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".publish-") as half:
            written = _write_all(record, Path(half), quote)
            shutil.copytree(half, folder, dirs_exist_ok=True)
    except OSError as error:
        raise RecordError(f"{folder} cannot be written ({error.strerror}).", "Give a folder that is yours.") from error
    return written


def _write_all(record: Record, folder: Path, quote: int) -> dict[str, int]:
    (folder / "data").mkdir()
    resources = [_write(record, folder, name, quote) for name in _PUBLISHED]
    sheet = datasheet(record)
    (folder / "datasheet.json").write_text(_json(sheet), "utf-8")
    (folder / "datasheet.md").write_text(datasheet_markdown(sheet), "utf-8")
    package = _package(record, [resource for resource, _ in resources], quote)
    (folder / "datapackage.json").write_text(_json(package), "utf-8")
    return {resource["path"]: rows for resource, rows in resources}


def _write(record: Record, folder: Path, name: str, quote: int) -> tuple[Row, int]:
    """Write one table; its description, and how many rows it has."""
    drop, cut = _PUBLISHED[name]
    table = record.table(name)
    rows = [cut(row, quote) for row in rows_of(table)]
    rows = [{key: value for key, value in row.items() if key not in drop} for row in rows]
    names = list(rows[0]) if rows else [c.name for c in columns(name) if c.name not in drop]
    path = folder / "data" / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(csv_lines(names, ([row[key] for key in names] for row in rows)))
    resource = {
        "name": name,
        "path": f"data/{name}.csv",
        "profile": "tabular-data-resource",
        "title": one_row(name),
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest(),
        "schema": {
            "fields": _fields(name, names, table.schema),
            **({"primaryKey": TABLES[name].key} if name in TABLES else {}),
        },
    }
    return resource, len(rows)


def _fields(table: str, names: Sequence[str], schema: pa.Schema) -> list[Row]:
    known = {column.name: column for column in columns(table)}
    found = []
    for name in names:
        if name not in known:
            kind, meaning = _ADDED[name]
            found.append({"name": name, "type": kind, "description": meaning})
            continue
        column = known[name]
        kind = next(kind for fits, kind in _KINDS if fits(schema.field(name).type))
        unit = f" ({column.unit})" if column.unit else ""
        found.append({"name": name, "type": kind, "description": column.meaning + unit})
    return found


def _package(record: Record, resources: list[Row], quote: int) -> Row:
    run = record.run
    name = record.path.resolve().name
    return {
        "profile": "data-package",
        "name": "".join(c if c.isalnum() or c in "-_." else "-" for c in name.lower()) or "record",
        "title": f"Visavis record {name}, run {run.number if run else 'none'}, without article texts",
        "description": f"Ids, spans and hashes of what was read and coded; quotes of at most {quote} characters. Check it against your "
        "own copies of the pages: visavis check DIR --against PILE.",
        "created": run.finished_at if run else None,
        "version": run.run_id if run else None,
        "visavis": {
            "run": run.run_id if run else None,
            "version": run.visavis if run else None,
            "quote_characters": quote,
        },
        "resources": resources,
    }


def _json(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _as_it_is(row: Row, quote: int) -> Row:
    return row


def _article(row: Row, quote: int) -> Row:
    published = {**row["published"], "evidence": row["published"]["evidence"][:quote]}
    text = row["text"]
    return {
        **row,
        "title": row["title"][:quote],
        "section": row["section"][:quote],
        "published": published,
        "text_sha256": sha256(text),
        "text_length": len(text),
    }


def _event(row: Row, quote: int) -> Row:
    def short(items: Sequence[Mapping[str, Any]]) -> list[Row]:
        return [{**item, "name": item["name"][:quote], "words": item["words"][:quote]} for item in items]

    return {
        **row,
        **{name: row[name][:quote] for name in ("quote", "words", "date_words", "place")},
        **{name: short(row[name]) for name in ("sources", "targets", "voices")},
        "quote_sha256": sha256(row["quote"]),
        "words_sha256": sha256(row["words"]),
    }


def _review(row: Row, quote: int) -> Row:
    return {**row, "corrected": dict(without_words(row["corrected"] or {}))}


# Table: the columns that are left out, and what is cut short.
_PUBLISHED: dict[str, tuple[tuple[str, ...], Cut]] = {
    "pages": (("body", "hint", "found_at", "fetched_at"), _as_it_is),
    "articles": (("text", "credits", "mended"), _article),
    "copies": (("why",), _as_it_is),
    "stories": ((), _as_it_is),
    "aliases": ((), _as_it_is),
    "events": (("because",), _event),
    "codings": ((), _as_it_is),
    "happenings": (("why", "differences"), _as_it_is),
    "drops": (("detail",), _as_it_is),
    "reviews": (("said", "anchors"), _review),
    "takedowns": ((), _as_it_is),
    "runs": (("settings", "errors"), _as_it_is),
    "coverage": ((), _as_it_is),
}
