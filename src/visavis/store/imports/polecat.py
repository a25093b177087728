"""POLECAT event files (40 columns, tab-separated, header; ISO 8859-1 in part) and PLOVER events as JSON Lines.

POLECAT headers come with excess names and with empty columns at the end: both are let pass, a missing column is not.
Halterman et al. (2023), POLECAT, Harvard Dataverse, doi:10.7910/DVN/AJGVIT. PLOVER codebook, Open Event Data Alliance (2023).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from visavis.lexicon.ontology import QUAD
from visavis.records import Event, Party, Status
from visavis.store.imports.events import imported_event, iso_day, side
from visavis.store.imports.rows import MISSING, Row, need, number, open_text, table_rows, wrong

_NEEDED = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country",
    "Primary Actor Sector", "Recipient Name", "Recipient Country", "Primary Recipient Sector",
)  # fmt: skip
_QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
_STATUSES: dict[str, Status] = {"": "happened", **{status: status for status in get_args(Status)}}


def read_polecat(path: Path) -> Iterator[Event]:
    """The events of the file. Raises InputError with line and expected form for a cell that is not in its column."""
    for line, row in table_rows(path, delimiter="\t", quoted=False, loose=True):
        need(path, row, *_NEEDED)
        own = row["Event ID"].strip()
        if not own or " " in own:
            raise wrong(path, line, f"Event ID is {own!r}", "an id without blanks")
        yield imported_event(
            "polecat",
            own,
            iso_day(path, line, "Event Date", row["Event Date"]),
            _side(row, "Actor"),
            _side(row, "Recipient"),
            type=_type(path, line, row["Event Type"]),
            mode=_word(row["Event Mode"]) or None,
            contexts=_listed(row["Contexts"]),
            quad=_quad(path, line, row["Quad Code"]),
            intensity=number(path, line, row, "Intensity", -10, 10),
            quote=f"{row['Event Type'].strip()}, {row.get('Source', '').strip()}".strip(", "),
            place=_word(row.get("Country", "")),
        )


def read_plover(path: Path) -> Iterator[Event]:
    """The events of JSON Lines: {"id", "date", "event", "source": [{"code", "sector"?, "text"?}], "target": [...], "mode"?, "context"?,
    "cameo"?, "quad"?, "intensity"?, "status"?, "text"?}. A line of `visavis code` ({"id", "date", "events": [...]}) holds several.

    Raises InputError with line and expected form.
    """
    with open_text(path) as lines:
        for line, text in enumerate(lines, start=1):
            if not text.strip():
                continue
            try:
                given = json.loads(text)
            except ValueError:
                given = None
            if not isinstance(given, dict):
                raise wrong(path, line, "this is no JSON object", '{"id", "date", "event", "source", "target"}')
            several = given.get("events")
            for at, one in enumerate(several if isinstance(several, list) else [given]):
                whole = {
                    **{k: given.get(k) for k in ("id", "date", "text")},
                    **{k: v for k, v in one.items() if v is not None},
                }
                yield _plover(path, line, whole, f"#{at}" if isinstance(several, list) else "")


def _plover(path: Path, line: int, given: Mapping[str, Any], at: str) -> Event:
    if not given.get("id") or not given.get("date"):
        raise wrong(path, line, "the event has no id or no date", "both")
    status = str(given.get("status") or "")
    if status not in _STATUSES:
        raise wrong(path, line, f"status is {status!r}", ", ".join(filter(None, _STATUSES)))
    quad = given.get("quad")
    if quad is not None and quad not in (1, 2, 3, 4):
        raise wrong(path, line, f"quad is {quad!r}", "1, 2, 3 or 4")
    cameo = given.get("cameo")
    if cameo is not None and not isinstance(cameo, str):
        raise wrong(path, line, f"cameo is {cameo!r}", 'a code as text ("010")')
    return imported_event(
        "plover",
        f"{given['id']}{at}",
        iso_day(path, line, "date", str(given["date"])),
        _people(path, line, given.get("source")),
        _people(path, line, given.get("target") or given.get("recipient")),
        type=_type(path, line, str(given.get("event") or given.get("type") or "")),
        mode=given.get("mode") or None,
        contexts=_contexts(given.get("context") or given.get("contexts")),
        cameo=cameo,
        quad=quad or 0,
        intensity=given.get("intensity"),
        quote=str(given.get("text") or given.get("words") or ""),
        status=_STATUSES[status],
    )


def _people(path: Path, line: int, given: object) -> tuple[Party, ...]:
    found: list[Party] = []
    for one in given if isinstance(given, list) else [given] if given else []:
        if isinstance(one, str):
            one = {"code": one}
        if not isinstance(one, dict):
            raise wrong(path, line, f"a party is {one!r}", '{"code": "CHN", "sector": "GOV", "text": "Beijing"}')
        code, sector, text = (str(one.get(name) or "") for name in ("code", "sector", "text"))
        found.append(Party(code=code, sector=sector, name=text or code, how="import"))
    return tuple(found)


def _side(row: Row, who: str) -> tuple[Party, ...]:
    country = _word(row[f"{who} Country"]).split(";")[0]
    return side(_word(row[f"{who} Name"]), country, _word(row[f"Primary {who} Sector"]))


def _type(path: Path, line: int, text: str) -> str:
    kind = text.strip().upper()
    if kind not in QUAD:
        raise wrong(path, line, f"the event type is {text!r}", f"one of {', '.join(QUAD)}")
    return kind


def _quad(path: Path, line: int, text: str) -> int:
    """1-4 from the number or the name, in any case; 0 (left to the type) where the cell is empty."""
    plain = re.sub(r"[\s_-]+", " ", text.strip().lower())
    if plain in ("", "na", "none"):
        return 0
    found = _QUADS.get(plain) or (int(plain) if plain in ("1", "2", "3", "4") else 0)
    if not found:
        raise wrong(path, line, f"Quad Code is {text!r}", "1 to 4, or a name such as VERBAL CONFLICT")
    return found


def _listed(text: str) -> tuple[str, ...]:
    parts = (part.strip().lower().replace(" ", "_") for part in re.split(r"[;,|]", text))
    return tuple(dict.fromkeys(part for part in parts if part and part not in ("na", "none")))


def _contexts(given: object) -> tuple[str, ...]:
    if isinstance(given, list):
        return _listed(";".join(str(one) for one in given))
    return _listed(given) if isinstance(given, str) else ()


def _word(text: str) -> str:
    return "" if text.strip() in MISSING else text.strip()
