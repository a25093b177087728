"""The pages a scenario rests on: each with a short quote and its hash, so that the scenario stands without the page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visavis.reason.form import Book, Form


@dataclass(frozen=True)
class Source:
    """One passage: `page` is a file name, URL, article id or event id; `lines` as written there ("29", "16-17"), "" when it has none."""

    id: str
    page: str
    lines: str
    quote: str
    sha256: str
    line: int

    @property
    def cited(self) -> str:
        """The passage as a footnote has it: page, lines, quote."""
        at = f", line {self.lines}" if self.lines else ""
        return f"{self.page}{at}: “{self.quote}”"


def quote_hash(quote: str) -> str:
    """The SHA-256 of a quote's UTF-8, 64 hex digits; blanks run together first, so that a broken line is the same quote."""
    return hashlib.sha256(" ".join(quote.split()).encode()).hexdigest()


def read_sources(form: Form, book: Book) -> None:
    """Enter the tables of `[[sources]]`. Raises ScenarioError for a quote that is not the one hashed, or an id given twice."""
    for one in form.forms("sources", default=True):
        name = one.text("id")
        quote = one.text("quote")
        stated = one.text("sha256", quote_hash(quote))
        if not quote_hash(quote).startswith(stated.lower()) or len(stated) < 16:
            one.fail(f"the quote of source {name!r} has the hash {quote_hash(quote)[:16]}…, not {stated[:16]}….", "sha256",
                     "Either the quote or the hash was changed: look at the page again.")  # fmt: skip
        if name in book.sources:
            one.fail(f"there are two sources called {name!r}.", "id")
        line = book.lines.of((*one.path, "id"))
        book.sources[name] = Source(name, one.text("page"), one.text("lines", ""), quote, quote_hash(quote), line)
