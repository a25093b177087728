"""ICEWS event files (20 columns, tab-separated, header). The same event may stand in several files: its id tells.

Dates are 2018-06-01 in most files and 12/1/2017 in one. Boschee et al. (2015), Harvard Dataverse, doi:10.7910/DVN/28075.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from visavis.records import Event
from visavis.store.imports.events import cameo_code, imported_event, iso_day, sector_of, side
from visavis.store.imports.rows import MISSING, need, number, table_rows, wrong

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
    "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
)  # fmt: skip


def read_icews(path: Path) -> Iterator[Event]:
    """The events of the file. Raises InputError with line and expected form for a cell that is not in its column."""
    for line, row in table_rows(path, delimiter="\t", quoted=False):
        need(path, row, *COLUMNS)
        own = row["Event ID"].strip()
        if not own.isdigit():
            raise wrong(path, line, f"Event ID is {own!r}", "a whole number")
        story = row["Story ID"].strip()
        sentence = row["Sentence Number"].strip()
        yield imported_event(
            "icews",
            own,
            iso_day(path, line, "Event Date", row["Event Date"]),
            side(row["Source Name"], row["Source Country"], sector_of(row["Source Sectors"])),
            side(row["Target Name"], row["Target Country"], sector_of(row["Target Sectors"])),
            cameo=cameo_code(path, line, "CAMEO Code", row["CAMEO Code"]),
            intensity=number(path, line, row, "Intensity", -10, 10),
            quote=row["Event Text"].strip(),
            story="" if story in MISSING else story,
            sentence=int(sentence) if sentence.isdigit() else 0,
            place="" if row.get("Country", "NA") in MISSING else row.get("Country", ""),
        )
