"""`visavis recode`: every article of a record coded anew, and what that changed."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from visavis.run.pile import Summary, read_pile
from visavis.run.progress import Progress
from visavis.run.settings import Settings
from visavis.store import Record
from visavis.store.keep.diff import Diff, diff


class Recoded(Struct, frozen=True, kw_only=True):
    """The run that coded anew, and what differs from the run before it (None when there was none)."""

    summary: Summary
    diff: Diff | None


def recode(record: str | Path, settings: Settings | None = None, progress: Progress | None = None) -> Recoded:
    """Sift and code what the record holds again, with the coder, lexicon and parser of `settings`; no page is read.

    What is already coded by the same coder and lexicon stays as it is; reviews are laid over what comes out. Raises RecordError
    when there is no record.
    """
    before = Record.open(record).run
    summary = read_pile([], record, settings, progress=progress, verb="recode")
    found = None if before is None else diff(summary.record, before.run_id, summary.run.run_id)
    return Recoded(summary=summary, diff=found)
