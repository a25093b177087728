"""What a person may say of a row, and what each verdict needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from visavis.errors import QueryError
from visavis.records import Event
from visavis.store.tables.keep import Review

# Verdict -> the table of the rows that it is said of.
VERDICTS = {
    "accept": "events",
    "correct": "events",
    "reject": "events",
    "merge": "happenings",
    "split": "happenings",
    "confirm": "copies",
    "cut": "copies",
    "withdraw": "reviews",
}
APPLIED, OPEN, WITHDRAWN = "applied", "open", "withdrawn"
MARKS = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}


def table_of(verdict: str) -> str:
    """The table that a verdict is about; raises QueryError for a word that is none."""
    if verdict not in VERDICTS:
        raise QueryError(f"{verdict!r} is no verdict.", f"Verdicts: {', '.join(VERDICTS)}.")
    return VERDICTS[verdict]


def standing(reviews: Iterable[Review], table: str) -> list[Review]:
    """The reviews of a table's rows that nobody has withdrawn, oldest first."""
    known = sorted(reviews, key=lambda review: (review.at, review.review_id))
    gone = {review.row_id for review in known if review.verdict == "withdraw"}
    return [review for review in known if review.table == table and review.review_id not in gone]


def pair_of(review: Review) -> tuple[str, str]:
    """The two articles of a copy edge, in the order of their ids, whichever was the copy when the review was written."""
    first, second = sorted((str(unpack(review.said["article_id"])), str(unpack(review.said["of_article_id"]))))
    return first, second


def pairs(reviews: Iterable[Review], verdict: str) -> frozenset[tuple[str, str]]:
    """The pairs of articles whose edge was confirmed, or cut: the last word on a pair holds."""
    last = {pair_of(review): review.verdict for review in standing(reviews, "copies")}
    return frozenset(pair for pair, said in last.items() if said == verdict)


def pack(row: msgspec.Struct, columns: Sequence[str]) -> dict[str, str]:
    """{column: its value as JSON}."""
    return {name: msgspec.json.encode(getattr(row, name)).decode() for name in columns}


def unpack(value: str) -> Any:
    """The value of a column that `pack` wrote."""
    return msgspec.json.decode(value.encode())


def with_columns(event: Event, corrected: dict[str, str]) -> Event:
    """The event with these columns in place of its own; raises msgspec.ValidationError for a value of another type."""
    return msgspec.convert({**msgspec.to_builtins(event), **{k: unpack(v) for k, v in corrected.items()}}, Event)
