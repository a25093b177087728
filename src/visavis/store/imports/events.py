"""What the importers of event data share: parties, sectors, days, and the form in which an imported event is kept.

An imported event has no article: `article_id` is empty, `coder` begins with "import:", `because` names the data set and the event's
own id there, `quote` holds what the data set says of it (an event text, an address).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from visavis.lexicon.ontology import INTENSITY, QUAD, type_of_cameo
from visavis.lexicon.statenames import state_named
from visavis.records import Event, Party, Status, content_id
from visavis.store.imports.rows import wrong

IMPORTED = "import:"
# ICEWS sector names, the first that is found deciding, and the PLOVER sectors they mean.
_SECTORS = (
    ("International Government Organization", "IGO"), ("Military", "MIL"), ("Police", "COP"), ("Judicial", "JUD"), ("Insurgents", "REB"), ("Rebel", "REB"), ("Separatists", "SEP"),
    ("Opposition", "OPP"), ("Legislative / Parliamentary", "LEG"), ("Government", "GOV"), ("Executive", "GOV"),
    ("Media", "JRN"), ("Business", "BUS"), ("Parties", "PTY"), ("Labor", "LAB"), ("Education", "EDU"), ("Criminals", "CRM"),
    ("NGO", "NGO"), ("General Population", "CVL"), ("Social", "CVL"),
)  # fmt: skip


def sector_of(listed: str) -> str:
    """PLOVER's sector for a list of ICEWS sector names; "" when none is known."""
    return next((code for name, code in _SECTORS if name in listed), "")


def sector_name(code: str) -> str:
    """ICEWS's name for PLOVER's sector, the one that `sector_of` reads back; "" when ICEWS has none."""
    return next((name for name, known in _SECTORS if known == code), "")


def side(name: str, country: str, sector: str = "") -> tuple[Party, ...]:
    """The party called `name` of a country (a name or code); none when both are missing. An unknown country stays a name."""
    name, country = ("" if text.strip() in ("", "NA", "None") else text.strip() for text in (name, country))
    code = state_named(country) if country else state_named(name)
    if not name and not country:
        return ()
    return (Party(code=code, sector=sector, name=name or country, how="import"),)


def iso_day(path: Path, line: int, name: str, text: str) -> str:
    """The day as YYYY-MM-DD, from that form, YYYYMMDD, or month/day/year; raises InputError for any other."""
    plain = text.strip()
    try:
        if "/" in plain:
            month, day, year = (int(part) for part in plain.split(" ")[0].split("/"))
            return date(year, month, day).isoformat()
        if len(plain) == 8 and plain.isdigit():
            return date(int(plain[:4]), int(plain[4:6]), int(plain[6:])).isoformat()
        return date.fromisoformat(plain[:10]).isoformat()
    except ValueError:
        raise wrong(path, line, f"{name} is {text!r}", "a day as 2018-06-01, 20180601 or 6/1/2018") from None


def cameo_code(path: Path, line: int, name: str, text: str) -> str:
    """The CAMEO code as text; raises InputError for one that lost its leading nought or is none."""
    plain = text.strip()
    if plain.isdigit() and 2 <= len(plain) <= 4 and "01" <= plain[:2] <= "20":
        return plain
    raise wrong(
        path, line, f"{name} is {text!r}", 'a CAMEO code of two to four figures, kept as text ("010" is not "10")'
    )


def imported_event(
    dataset: str,
    own_id: str,
    day: str,
    sources: Sequence[Party],
    targets: Sequence[Party],
    *,
    type: str | None = None,
    cameo: str | None = None,
    quad: int = 0,
    intensity: float | None = None,
    mode: str | None = None,
    contexts: Sequence[str] = (),
    quote: str = "",
    story: str = "",
    sentence: int = 0,
    place: str = "",
    status: Status = "happened",
) -> Event:
    """The event as the record keeps it. `type` is PLOVER's, else that of the CAMEO code; "" for statements and appeals (01, 02),
    which PLOVER does not have. What the data set does not say is left to the type."""
    kind = type or (type_of_cameo(cameo) if cameo else None) or ""
    weight = INTENSITY.get(kind, 0.0) if intensity is None else intensity
    return Event(
        event_id=content_id(dataset, own_id),
        story_id=content_id(dataset, "story", story) if story else "",
        article_id="",
        sentence_no=sentence,
        start=0,
        end=0,
        quote=quote,
        type=kind,
        mode=mode,
        contexts=tuple(contexts),
        cameo=cameo,
        quad=quad or QUAD.get(kind, 1),
        intensity=weight,
        sources=tuple(sources),
        targets=tuple(targets),
        date_from=day,
        date_to=day,
        date_precision="day",
        date_basis="explicit",
        place=place,
        status=status,
        because=(f"{dataset} {own_id}",),
        confidence=1.0,
        coder=f"{IMPORTED}{dataset}",
    )
