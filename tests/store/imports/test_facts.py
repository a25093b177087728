"""Structured facts come in under ISO codes of their time, with the field's missing values as missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from visavis.errors import InputError
from visavis.store import Record
from visavis.store.imports.load import KINDS, add_file
from visavis.store.imports.sessions import session_of


def read(tmp_path: Path, kind: str, text: str) -> list[Any]:
    path = tmp_path / "f.csv"
    path.write_text(text, "utf-8")
    return [row for row in KINDS[kind].read(path) if row is not None]


def test_votes_in_long_form(tmp_path: Path) -> None:
    rows = read(tmp_path, "votes", "rcid,session,ccode,vote\n3,30,265,1\n3,30,255,3\n3.0,2,369,2\n3,30,2,9\n3,30,2,8\n")
    assert [(r.state, r.choice, r.rollcall) for r in rows] == [
        ("DDR", "yes", "3"), ("DEU", "no", "3"), ("UKR", "abstain", "3"), ("USA", "absent", "3"),
    ]  # fmt: skip


def test_votes_in_wide_form(tmp_path: Path) -> None:
    rows = read(tmp_path, "votes", "rcid,date,me,USA,RUS,NAM\n7,1974-10-02,1,1,3,9\n")
    assert [(r.state, r.choice, r.session, r.date) for r in rows] == [
        ("USA", "yes", 29, "1974-10-02"),
        ("RUS", "no", 29, "1974-10-02"),
    ]


def test_votes_of_namibia_are_not_missing(tmp_path: Path) -> None:
    rows = read(tmp_path, "votes", "rcid,date,country,country_code,vote\n5,1990-11-02,Namibia,NA,1\n")
    assert [row.state for row in rows] == ["NAM"]


@pytest.mark.parametrize(
    ("day", "session"), [("1946-01-24", 1), ("1947-11-29", 2), ("2022-03-02", 76), ("2022-10-12", 77)]
)
def test_a_session_begins_in_september(day: str, session: int) -> None:
    assert session_of(day) == session


def test_alliances_of_both_lists(tmp_path: Path) -> None:
    rows = read(tmp_path, "alliances", "ccode1,ccode2,year,atop_defense,atop_nonagg\n2,20,1990,1,0\n2,20,1991,0,0\n")
    assert [(r.state, r.partner, r.obligations, r.date_from) for r in rows] == [
        ("USA", "CAN", ("defense",), "1990-01-01")
    ]
    rows = read(tmp_path, "alliances", "ccode1,ccode2,year,cow_defense,cow_entente\n365,310,1960,1,1\n")
    assert rows[0].obligations == ("defense", "entente")


def test_trade_goes_from_the_seller_to_the_buyer(tmp_path: Path) -> None:
    rows = read(tmp_path, "trade", "ccode1,ccode2,year,flow1,flow2\n2,20,1990,5,-9\n2,20,1991,-9,7.5\n")
    assert [(r.exporter, r.importer, r.year, r.value) for r in rows] == [
        ("CAN", "USA", 1990, 5.0),
        ("USA", "CAN", 1991, 7.5),
    ]


def test_capabilities_leave_the_missing_out(tmp_path: Path) -> None:
    rows = read(tmp_path, "capabilities", "ccode,year,milex,cinc\n710,2000,-9,0.16\n")
    assert [(r.measure, r.value) for r in rows] == [("cinc", 0.16)]


def test_disputes_memberships_and_ideal_points(tmp_path: Path) -> None:
    rows = read(tmp_path, "disputes", "dispnum,ccode1,ccode2,year,hostlev1,hostlev2\n2968.0,2.0,20.0,1979,1.0,4.0\n")
    assert [(r.dispute, r.state, r.opponent, r.hostility) for r in rows] == [("2968", "USA", "CAN", 1)]
    rows = read(tmp_path, "igos", "ccode1,ccode2,year,dyadigos\n2,20,1990,54\n")
    assert (rows[0].partner, rows[0].shared) == ("CAN", 54)
    rows = read(tmp_path, "igos", "ccode,year,APEC,NATO\n2,1995,1,-9\n")
    assert [(r.organisation, r.standing) for r in rows] == [("APEC", "full member")]
    rows = read(tmp_path, "idealpoints", "ccode,session,IdealPoint,Q5,Q95\n2,1,1.6,1.3,2.0\n")
    assert (rows[0].state, rows[0].mean, rows[0].q5, rows[0].q95) == ("USA", 1.6, 1.3, 2.0)


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("votes", "rcid,session,ccode,vote\n3,30,2,7\n", "line 2: vote is '7'"),
        ("votes", "rcid,session,ccode,vote\n3,30,USA,1\n", "line 2: ccode is 'USA'"),
        ("trade", "ccode1,ccode2,year,flow1,flow2\n2,20,1990,5,x\n", "line 2: flow2 is 'x'"),
        ("trade", "ccode1,ccode2,year,flow1\n2,20,1990,5\n", "no column 'flow2'"),
        ("alliances", "ccode1,ccode2,year,atop_defense\n2,20,1990,1990\n", "line 2: atop_defense"),
        ("capabilities", "ccode,year,cinc\n2,20,0.1\n", "line 2: year is '20'"),
        ("disputes", "dispnum,ccode1,ccode2,year,hostlev1,hostlev2\n1,2,20,1990,1\n", "5 cells"),
    ],
)
def test_a_wrong_column_is_refused_with_its_line(tmp_path: Path, kind: str, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read(tmp_path, kind, text)


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("ccode1,ccode2,year,flow1,flow2\n2,20,1990,5,6\n2,999,1990,1,1\n")
    added = add_file("trade", path, tmp_path / "r", licence="free with citation")
    assert (added.read, added.new, added.left_out) == (3, 2, 1)
    rows = Record.open(tmp_path / "r").rows("trade")
    assert {row.licence for row in rows} == {"free with citation"}
    assert {row.source for row in rows} == {"f.csv"}


def test_an_unknown_kind_is_answered_with_the_known(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="votes, alliances"):
        add_file("tea-leaves", tmp_path / "f.csv", tmp_path / "r")
