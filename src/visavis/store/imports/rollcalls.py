"""Votes for the ideal-point sampler."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from visavis.errors import InputError
from visavis.lexicon.crosswalk import state_of
from visavis.store.imports.portfolios import ITEM_NAMES, STATE_NAMES
from visavis.store.imports.rows import MISSING, Row, columns_named, need, plain_id, table_rows, whole, wrong
from visavis.store.imports.sessions import Calls, iso_prefix, no_calls, session_of

VoteRow = tuple[str, int, str, int]
_CHOICES = {"1": 1, "2": 2, "3": 3, "yes": 1, "abstain": 2, "abstention": 2, "no": 3}
_NO_CHOICE = frozenset({"8", "9", "absent"})


def read_vote_rows(path: Path, calls: Calls = no_calls) -> list[VoteRow]:
    """(state, session, roll call, choice 1-3) of every vote that was cast; a vote that is told twice counts once.

    Long form: rcid, ccode (or state, country), vote, and session or date, which may stand in a second file (`calls`). Wide form: rcid,
    session or date, a column per ISO-3 state. 8 (absent), 9 (no member) and missing are left out. Raises InputError with the line.
    """
    found: dict[tuple[str, str], VoteRow] = {}
    for line, row in table_rows(path):
        names = columns_named(row)
        call = _call(path, row, names)
        cast = _cast(path, line, row, names)
        for state, choice in cast:
            key = (state, call)
            vote = found[key] if key in found else (state, _session(path, line, row, names, call, calls), call, choice)
            if found.setdefault(key, vote)[3] != choice:
                raise wrong(
                    path, line, f"{state} has another vote on {call} than before", "one vote of a state on a roll call"
                )
    return list(found.values())


def _call(path: Path, row: Row, names: dict[str, str]) -> str:
    item = next((names[name] for name in ITEM_NAMES if name in names), None)
    if item is None:
        need(path, row, ITEM_NAMES[0])
    return plain_id(row[item or ""])


def _cast(path: Path, line: int, row: Row, names: dict[str, str]) -> Iterator[tuple[str, int]]:
    """(state, choice) of the votes in a row, one in the long form."""
    if "vote" in names:
        state = next((names[name] for name in STATE_NAMES if name in names), None)
        if state is None:
            raise InputError(f"{path.name} has no column of states.", f"One of {', '.join(STATE_NAMES)}.")
        cells = [(plain_id(row[state]), names["vote"])]
    else:
        cells = [(name, name) for name in row if len(name) == 3 and name.isupper() and state_of(name)]
        if not cells:
            raise InputError(f"{path.name} has neither a column vote nor columns of states.", "Long or wide form.")
    for name, column in cells:
        text = plain_id(row[column]).lower()
        if text in _CHOICES:
            yield name, _CHOICES[text]
        elif text not in _NO_CHOICE and row[column].strip() not in MISSING:
            raise wrong(path, line, f"{column} is {row[column]!r}", "1 yes, 2 abstain, 3 no, 8 absent, 9 no member")


def _session(path: Path, line: int, row: Row, names: dict[str, str], call: str, calls: Calls) -> int:
    if "session" in names and row[names["session"]].strip() not in MISSING:
        return whole(path, line, row, names["session"], 1, 200)
    about = calls(call)
    if about is not None and about.session:
        return about.session
    day = iso_prefix(row[names["date"]]) if "date" in names else ""
    if not day:
        raise InputError(f"{path.name} has no session for roll call {call}.", "Give --rollcalls FILE (rcid, session).")
    return session_of(day)


def read_same_text(path: Path) -> list[tuple[str, str]]:
    """Pairs of roll calls on one text (columns rcid1, rcid2); incomplete pairs are left out."""
    found = []
    for _, row in table_rows(path, folded=True):
        need(path, row, "rcid1", "rcid2")
        pair = plain_id(row["rcid1"]), plain_id(row["rcid2"])
        if all(one.isdigit() for one in pair):
            found.append(pair)
    return found
