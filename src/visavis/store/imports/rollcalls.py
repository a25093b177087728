"""Votes for the ideal-point sampler, and the file in which a sampler's chain is kept between runs."""

from __future__ import annotations

from pathlib import Path

from visavis.errors import InputError
from visavis.store.imports.facts import session_of
from visavis.store.imports.rows import need, table_rows, whole, wrong

VoteRow = tuple[str, int, str, int]
_STATES = ("ccode", "state", "iso3c", "iso3", "country")


def read_vote_rows(path: Path, rollcalls: Path | None = None) -> list[VoteRow]:
    """(state, session, roll call, choice 1-3) of every vote that was cast.

    Long form: rcid, ccode (or state, country), vote, and session, which may stand in a second file by rcid. Wide form: rcid, date, a
    column per ISO-3 state. 8 (absent), 9 (no member) and missing are left out. Raises InputError with the line.
    """
    sessions = {} if rollcalls is None else _sessions(rollcalls)
    found: list[VoteRow] = []
    for line, row in table_rows(path):
        need(path, row, "rcid")
        call = row["rcid"].removesuffix(".0")
        if "vote" not in row:
            session = sessions.get(call) or session_of(row.get("date", "0000-00")[:10])
            cells = [(name, row[name]) for name in row if len(name) == 3 and name.isupper()]
            found += [(name, session, call, int(vote)) for name, vote in cells if vote in ("1", "2", "3")]
            continue
        choice = row["vote"].removesuffix(".0")
        if choice not in ("1", "2", "3"):
            if choice not in ("8", "9", "", "NA"):
                raise wrong(path, line, f"vote is {row['vote']!r}", "1 yes, 2 abstain, 3 no, 8 absent, 9 no member")
            continue
        if "session" not in row and call not in sessions:
            raise InputError(
                f"{path.name} has no session for roll call {call}.", "Give --rollcalls FILE (rcid, session)."
            )
        session = whole(path, line, row, "session", 1, 200) if "session" in row else sessions[call]
        state = next((row[name] for name in _STATES if name in row), "")
        found.append((state.removesuffix(".0"), session, call, int(choice)))
    return found


def read_same_text(path: Path) -> list[tuple[str, str]]:
    """Pairs of roll calls on one text (columns rcid1, rcid2); incomplete pairs are left out."""
    found = []
    for _, row in table_rows(path):
        need(path, row, "rcid1", "rcid2")
        pair = row["rcid1"].removesuffix(".0"), row["rcid2"].removesuffix(".0")
        if all(one.isdigit() for one in pair):
            found.append(pair)
    return found


def _sessions(path: Path) -> dict[str, int]:
    found = {}
    for line, row in table_rows(path):
        need(path, row, "rcid", "session")
        found[row["rcid"].removesuffix(".0")] = whole(path, line, row, "session", 1, 200)
    return found
