"""What a person types to correct an event, as the columns that it changes.

`type`: one of PLOVER's 16; its quad class and intensity follow, mode and CAMEO code are left open. `sources`, `targets`: codes with
sectors, `CHN GOV, RUS`; "-" for nobody. `date`: 2021, 2021-04, 2021-04-10 or first/last; "-" for unknown. `status`: one of five.
`voices`: `Tass (RUS media); Sergey Lavrov (RUS government)`, outermost first; "-" for the article itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

import msgspec

from visavis.errors import InputError
from visavis.lexicon.ontology import INTENSITY, QUAD, TYPES
from visavis.records import Event, Party, Status, Voice
from visavis.store.events import day_of

FIELDS = ("type", "sources", "targets", "date", "status", "voices")
STATUSES = tuple(status for status in get_args(Status) if status != "rejected")
KINDS = ("government", "media", "expert", "organisation", "person", "unknown")
_PARTY = re.compile(r"([A-Z][A-Z0-9]{1,7})(?:\s+([A-Z]{2,4}))?")
_VOICE = re.compile(r"([^()]+?)(?:\s*\(([^()]*)\))?")
_PRECISION = {4: "year", 7: "month", 10: "day"}


def corrected_columns(event: Event, given: Mapping[str, str]) -> dict[str, str]:
    """{column: JSON} of the columns of `event` that change when `given` ({field: what a person typed}) is right.

    Raises InputError for an unknown field, a value that cannot be read, or a correction that changes nothing.
    """
    wrong = sorted(set(given) - set(FIELDS))
    if wrong:
        raise InputError(f"An event has no {wrong[0]!r} to correct.", f"Correct one of: {', '.join(FIELDS)}.")
    new: dict[str, Any] = {}
    for name in FIELDS:
        if given.get(name, "").strip():
            new |= _READERS[name](event, given[name].strip())
    old = msgspec.to_builtins(event)
    changed = {name: value for name, value in new.items() if msgspec.to_builtins(value) != old[name]}
    if not changed:
        raise InputError("That is what the record says already.", "Accept the event, or give what should be different.")
    return {name: msgspec.json.encode(value).decode() for name, value in changed.items()}


def _type(event: Event, text: str) -> dict[str, Any]:
    name = text.upper()
    if name not in TYPES:
        raise InputError(f"{text!r} is no type of event.", f"Types: {', '.join(TYPES)}.")
    if name == event.type:
        return {}
    return {"type": name, "quad": QUAD[name], "intensity": INTENSITY[name], "mode": None, "cameo": None}


def _status(event: Event, text: str) -> dict[str, Any]:
    if text.lower() not in STATUSES:
        raise InputError(
            f"{text!r} is no status.", f"Statuses: {', '.join(STATUSES)}. To strike an event out, reject it."
        )
    return {"status": text.lower()}


def _date(event: Event, text: str) -> dict[str, Any]:
    if text == "-":
        return {"date_from": None, "date_to": None, "date_precision": "unknown", "date_basis": "none"}
    first, _, last = text.partition("/")
    begin, end = day_of(first.strip(), first=True), day_of((last or first).strip(), first=False)
    if begin > end:
        raise InputError(f"{text!r} ends before it begins.", "Write the first day, then the last.")
    precision = "interval" if last else _PRECISION[len(first.strip())]
    return {"date_from": begin, "date_to": end, "date_precision": precision, "date_basis": "explicit"}


def _side(name: str) -> Callable[[Event, str], dict[str, Any]]:
    def read(event: Event, text: str) -> dict[str, Any]:
        known = {(p.code, p.sector): p for p in (*event.targets, *event.sources)}
        found = []
        for part in [] if text == "-" else text.split(","):
            match = _PARTY.fullmatch(part.strip())
            if match is None:
                raise InputError(
                    f"{part.strip()!r} is no party.",
                    "Write codes, with a sector if wanted: CHN GOV, RUS; or - for nobody.",
                )
            code, sector = match[1], match[2] or ""
            found.append(known.get((code, sector)) or _of_code(event, code, sector))
        return {name: tuple(found)}

    return read


def _of_code(event: Event, code: str, sector: str) -> Party:
    """The event's own party of this code with another sector, or a new one."""
    own = next((p for p in (*event.sources, *event.targets) if p.code == code), None)
    plain = Party(code=code, sector=sector, how="review")
    return plain if own is None else msgspec.structs.replace(own, sector=sector)


def _voices(event: Event, text: str) -> dict[str, Any]:
    known = {voice.name: voice for voice in event.voices}
    found = []
    for part in [] if text == "-" else text.split(";"):
        match = _VOICE.fullmatch(part.strip())
        if match is None or not match[1].strip():
            raise InputError(f"{part.strip()!r} is no voice.", "Write its name, code and kind: Tass (RUS media).")
        found.append(_voice(known.get(match[1].strip()), match[1].strip(), (match[2] or "").split()))
    return {"voices": tuple(found)}


def _voice(own: Voice | None, name: str, words: list[str]) -> Voice:
    kinds = [word.lower() for word in words if word.lower() in KINDS]
    codes = [word for word in words if re.fullmatch(r"[A-Z][A-Z0-9]{1,7}", word)]
    if len(kinds) + len(codes) != len(words) or len(kinds) > 1 or len(codes) > 1:
        raise InputError(f"({' '.join(words)}) does not describe a voice.", f"A code and a kind: {', '.join(KINDS)}.")
    kind, code = (kinds or ["unknown"])[0], (codes or [""])[0]
    if own is not None:
        return msgspec.structs.replace(own, **({"kind": kind, "code": code} if words else {}))
    return Voice(name=name, code=code, kind=kind)


_READERS: dict[str, Callable[[Event, str], dict[str, Any]]] = {
    "type": _type,
    "sources": _side("sources"),
    "targets": _side("targets"),
    "date": _date,
    "status": _status,
    "voices": _voices,
}
