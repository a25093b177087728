"""From a record to the views that only pages show: an event in its article, two versions side by side."""

from __future__ import annotations

from visavis.errors import QueryError
from visavis.records import Article
from visavis.show.fetch import among, fetch_event, one, rows
from visavis.show.find import find_id
from visavis.show.views.reading import Evidence, citation, fragment_link, reading
from visavis.show.views.versions import VersionsView, versions_view
from visavis.store import Record

# A word diff of two texts takes time with the product of their lengths; nobody reads longer ones side by side.
_LETTERS = 60_000


def fetch_evidence(record: Record, given: str) -> Evidence:
    """The event whose id begins with `given`, in its article; raises QueryError when there is none or more than one."""
    view = fetch_event(record, given)
    article: Article = one(record, "articles", view.article.article_id)
    events = rows(record, "events", among("article_id", [article.article_id]))
    event = next(event for event in events if event.event_id == view.event_id)
    run = "none" if record.run is None else f"{record.run.number} ({record.run.run_id})"
    return Evidence(
        event=view,
        paragraphs=reading(event, article, events),
        citation=citation(view, record.path.resolve().name, run),
        link=fragment_link(article.url, view.quote),
    )


def fetch_versions(record: Record, original: str, copy: str) -> VersionsView:
    """Two articles, by their ids or the beginnings of them, side by side; raises QueryError when they cannot be compared."""
    first: Article = one(record, "articles", find_id(record, "articles", original))
    second: Article = one(record, "articles", find_id(record, "articles", copy))
    if first.article_id == second.article_id:
        raise QueryError("That is one article, not two versions.", "Give another `original` or `copy`.")
    if max(len(first.text), len(second.text)) > _LETTERS:
        raise QueryError("These texts are too long to be set side by side.", f"At most {_LETTERS:,} characters each.")
    return versions_view(first, second)
