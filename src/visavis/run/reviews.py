"""`visavis review`: a person's verdict on a row becomes part of the record, at once and for every coding to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from visavis.errors import QueryError
from visavis.records import Document
from visavis.run import passes
from visavis.run.progress import Progress, Silent
from visavis.run.settings import Settings
from visavis.run.spread import Spread
from visavis.run.tasks import coder
from visavis.store import Record, Run, Writer
from visavis.store.keep.making import make_review
from visavis.store.keep.settle import settle_events
from visavis.store.keep.stubs import held_codings
from visavis.store.keep.verdicts import table_of
from visavis.store.tables.keep import Review
from visavis.store.tables.text import Coding


class Reviewed(Struct, frozen=True, kw_only=True):
    """The record after a review, and the review as it stands in it."""

    record: Record
    review: Review


def review(
    record: Record,
    row_id: str,
    verdict: str,
    *,
    author: str,
    reason: str = "",
    corrected: Mapping[str, str] | None = None,
    others: Sequence[str] = (),
    at: str | None = None,
    progress: Progress | None = None,
) -> Reviewed:
    """Write a verdict on the row whose id begins with `row_id`, and bring the record in line with it as a run of its own.

    Events: `accept`, `reject`, `correct` (`corrected`: see `visavis.store.keep.corrections`). Happenings: `merge` with `others`, or
    `split` the events `others` off. Copies: `confirm` or `cut`, by the edge's id, or by one article's with the other's in `others`;
    a cut parts the stories anew, and articles that lead now are coded. Reviews: `withdraw`. `at` is a point in time in ISO 8601, now
    when left out. Raises QueryError for an unknown row or verdict, InputError for a correction that cannot be read.
    """
    table_of(verdict)
    if not author.strip():
        raise QueryError("A review needs its author.", "Say who you are: --by NAME.")
    with record.writer() as writer:
        when = at or datetime.now(UTC).isoformat(timespec="milliseconds")
        made = make_review(writer, row_id, verdict, corrected or {}, others, (author.strip(), when, reason.strip()))
        table = _touched(writer, made)
        writer.insert("reviews", [made])
        _bring_in_line(writer, table, progress or Silent())
        last = record.runs[-1] if record.runs else None
        writer.finish(
            "review",
            settings={"verdict": verdict, "table": made.table, "row": made.row_id, "author": author},
            coder="" if last is None else last.coder,
            lexicon="" if last is None else last.lexicon,
        )
    after = Record.open(record.path)
    return Reviewed(record=after, review=next(r for r in after.rows("reviews") if r.review_id == made.review_id))


def settings_of(runs: Sequence[Run]) -> Settings:
    """How the record was coded last: the parser and lexicon of its last run that read."""
    for run in reversed(runs):
        if "parser" in run.settings:
            return Settings(parser=run.settings["parser"], lexicon=run.settings.get("lexicon") or None)
    return Settings()


def _touched(writer: Writer, made: Review) -> str:
    """The table that the review is about in the end: withdrawing touches what the withdrawn one did."""
    if made.table != "reviews":
        return made.table
    return next(str(row.table) for row in writer.rows("reviews") if row.review_id == made.row_id)


def _bring_in_line(writer: Writer, table: str, progress: Progress) -> None:
    if table == "copies" or writer.resumed:
        _part_anew(writer, progress)
    settle_events(writer)
    passes.join(writer, progress)


def _part_anew(writer: Writer, progress: Progress) -> None:
    """Sift again, and code the articles that lead now and did not before; what is coded stays as it was coded."""
    if writer.resumed:
        passes.tidy(writer)
    passes.link(writer, progress)
    documents = passes.documents(writer)
    coded: dict[str, Coding] = {row.article_id: replace(row, events=0) for row in writer.rows("codings")}
    same = {key: row for key, row in coded.items() if key in documents and passes.is_of(row, documents[key])}
    settings = settings_of(writer.runs)
    wanted = {
        **held_codings(writer),
        **same,
        **_codings({k: d for k, d in documents.items() if k not in same}, settings),
    }
    with Spread(1) as spread:
        passes.code(writer, documents, wanted, settings, spread, progress)


def _codings(documents: Mapping[str, Document], settings: Settings) -> dict[str, Coding]:
    if not documents:
        return {}
    maker = coder(settings)
    return {key: passes.coding(found, maker.version, maker.fingerprint) for key, found in documents.items()}
