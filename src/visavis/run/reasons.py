"""The names that a row in `drops` may carry beyond those of reading."""

from __future__ import annotations

FAILED = "failed"
NOT_ENGLISH = "not-english"

REASONS: dict[str, str] = {
    NOT_ENGLISH: "the article is in a language that is not coded: it was read and its copies are found",
    FAILED: "reading the page or coding the article ended in a fault of ours; the detail says which",
}
