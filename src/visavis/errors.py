"""The errors that Visavis raises, one short tree.

VisavisError
├── InputError        what was given cannot be read: a path, a line, a column, a page
│   └── PageError     one page is at fault; the run writes a row in `drops` and goes on
├── LexiconError      a lexicon file breaks a rule of its form
├── RecordError       the record on disk is missing, damaged, locked or of an unknown version
├── QueryError        a question that the record cannot answer: unknown actor, id, table, bad SQL
├── BusyError         what is asked for is being made; the same question can be asked again in a while
├── ScenarioError     a scenario file that does not hold together
└── ForecastError     a forecast that cannot be made, or a ledger that was tampered with
"""

from __future__ import annotations


class VisavisError(Exception):
    """An expected error: `message` says what was met and where, `hint` what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputError(VisavisError):
    """What was given cannot be read."""


class PageError(InputError):
    """One page cannot be used; `reason` is the name that its row in `drops` carries."""

    def __init__(self, reason: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.reason = reason


class LexiconError(VisavisError):
    """A lexicon file breaks a rule of its form."""


class RecordError(VisavisError):
    """The record on disk cannot be used."""


class QueryError(VisavisError):
    """The record cannot answer this question."""


class BusyError(VisavisError):
    """What is asked for is being made."""


class ScenarioError(VisavisError):
    """A scenario file does not hold together."""


class ForecastError(VisavisError):
    """A forecast cannot be made, or the ledger was changed."""
