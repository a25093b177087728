"""GDELT event files: 1.0 (57 or 58 columns) and 2.0 (61), tab-separated, without header, often named .csv or zipped.

With no header a shifted column shows only in its values, so several columns of every row are held against each other: the day against
the month and year, the code against its root, the quad class against its range. Codes stay text: "010" is not "10".
GDELT codebooks 2.0 (events, 2015) and 1.03 (2013).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from visavis.errors import InputError
from visavis.lexicon.crosswalk import state_of
from visavis.records import Event, Party
from visavis.store.imports.events import cameo_code, imported_event, iso_day
from visavis.store.imports.rows import open_text, wrong

_HEAD = (
    "GLOBALEVENTID SQLDATE MonthYear Year FractionDate Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode Actor1EthnicCode "
    "Actor1Religion1Code Actor1Religion2Code Actor1Type1Code Actor1Type2Code Actor1Type3Code Actor2Code Actor2Name Actor2CountryCode "
    "Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code "
    "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone"
).split()
_PLACE = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")


def _columns(second: bool) -> tuple[str, ...]:
    parts = [*_PLACE[:4], "ADM2Code", *_PLACE[4:]] if second else _PLACE
    geo = [f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in parts]
    return (*_HEAD, *geo, "DATEADDED", "SOURCEURL")


FIRST, SECOND = _columns(second=False), _columns(second=True)
# GDELT's actor types that are PLOVER sectors under another name.
TYPES = {
    "MED": "JRN",
    "HLH": "MED",
    "INS": "REB",
    "SET": "CVL",
    "REF": "CVL",
    "MOD": "",
    "RAD": "REB",
    "ELI": "",
    "AGR": "BUS",
}


def read_gdelt(path: Path) -> Iterator[Event]:
    """The events of the file, one row at a time. Raises InputError with line and expected form for a row that is not in its columns."""
    with open_text(path) as text:
        lines = enumerate(csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE), start=1)
        first = next(lines, None)
        if first is None:
            raise InputError(f"{path.name} is empty.", "Give a GDELT event file.")
        rest = lines if first[1][:1] == ["GLOBALEVENTID"] else chain([first], lines)
        for line, cells in rest:
            if cells:
                yield _event(path, line, _row(path, line, cells))


def _row(path: Path, line: int, cells: list[str]) -> Mapping[str, str]:
    if len(cells) == len(SECOND):
        return dict(zip(SECOND, cells, strict=True))
    if len(cells) in (len(FIRST), len(FIRST) - 1):  # files before April 2013 have no SOURCEURL
        return dict(zip(FIRST, [*cells, ""], strict=False))
    raise wrong(path, line, f"{len(cells)} cells", "57 or 58 tab-separated columns (GDELT 1.0) or 61 (2.0)")


def _event(path: Path, line: int, row: Mapping[str, str]) -> Event:
    own = row["GLOBALEVENTID"]
    if not own.isdigit():
        raise wrong(path, line, f"GLOBALEVENTID is {own!r}", "a whole number")
    day = iso_day(path, line, "SQLDATE", row["SQLDATE"])
    code = cameo_code(path, line, "EventCode", row["EventCode"])
    for name, expected in (("MonthYear", day[:7].replace("-", "")), ("Year", day[:4]), ("EventRootCode", code[:2])):
        if row[name] != expected:
            raise wrong(
                path, line, f"{name} is {row[name]!r}", f"{expected}, as the other columns say: columns are shifted"
            )
    if row["QuadClass"] not in ("1", "2", "3", "4"):
        raise wrong(path, line, f"QuadClass is {row['QuadClass']!r}", "1, 2, 3 or 4")
    return imported_event(
        "gdelt",
        own,
        day,
        party(path, line, row, "Actor1"),
        party(path, line, row, "Actor2"),
        cameo=code,
        quad=int(row["QuadClass"]),
        intensity=weight(path, line, row["GoldsteinScale"]),
        quote=row["SOURCEURL"],
        story=row["SOURCEURL"],
        place=row["ActionGeo_FullName"],
    )


def weight(path: Path, line: int, text: str) -> float | None:
    """The Goldstein weight, None where the cell is empty; raises InputError for what is none."""
    try:
        value = float(text) if text else None
    except ValueError:
        value = 99.0
    if value is not None and not -10 <= value <= 10:
        raise wrong(path, line, f"GoldsteinScale is {text!r}", "a number from -10 to 10")
    return value


def party(path: Path, line: int, row: Mapping[str, str], which: str) -> tuple[Party, ...]:
    """The actor called `which` (Actor1, Actor2) of a row, none where it has no code and no name; raises InputError for a country that is
    no code."""
    code, name, country, kind = (row[which + part] for part in ("Code", "Name", "CountryCode", "Type1Code"))
    if country and not (len(country) == 3 and country.isalpha() and country.isupper()):
        raise wrong(path, line, f"{which}CountryCode is {country!r}", "three capital letters, or nothing")
    if not code and not name:
        return ()
    return (Party(code=state_of(country), sector=TYPES.get(kind, kind), name=name or code, words="", how="import"),)
