"""Importer of exchanges of expulsions: who sent home how many of whose people, and how many were sent home in reply."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from visavis.errors import InputError
from visavis.lexicon.statenames import state_named
from visavis.records import content_id
from visavis.store.events import day_of
from visavis.store.imports.rows import Row, need, number, table_rows
from visavis.store.tables.facts import Expulsion

# Columns by the name in the record, each with the names that tables give it.
_COUNTS = {
    "sent": ("sent", "n_sent"),
    "replied": ("replied", "n_reply"),
    "reply_days": ("reply_days",),
    "sender_staff": ("sender_staff", "sender_mission_in_target"),
    "target_staff": ("target_staff", "target_mission_in_sender"),
}
_MOST = 100_000  # people: beyond, a column holds something else


def read_expulsions(path: Path) -> Iterator[Expulsion | None]:
    """The rows of a table with sender, target (names or ISO codes), sent (or n_sent), and where known date, replied (n_reply), reply_days,
    sender_staff (sender_mission_in_target), target_staff (target_mission_in_sender), wave, quote, url (source_url).

    A row whose states are unknown, or are one and the same, gives None. Raises InputError for a cell that is no number or no date.
    """
    for line, row in table_rows(path):
        need(path, row, "sender", "target")
        if not {"sent", "n_sent"} & set(row):
            raise InputError(f"{path.name} has no column 'sent'.", f"It has {', '.join(list(row)[:12])}.")
        sender, target = state_named(row["sender"]), state_named(row["target"])
        yield _row(path, line, row, sender, target) if sender and target and sender != target else None


def _row(path: Path, line: int, row: Row, sender: str, target: str) -> Expulsion:
    counts = {name: _count(path, line, row, known) for name, known in _COUNTS.items()}
    day = row.get("date", "").strip()
    first, last = (day_of(day, first=True), day_of(day, first=False)) if day else (None, None)
    words = {
        "wave": row.get("wave", ""),
        "quote": row.get("quote", ""),
        "url": row.get("url", "") or row.get("source_url", ""),
    }
    key = content_id("Expulsion", sender, target, day, *(f"{name}={value}" for name, value in (counts | words).items()))
    return Expulsion(
        fact_id=key,
        source=path.name,
        sender=sender,
        target=target,
        date_from=first,
        date_to=last,
        **counts,  # type: ignore[arg-type]
        **words,  # type: ignore[arg-type]
    )


def _count(path: Path, line: int, row: Row, known: tuple[str, ...]) -> int | None:
    name = next((name for name in known if name in row), "")
    found = number(path, line, row, name, 0, _MOST) if name else None
    return None if found is None else round(found)
