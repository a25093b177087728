"""Where past exchanges come from: a file, pairs in the scenario, the record's table of expulsions, or its coded events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from visavis.reason import events, files
from visavis.reason.kinds.replies import Exchange, Kernel, fit, fit_answered

if TYPE_CHECKING:
    from pathlib import Path

    from visavis.reason.form import Form
    from visavis.records import Event

_COLUMNS = {"sent": ("sent", "n_sent"), "replied": ("replied", "n_reply"), "sender_staff": ("sender_staff", "sender_mission_in_target"),
            "target_staff": ("target_staff", "target_mission_in_sender"), "days": ("days", "reply_days")}  # fmt: skip


def read_replies(form: Form, rules: Form) -> Kernel | None:
    """The kernel of `[replies]`: `data = "FILE.csv"`, `pairs = [[sent, replied], ...]`, of the record `table = "expulsions"` or
    `events = "A~B SANCTION:expel"`.

    `rules.prior` with `from = "data: FILE.csv, REPLIED/SENT"` and no numbers stands for the same. None when neither is there.
    """
    if "replies" not in form:
        return _from_prior(rules)
    table = form.form("replies")
    if "data" in table:
        path = files.find_file(table, "data")
        exchanges, told = _from_file(table, path), path.name
    elif "pairs" in table:
        exchanges, told = _from_pairs(table), table.source or "stated in the scenario"
    elif "events" in table:
        return _from_events(table)
    else:
        exchanges, told = _from_record(table), "the record's table of expulsions"
    return _fitted(table, exchanges, told)


def _fitted(table: Form, exchanges: list[Exchange], told: str) -> Kernel:
    good = [one for one in exchanges if one.sent > 0]
    if not good:
        table.fail("no past exchange has both numbers.", None, "Give data, pairs, or a record with expulsions.")
    return fit(good, told)


def _from_prior(rules: Form) -> Kernel | None:
    """The kernel that `prior = { from = "data: FILE.csv, REPLIED/SENT" }` asks for."""
    table = rules.form("prior", default=True)
    if table.names() or "from" not in table:
        return None
    words = re.fullmatch(r"data:\s*([^,]+?)\s*,\s*(\w+)\s*/\s*(\w+)", table.text("from"))
    path = None if words is None else files.locate(table.book.folder, words[1])
    if words is None or path is None:
        table.fail(f"prior cannot be fitted on {table.text('from')!r}.", "from",
                   'Write from = "data: FILE.csv, REPLIED/SENT", the two columns of a file beside the scenario.')  # fmt: skip
    return _fitted(table, _from_file(table, path, sent=words[3], replied=words[2]), path.name)


def _from_file(table: Form, path: Path, **named: str) -> list[Exchange]:
    """The exchanges of a file; `named` are columns that are called otherwise than in `_COLUMNS`."""
    rows = files.read_rows(table, path, list(named.values()))
    columns = _COLUMNS | {name: (column,) for name, column in named.items()}
    found = []
    for row in rows:
        cells = {name: next((row[k] for k in known if row.get(k)), "") for name, known in columns.items()}
        if cells["sent"] and cells["replied"]:
            found.append(Exchange(*(float(cell) if cell else None for cell in cells.values())))  # type: ignore[arg-type]
    return found


def _from_pairs(table: Form) -> list[Exchange]:
    found = []
    for pair in table.items("pairs"):
        if not (
            isinstance(pair, list) and len(pair) == 2 and all(isinstance(n, (int, float)) and n >= 0 for n in pair)
        ):
            table.fail(f"{pair!r} is no pair [sent, replied].", "pairs")
        found.append(Exchange(float(pair[0]), float(pair[1])))
    return found


def _from_record(table: Form) -> list[Exchange]:
    table.text("table", among=("expulsions",))
    record = table.book.resolver.record
    if record is None:
        table.fail("past replies are to come from a record, and none was given.", "table", "Give --record DIR.")
    rows = record.sql(
        "select sent, replied, sender_staff, target_staff, reply_days as days from expulsions where sent > 0 and replied is not null"
    )
    return [Exchange(**{k: None if v is None else float(v) for k, v in row.items()}) for row in rows.to_pylist()]  # type: ignore[arg-type]


def _from_events(table: Form) -> Kernel:
    """Each happening of those types by one side on the other, and whether the other did the like within so many days."""
    words, within = table.text("events"), table.count("within", 30, 1)
    resolver = table.book.resolver
    query = events.parse(resolver, table.at("events"), f"events: {words}", words)
    if resolver.record is None:
        table.fail("past replies are to come from a record, and none was given.", "events", "Give --record DIR.")
    acts = sorted({act for group in events.found(resolver.record, query) for act in _acts(group)})
    days = pair_replies(acts, within)
    if not days:
        table.fail(
            "the record has no dated happening of that kind.",
            "events",
            "Give data or pairs, or a record that has some.",
        )
    return fit_answered(
        days,
        f"coded events {words}; a like act within {within} days is the reply, and one that no page reports is missed",
    )


def _acts(group: Sequence[Event]) -> set[tuple[str, str, str]]:
    """(day, who, whom) of one happening, for each source and target, when its day is known."""
    dated = [one for one in group if one.date_from and one.date_from == one.date_to]
    return {(one.date_from or "", a.code, b.code) for one in dated for a in one.sources for b in one.targets}


def pair_replies(acts: Sequence[tuple[str, str, str]], within: int) -> list[float | None]:
    """For each act (ISO day, who, whom), in the order of days, that replies to no other: the days until its reply, None without one.

    A reply answers the first act that still waits for one; same-day acts are taken in the order given.
    """
    taken: set[int] = set()
    found: list[float | None] = []
    for at, (day, a, b) in enumerate(acts):
        if at in taken:
            continue
        later = (
            (n, (date.fromisoformat(one[0]) - date.fromisoformat(day)).days)
            for n, one in enumerate(acts)
            if n > at and n not in taken and one[1:] == (b, a)
        )
        reply = next(((n, gap) for n, gap in later if gap <= within), None)
        if reply is not None:
            taken.add(reply[0])
        found.append(None if reply is None else float(reply[1]))
    return found
