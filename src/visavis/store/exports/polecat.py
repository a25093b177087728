"""Events as POLECAT writes them: 40 tab-separated columns under a header; `visavis add polecat` reads them back.

Halterman et al. (2023), POLECAT, Harvard Dataverse, doi:10.7910/DVN/AJGVIT.
"""

from __future__ import annotations

from pathlib import Path

from visavis.lexicon.crosswalk import state_codes, translate
from visavis.lexicon.ontology import QUAD, QUAD_NAMES
from visavis.records import Party
from visavis.store.exports.told import Dyadic, Written, dyadic, told_events
from visavis.store.plain import cell
from visavis.store.record import Record

NAMES = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip


def write_polecat(record: Record, path: Path) -> Written:
    """One row for each source and target. Raises OSError when the file cannot be written."""
    written = Written()
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("\t".join(NAMES) + "\n")
        for row in dyadic(told_events(record), written):
            if row.told.event.type in QUAD:
                known = _known(row)
                out.write("\t".join(known.get(name, "") for name in NAMES) + "\n")
            else:
                written.rows -= 1
                written.left_out["no PLOVER type"] += 1
    return written


def _known(row: Dyadic) -> dict[str, str]:
    event, told = row.told.event, row.told
    return {
        "Event ID": row.key,
        "Event Date": row.day,
        "Event Type": event.type,
        "Event Mode": cell(event.mode or ""),
        "Intensity": f"{event.intensity:g}",
        "Quad Code": QUAD_NAMES[event.quad].upper(),
        "Contexts": cell("; ".join(event.contexts)),
        **_party("Actor", row.source, row.day),
        **_party("Recipient", row.target, row.day),
        "Raw Placename": cell(event.place),
        "Source": cell(told.outlet),
        "Publication Date": told.published or "",
        "Language": told.language,
        "Version": cell(event.coder),
    }


def _party(who: str, party: Party | None, day: str) -> dict[str, str]:
    if party is None:
        return {f"{who} Name": "None", f"{who} Country": "None"}
    state = party.code if party.code in state_codes() else ""
    return {
        f"{who} Name": cell(party.name or party.words or party.code),
        f"{who} Country": state or "None",
        f"{who} COW": translate(state, int(day[:4]), "iso3", "cow") or "" if state else "",
        f"Primary {who} Sector": party.sector,
        f"{who} Sectors": party.sector,
        f"{who} Name Raw": cell(party.words),
    }
