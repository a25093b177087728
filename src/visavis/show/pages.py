"""From a record to the views that only pages show: the front, an event in its article, two versions side by side, the record."""

from __future__ import annotations

from visavis.errors import QueryError
from visavis.records import Article
from visavis.show.digest import digest_of
from visavis.show.digest.read import kept
from visavis.show.fetch import event_of, fetch_overview, one, told_event
from visavis.show.find import find_id
from visavis.show.search import rows_of
from visavis.show.views.about import About, cite_record, table_lines
from visavis.show.views.front import Front
from visavis.show.views.reading import Evidence, citation, fragment_link, reading
from visavis.show.views.versions import VersionsView, versions_view
from visavis.store import TABLES, Record
from visavis.store.describe import columns, one_row
from visavis.store.query import VIEWS

# A word diff of two texts takes time with the product of their lengths; nobody reads longer ones side by side.
_LETTERS = 60_000


def fetch_evidence(record: Record, given: str) -> Evidence:
    """The event whose id begins with `given`, in its article; raises QueryError when there is none or more than one."""
    event, article = told_event(record, given)
    view = event_of(record, event, article)
    told = rows_of(record, "told", [event.article_id])
    events = [other for other in told if other.article_id == event.article_id] or [event]
    run = "none" if record.run is None else f"{record.run.number} ({record.run.run_id})"
    return Evidence(
        event=view,
        paragraphs=reading(event, article, events),
        citation=citation(view, record.path.resolve().name, run),
        link=fragment_link(article.url, view.quote),
    )


def fetch_versions(record: Record, original: str, copy: str) -> VersionsView:
    """Two articles, by their ids or the beginnings of them, side by side; raises QueryError when they cannot be compared."""
    first: Article = one(record, "article", find_id(record, "articles", original))
    second: Article = one(record, "article", find_id(record, "articles", copy))
    if first.article_id == second.article_id:
        raise QueryError("That is one article, not two versions.", "Give another `original` or `copy`.")
    if max(len(first.text), len(second.text)) > _LETTERS:
        raise QueryError("These texts are too long to be set side by side.", f"At most {_LETTERS:,} characters each.")
    return versions_view(first, second)


def fetch_front(record: Record) -> Front:
    """The view of the front page."""
    return kept(digest_of(record), "front", Front)


def fetch_about(record: Record) -> About:
    """The view of the record as a thing."""
    view = fetch_overview(record)
    known = [*TABLES, *VIEWS]
    counts = kept(digest_of(record), "rows", dict[str, int])
    name = record.path.resolve().name
    citation, bibtex = cite_record(name, record.run)
    return About(
        name=name,
        run=record.run,
        runs=record.runs,
        tables=table_lines(counts, {t: one_row(t) for t in known}, {t: columns(t) for t in known}),
        unused=view.unused,
        furniture=view.furniture,
        citation=citation,
        bibtex=bibtex,
    )
