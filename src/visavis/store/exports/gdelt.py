"""Events as GDELT 2.0 writes them: 61 tab-separated columns without header; `visavis add gdelt` reads them back.

The quad class is Visavis's (docs/ontology.md: a sanction is 3), tone is empty, `ActionGeo_FullName` is the place as the text names it.
GDELT codebook 2.0 (2015).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from visavis.lexicon.crosswalk import state_codes
from visavis.records import Party
from visavis.store.exports.told import Dyadic, Written, dyadic, number_of, told_events
from visavis.store.imports.gdelt import SECOND, TYPES
from visavis.store.plain import cell
from visavis.store.record import Record

_OURS = {sector: kind for kind, sector in TYPES.items() if sector and kind in ("MED", "HLH")}


def write_gdelt(record: Record, path: Path) -> Written:
    """One row for each source and target. Raises OSError when the file cannot be written."""
    written = Written()
    with path.open("w", encoding="utf-8", newline="") as out:
        for row in dyadic(told_events(record), written):
            known = _known(row)
            out.write("\t".join(known.get(name, "") for name in SECOND) + "\n")
    return written


def _known(row: Dyadic) -> dict[str, str]:
    event, told, plain = row.told.event, row.told, row.day.replace("-", "")
    day = date.fromisoformat(row.day)
    return {
        "GLOBALEVENTID": str(number_of(row.key)),
        "SQLDATE": plain,
        "MonthYear": plain[:6],
        "Year": plain[:4],
        "FractionDate": f"{day.year + (30 * (day.month - 1) + day.day) / 365:.4f}",
        **_party("Actor1", row.source),
        **_party("Actor2", row.target),
        "IsRootEvent": str(int(event.sentence_no == 0)),
        "EventCode": row.cameo,
        "EventBaseCode": row.cameo[:3],
        "EventRootCode": row.cameo[:2],
        "QuadClass": str(event.quad),
        "GoldsteinScale": f"{event.intensity:g}",
        "NumMentions": str(told.articles),
        "NumSources": str(told.outlets),
        "NumArticles": str(told.articles),
        "ActionGeo_FullName": cell(event.place),
        "DATEADDED": (told.published or row.day).replace("-", "") + "000000",
        "SOURCEURL": cell(told.url) or f"visavis:{event.article_id or event.event_id}",
    }


def _party(which: str, party: Party | None) -> dict[str, str]:
    if party is None:
        return {}
    kind = _OURS.get(party.sector, party.sector)
    known = {
        "Code": (party.code + kind)[:12],
        "Name": cell(party.name or party.words or party.code).upper(),
        "CountryCode": party.code if party.code in state_codes() else "",
        "Type1Code": kind,
    }
    return {which + part: text for part, text in known.items()}
