"""What a paper has to cite: the record at its run, the data that were imported, the methods, and the articles that tell events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from visavis.align.dyads import references
from visavis.show.views.about import cite_record
from visavis.show.views.tex import tex
from visavis.store import Limits, Record
from visavis.store.exports.told import Written
from visavis.store.plain import without_controls

# Ontology of the events and smoothing of the lifts: used by every record.
_METHODS = ("oeda2023", "dumouchel1999")
_ARTICLES = """
select a.article_id, a.title, a.authors, a.outlet, a.url, a.published.earliest as earliest, a.published.latest as latest,
       a.published.precision as precision, count(e.event_id) as events
from articles a join events e using (article_id) group by all order by article_id
"""
_PATIENT = Limits(rows=10_000_000, seconds=1800)


def write_bibtex(record: Record, path: Path) -> Written:
    """One entry each. Raises OSError when the file cannot be written."""
    written = Written()
    with path.open("w", encoding="utf-8") as out:
        for entry in _entries(record):
            out.write(entry + "\n\n")
            written.rows += 1
    return written


def _entries(record: Record) -> Iterator[str]:
    _, own = cite_record(record.path.resolve().name, record.run)
    if own:
        yield own
    added = (run.settings.get("cite", "") for run in record.runs)
    for key in dict.fromkeys((*_METHODS, *added)):
        if key in references():
            yield references()[key]
    for row in record.sql(_ARTICLES, limits=_PATIENT).to_pylist():
        yield article_entry(row)


def article_entry(row: dict[str, Any]) -> str:
    """The BibTeX entry of an article: {article_id, title, authors, outlet, url, earliest, latest, precision, events}."""
    length = {"day": 10, "month": 7, "year": 4}.get(row["precision"])
    day = row["earliest"][:length] if row["earliest"] and length else ""
    fields = {
        "title": tex(row["title"] or "Untitled"),
        "author": " and ".join("{" + tex(name) + "}" for name in row["authors"] or ()),
        "howpublished": tex(row["outlet"]),
        "year": day[:4],
        "date": day,
        "url": re.sub(r"[\s{}\\\\%]", lambda found: f"%{ord(found.group()):02X}", without_controls(row["url"])),
        "note": f"Visavis article {row['article_id']}, {row['events']} events",
    }
    body = "\n".join(f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    return f"@misc{{article-{row['article_id']},\n{body}\n}}"
