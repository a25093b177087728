"""Importers of structured facts: votes, alliances, memberships, capabilities, trade, disputes, ideal points.

States are translated from COW numbers (or names, or ISO codes) by the dated crosswalk. A row whose state is unknown that year is skipped
and counted by the caller: importers yield None for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from visavis.errors import InputError
from visavis.lexicon.crosswalk import only_state, state_of, translate
from visavis.lexicon.statenames import state_named
from visavis.records import content_id
from visavis.store.imports.promises import PromiseColumns, promise_columns
from visavis.store.imports.rows import MISSING, Row, columns_named, need, number, plain_id, table_rows, whole, wrong
from visavis.store.imports.sessions import Calls, iso_prefix, no_calls, session_of
from visavis.store.tables.facts import Capability, Dispute, IdealPoint, Membership, Trade, Treaty, Vote

Facts = Iterator[Any]
_CHOICES = {
    "1": "yes",
    "2": "abstain",
    "3": "no",
    "8": "absent",
    "yes": "yes",
    "abstain": "abstain",
    "no": "no",
    "absent": "absent",
}
_NO_MEMBER = "9"
_MEASURES = {
    "milex": "thousand current USD or GBP", "milper": "thousand persons", "irst": "thousand tons", "pec": "thousand coal-ton equivalents",
    "tpop": "thousand persons", "upop": "thousand persons", "cinc": "share of the world, 0..1",
}  # fmt: skip
_DISPUTE_NAMES = {
    "disno": "dispnum",
    "statea": "ccode1",
    "stateb": "ccode2",
    "hihosta": "hostlev1",
    "hihostb": "hostlev2",
}
_NOT_STATES = 4  # letters: a column of a wide vote table that is a state has three capital ones


def read_votes(path: Path, calls: Calls = no_calls) -> Facts:
    """UN General Assembly votes: long (rcid, ccode or country, vote, and session or date) or wide (rcid, date, a column per ISO-3 state).

    A vote's session stands with it, or with its roll call in `calls`, or follows from its date; a vote without any is refused.
    """
    for line, row in table_rows(path):
        names = columns_named(row)
        if "vote" in names:
            yield _vote(path, line, {low: row[name] for low, name in names.items()}, calls)
            continue
        need(path, names, "rcid")
        states = [name for name in row if len(name) < _NOT_STATES and name.isupper() and state_of(name)]
        if not states:
            raise InputError(f"{path.name} has neither a column vote nor columns of states.", "Long or wide form.")
        rollcall = plain_id(row[names["rcid"]])
        session, day = _sitting(path, line, rollcall, {low: row[name] for low, name in names.items()}, calls)
        for name in states:
            choice = _choice(path, line, name, row[name])
            if choice:
                yield _fact(Vote, path, assembly="UNGA", session=session, rollcall=rollcall, state=state_of(name), choice=choice, date=day)  # fmt: skip


def _vote(path: Path, line: int, row: Row, calls: Calls) -> Any:
    need(path, row, "rcid")
    rollcall = plain_id(row["rcid"])
    session, day = _sitting(path, line, rollcall, row, calls)
    state = _state(path, line, row, session + 1945)
    choice = _choice(path, line, "vote", row["vote"])
    if not state or not choice:
        return None
    return _fact(Vote, path, assembly="UNGA", session=session, rollcall=rollcall, state=state, choice=choice, date=day)


def _sitting(path: Path, line: int, rollcall: str, row: Row, calls: Calls) -> tuple[int, str | None]:
    """(session, day) of a vote."""
    about = calls(rollcall)
    day = iso_prefix(row.get("date", "")) or (about.date if about is not None else "")
    if row.get("session", "").strip() not in MISSING:
        return whole(path, line, row, "session", 1, 200), day or None
    session = about.session if about is not None and about.session else session_of(day) if day else 0
    if not session:
        raise wrong(path, line, f"roll call {rollcall} has no session", "a column session or date, or --rollcalls FILE with rcid and session")  # fmt: skip
    return session, day or None


def _choice(path: Path, line: int, name: str, text: str) -> str:
    """The vote in a word; "" for a state that is no member."""
    plain = text.strip().lower().removesuffix(".0")
    if plain == _NO_MEMBER or text.strip() in MISSING:
        return ""
    if plain not in _CHOICES:
        raise wrong(path, line, f"{name} is {text!r}", "1 yes, 2 abstain, 3 no, 8 absent, 9 no member")
    return _CHOICES[plain]


def read_alliances(path: Path) -> Facts:
    """Promises per directed dyad-year: ATOP 5 (atop_defense ... or defense ... with stateA, stateB) or COW 4.1 (cow_defense ...)."""
    columns: PromiseColumns | None = None
    for line, row in table_rows(path):
        columns = columns or promise_columns(path, row)
        promised = columns.promised(path, line, row)
        year = whole(path, line, row, columns.year, 1500, 2100)
        pair = _translated(path, line, row, (columns.first, columns.second), year)
        if pair is None:
            yield None
        elif promised:
            yield _fact(Treaty, path, treaty=f"{columns.system} {year}", state=pair[0], partner=pair[1], obligations=promised, **_year(year))  # fmt: skip


def read_igos(path: Path) -> Facts:
    """COW IGO: shared full memberships per dyad-year (dyadigos), or a state-year table with a column per organisation (0-3)."""
    for line, row in table_rows(path):
        need(path, row, "year")
        if "sum_igo_full" in row:
            raise InputError(f"{path.name} counts memberships and does not name them.", "Give the state-year file with a column an organisation, or dyadigos per pair.")  # fmt: skip
        year = whole(path, line, row, "year", 1500, 2100)
        if "dyadigos" in row:
            pair, shared = _dyad(path, line, row), number(path, line, row, "dyadigos", 0, 500)
            if pair is None or shared is None:
                yield None
            else:
                yield _fact(Membership, path, organisation="all", state=pair[0], partner=pair[1], standing="shared full memberships", shared=int(shared), **_year(year))  # fmt: skip
            continue
        state = _state(path, line, row, year)
        for name in row if state else ():
            text = row[name].strip().removesuffix(".0")
            if name not in ("ccode", "year", "state", "stateabb") and text in ("1", "2", "3"):
                standing = ("full member", "associate member", "observer")[int(text) - 1]
                yield _fact(Membership, path, organisation=name, state=state, standing=standing, **_year(year))


def read_capabilities(path: Path) -> Facts:
    """COW National Material Capabilities: ccode, year, milex ... cinc; a measure that is missing (-9) makes no row."""
    for line, row in table_rows(path, folded=True):
        need(path, row, "ccode", "year", "cinc")
        year = whole(path, line, row, "year", 1500, 2100)
        state = _state(path, line, row, year)
        if not state:
            yield None
            continue
        for measure, unit in _MEASURES.items():
            value = number(path, line, row, measure, 0) if measure in row else None
            if value is not None:
                yield _fact(Capability, path, state=state, year=year, measure=measure, value=value, unit=unit)


def read_trade(path: Path) -> Facts:
    """COW dyadic trade 4.0: flow1 is what state 1 imports from state 2, flow2 the reverse, in million current USD; -9 is missing."""
    for line, row in table_rows(path, folded=True):
        need(path, row, "ccode1", "ccode2", "year", "flow1", "flow2")
        year = whole(path, line, row, "year", 1500, 2100)
        pair = _dyad(path, line, row)
        if pair is None:
            yield None
            continue
        for name, (importer, exporter) in (("flow1", pair), ("flow2", pair[::-1])):
            value = number(path, line, row, name, 0)
            if value is not None:
                yield _fact(Trade, path, exporter=exporter, importer=importer, year=year, value=value, unit="million current USD")  # fmt: skip


def read_disputes(path: Path) -> Facts:
    """Militarised disputes per dyad-year (COW MID 5, GML 2): dispnum, ccode1, ccode2, year, hostlev1, hostlev2 (1-5; 0 and -9 missing).

    COW's own dyadic file calls them disno, statea, stateb, hihosta, hihostb.
    """
    for line, given in table_rows(path, folded=True):
        row = {_DISPUTE_NAMES.get(name, name): text for name, text in given.items()}
        need(path, row, "dispnum", "ccode1", "ccode2", "year", "hostlev1", "hostlev2")
        year = whole(path, line, row, "year", 1500, 2100)
        pair, level = _dyad(path, line, row), number(path, line, row, "hostlev1", 0, 5)
        number(path, line, row, "hostlev2", 0, 5)
        if pair is None or not level:
            yield None
        else:
            yield _fact(Dispute, path, dispute=plain_id(row["dispnum"]), state=pair[0], opponent=pair[1], hostility=int(level), **_year(year))  # fmt: skip


def read_ideal_points(path: Path) -> Facts:
    """Published ideal points (Bailey, Strezhnev and Voeten): ccode, session or year, IdealPoint (or idealpointall), Q5, Q95 (or q5all)."""
    for line, row in table_rows(path, folded=True):
        need(path, row, "ccode")
        value = next((name for name in ("idealpoint", "idealpointall", "mean") if name in row), "")
        if not value or not ("session" in row or "year" in row):
            raise InputError(
                f"{path.name} has no ideal point, or neither session nor year.", "Columns: ccode, session, IdealPoint."
            )
        by_session = "session" in row
        session = (
            whole(path, line, row, "session", 1, 200)
            if by_session
            else whole(path, line, row, "year", 1946, 2100) - 1945
        )
        state, mean = _state(path, line, row, session + 1945), number(path, line, row, value, -20, 20)
        if not state or mean is None:
            yield None
            continue
        suffix = value.removeprefix("idealpoint") if value != "mean" else ""
        q5, q95 = (number(path, line, row, q + suffix, -20, 20) if q + suffix in row else None for q in ("q5", "q95"))
        if q5 is not None and q95 is not None and not q5 <= mean <= q95:
            raise wrong(path, line, f"{value} is {row[value]!r}", f"a number from {q5:g} to {q95:g}, its own bounds: columns are shifted")  # fmt: skip
        yield _fact(IdealPoint, path, assembly="UNGA", session=session, state=state, mean=mean, q5=q5, q95=q95, model="published")  # fmt: skip


def _state(path: Path, line: int, row: Row, year: int) -> str:
    """The ISO code of the row's state: by COW number in its year, by ISO-3 code, or by name; "" when there is none.

    Members of the General Assembly need not be states of the system: Ukraine and Belarus voted from 1946, India before 1947. A number
    that only ever meant one state means it in other years too.
    """
    if "ccode" in row:
        code = str(whole(path, line, row, "ccode", 1, 999))
        return translate(code, year) or only_state(code)
    for name in ("iso3", "iso3c", "country", "state", "countryname", "country_code"):
        if row.get(name):
            return state_named(row[name])
    raise InputError(f"{path.name} has no column of states.", "One of ccode, country, state, iso3.")


def _dyad(path: Path, line: int, row: Row) -> tuple[str, str] | None:
    need(path, row, "ccode1", "ccode2", "year")
    return _translated(path, line, row, ("ccode1", "ccode2"), whole(path, line, row, "year", 1500, 2100))


def _translated(path: Path, line: int, row: Row, columns: tuple[str, str], year: int) -> tuple[str, str] | None:
    """The ISO codes of two COW numbers in their year; None when either was no state then."""
    first, second = (translate(str(whole(path, line, row, name, 1, 999)), year) for name in columns)
    return (first, second) if first and second and first != second else None


def _year(year: int) -> dict[str, str]:
    return {"date_from": f"{year:04d}-01-01", "date_to": f"{year:04d}-12-31"}


def _fact(kind: Any, path: Path, **columns: Any) -> Any:
    """The row, with the content hash over its own columns."""
    key = content_id(kind.__name__, *(f"{name}={value}" for name, value in columns.items()))
    return kind(fact_id=key, source=path.name, **columns)
