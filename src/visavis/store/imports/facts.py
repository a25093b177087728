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
from visavis.store.imports.rows import MISSING, Row, need, number, table_rows, whole, wrong
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
_PROMISES = ("defense", "offense", "neutral", "nonagg", "consul", "entente")
_MEASURES = {
    "milex": "thousand current USD or GBP", "milper": "thousand persons", "irst": "thousand tons", "pec": "thousand coal-ton equivalents",
    "tpop": "thousand persons", "upop": "thousand persons", "cinc": "share of the world, 0..1",
}  # fmt: skip
_NOT_STATES = 4  # letters: a column of a wide vote table that is a state has three capital ones


def read_votes(path: Path) -> Facts:
    """UN General Assembly votes: long (rcid, ccode or country, vote, session?) or wide (rcid, date, a column per ISO-3 state)."""
    for line, row in table_rows(path):
        if "vote" in row:
            yield _vote(path, line, row)
            continue
        need(path, row, "rcid", "date")
        states = [name for name in row if len(name) < _NOT_STATES and name.isupper() and state_of(name)]
        if not states:
            raise InputError(f"{path.name} has neither a column vote nor columns of states.", "Long or wide form.")
        rollcall, day = _id(row["rcid"]), row["date"][:10]
        for name in states:
            choice = _choice(path, line, name, row[name])
            if choice:
                yield _fact(Vote, path, assembly="UNGA", session=session_of(day), rollcall=rollcall, state=state_of(name), choice=choice, date=day)  # fmt: skip


def session_of(day: str) -> int:
    """The regular session of the General Assembly on an ISO day: the 1st opened in 1946, each later one in September."""
    year, month = int(day[:4]), int(day[5:7])
    return max(1, year - 1945 if month >= 9 or year == 1946 else year - 1946)


def _vote(path: Path, line: int, row: Row) -> Any:
    need(path, row, "rcid")
    session = whole(path, line, row, "session", 1, 200) if "session" in row else 0
    state = _state(path, line, row, session + 1945 if session else 0)
    choice = _choice(path, line, "vote", row["vote"])
    if not state or not choice:
        return None
    day = row.get("date", "")[:10] or None
    return _fact(Vote, path, assembly="UNGA", session=session, rollcall=_id(row["rcid"]), state=state, choice=choice, date=day)  # fmt: skip


def _choice(path: Path, line: int, name: str, text: str) -> str:
    """The vote in a word; "" for a state that is no member."""
    plain = text.strip().lower().removesuffix(".0")
    if plain == _NO_MEMBER or text.strip() in MISSING:
        return ""
    if plain not in _CHOICES:
        raise wrong(path, line, f"{name} is {text!r}", "1 yes, 2 abstain, 3 no, 8 absent, 9 no member")
    return _CHOICES[plain]


def read_alliances(path: Path) -> Facts:
    """Promises per directed dyad-year: ATOP 5 (atop_defense ...) or COW 4.1 (cow_defense ...)."""
    for line, row in table_rows(path):
        need(path, row, "ccode1", "ccode2", "year")
        names = [
            name for name in row if name.partition("_")[0] in ("atop", "cow") and name.partition("_")[2] in _PROMISES
        ]
        if not names:
            raise InputError(
                f"{path.name} has no column such as atop_defense or cow_defense.", "Give ATOP 5 or COW 4.1."
            )
        promised = tuple(name.partition("_")[2] for name in names if number(path, line, row, name, 0, 1))
        pair = _dyad(path, line, row)
        year = whole(path, line, row, "year", 1500, 2100)
        if pair is None:
            yield None
        elif promised:
            system = names[0].partition("_")[0]
            yield _fact(Treaty, path, treaty=f"{system} {year}", state=pair[0], partner=pair[1], obligations=promised, **_year(year))  # fmt: skip


def read_igos(path: Path) -> Facts:
    """COW IGO: shared full memberships per dyad-year (dyadigos), or a state-year table with a column per organisation (0-3)."""
    for line, row in table_rows(path):
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
    for line, row in table_rows(path):
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
    for line, row in table_rows(path):
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
    """Militarised disputes per dyad-year (COW MID 5, GML 2): dispnum, ccode1, ccode2, year, hostlev1, hostlev2 (1-5; 0 and -9 missing)."""
    for line, row in table_rows(path):
        need(path, row, "dispnum", "ccode1", "ccode2", "year", "hostlev1", "hostlev2")
        year = whole(path, line, row, "year", 1500, 2100)
        pair, level = _dyad(path, line, row), number(path, line, row, "hostlev1", 0, 5)
        if pair is None or not level:
            yield None
        else:
            yield _fact(Dispute, path, dispute=_id(row["dispnum"]), state=pair[0], opponent=pair[1], hostility=int(level), **_year(year))  # fmt: skip


def read_ideal_points(path: Path) -> Facts:
    """Published ideal points (Bailey, Strezhnev and Voeten): ccode, session or year, IdealPoint (or idealpointall), Q5, Q95."""
    for line, row in table_rows(path):
        need(path, row, "ccode")
        low = {name.lower(): name for name in row}
        value = next((low[name] for name in ("idealpoint", "idealpointall", "mean") if name in low), "")
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
        q5, q95 = (
            number(path, line, row, name, -20, 20) if (name := low.get(key, "")) else None for key in ("q5", "q95")
        )
        yield _fact(IdealPoint, path, assembly="UNGA", session=session, state=state, mean=mean, q5=q5, q95=q95, model="published")  # fmt: skip


def _state(path: Path, line: int, row: Row, year: int) -> str:
    """The ISO code of the row's state: by COW number in its year, by ISO-3 code, or by name; "" when there is none.

    Members of the General Assembly need not be states of the system: Ukraine and Belarus voted from 1946, India before 1947. A number
    that only ever meant one state means it in other years too.
    """
    if "ccode" in row:
        code = str(whole(path, line, row, "ccode", 1, 999))
        return (translate(code, year) if year else None) or only_state(code)
    for name in ("country", "state", "countryname", "iso3", "iso3c"):
        if row.get(name):
            return state_named(row[name])
    raise InputError(f"{path.name} has no column of states.", "One of ccode, country, state, iso3.")


def _dyad(path: Path, line: int, row: Row) -> tuple[str, str] | None:
    need(path, row, "ccode1", "ccode2", "year")
    year = whole(path, line, row, "year", 1500, 2100)
    first, second = (translate(str(whole(path, line, row, name, 1, 999)), year) for name in ("ccode1", "ccode2"))
    return (first, second) if first and second and first != second else None


def _year(year: int) -> dict[str, str]:
    return {"date_from": f"{year:04d}-01-01", "date_to": f"{year:04d}-12-31"}


def _id(text: str) -> str:
    return text.strip().removesuffix(".0")


def _fact(kind: Any, path: Path, **columns: Any) -> Any:
    """The row, with the content hash over its own columns."""
    key = content_id(kind.__name__, *(f"{name}={value}" for name, value in columns.items()))
    return kind(fact_id=key, source=path.name, **columns)
