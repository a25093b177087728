"""Events as ICEWS writes them: 20 tab-separated columns under a header; `visavis add icews` reads them back.

`Event Text` holds the sentence, as nobody else has it; all else follows Boschee et al. (2015), Harvard Dataverse, doi:10.7910/DVN/28075.
"""

from __future__ import annotations

from pathlib import Path

from visavis.lexicon.crosswalk import state_codes
from visavis.records import Party
from visavis.store.exports.told import Dyadic, Written, dyadic, number_of, told_events
from visavis.store.imports.events import sector_name
from visavis.store.imports.icews import COLUMNS
from visavis.store.plain import cell
from visavis.store.record import Record

NAMES = (*COLUMNS, "City", "District", "Province", "Country", "Latitude", "Longitude")
_NONE = "NA"


def write_icews(record: Record, path: Path) -> Written:
    """One row for each source and target. Raises OSError when the file cannot be written."""
    written = Written()
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("\t".join(NAMES) + "\n")
        for row in dyadic(told_events(record), written):
            out.write("\t".join(_cells(row)) + "\n")
    return written


def _cells(row: Dyadic) -> list[str]:
    event = row.told.event
    return [
        str(number_of(row.key)),
        row.day,
        *_party(row.source),
        cell(event.quote),
        row.cameo,
        f"{event.intensity:g}",
        *_party(row.target),
        str(number_of(event.story_id)) if event.story_id else _NONE,
        str(event.sentence_no),
        cell(row.told.outlet) or _NONE,
        *(_NONE,) * 3,
        cell(event.place) or _NONE,
        *(_NONE,) * 2,
    ]


def _party(party: Party | None) -> list[str]:
    """Name, sectors and country; the country is a code, which every reader of ours takes for the name."""
    if party is None:
        return [_NONE, "", _NONE]
    state = party.code if party.code in state_codes() else ""
    return [cell(party.name or party.words or party.code) or _NONE, sector_name(party.sector), state or _NONE]
