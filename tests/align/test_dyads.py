"""Dyads keep their rows, say their codes, and cite what was added."""

from __future__ import annotations

from pathlib import Path

import pytest

import visavis as vv
from visavis.align.dyads import references
from visavis.errors import QueryError
from visavis.records import Party
from visavis.store import Record
from visavis.store.imports.events import imported_event
from visavis.store.imports.load import KINDS, add_file


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("dyads")
    files = {
        "votes": "rcid,session,ccode,vote\n"
        + "".join(f"{n},45,{s},{1 + (n * s) % 3}\n" for n in range(9) for s in (2, 365, 710)),
        "alliances": "ccode1,ccode2,year,atop_defense,atop_nonagg\n2,20,1990,1,1\n",
        "trade": "ccode1,ccode2,year,flow1,flow2\n2,365,1990,5,7\n",
        "capabilities": "ccode,year,milex,cinc\n2,1990,1,0.14\n",
        "igos": "ccode,year,NATO,OAS,NAM\n2,1990,1,1,2\n20,1990,1,1,1\n",
        "idealpoints": "ccode,session,IdealPoint\n2,45,1.5\n",
        "rungs": "a,b,date,rung,sentence\nUSA,Canada,1988-05,strategic partnership,They have one.\n2,20,1995,defence pact,Later.\n",
        "disputes": "dispnum,ccode1,ccode2,year,hostlev1,hostlev2\n1,2,365,1990,1,4\n1,365,2,1990,4,1\n",
    }
    for kind, text in files.items():
        (home / f"{kind}.csv").write_text(text)
        add_file(kind, home / f"{kind}.csv", home / "r")
    sides = [(Party(code=code),) for code in ("USA", "RUS")]
    Record.open(home / "r").commit(
        "test", {"events": [imported_event("icews", "1", "1990-05-06", *sides, type="ACCUSE")]}
    )
    return home / "r"


def test_adding_never_changes_the_rows(record: Path) -> None:
    start = vv.dyads(record, years=(1989, 1991), states=["USA", "RUS", "CHN", "CAN"])
    whole = start.add.votes().add.alliances().add.trade().add.capabilities().add.disputes().add.events()
    assert len(start) == len(whole) == 3 * 6 == whole.arrow().num_rows


def test_each_row_holds_what_is_known_of_its_pair_and_year(record: Path) -> None:
    whole = vv.dyads(record, years=[1990], states=["USA", "RUS", "CAN"]).add.alliances().add.trade().add.disputes()
    rows = {(row["a"], row["b"]): row for row in whole.arrow().to_pylist()}
    assert rows["CAN", "USA"]["alliance"] == "defense+nonagg"
    assert (rows["RUS", "USA"]["exports"], rows["RUS", "USA"]["imports"]) == (5.0, 7.0)
    assert rows["CAN", "RUS"]["alliance"] is None


def test_directed_rows_tell_who_did_it(record: Path) -> None:
    whole = vv.dyads(record, years=[1990], states=["USA", "RUS"], directed=True).add.disputes()
    assert {(row["a"], row["hostility"]) for row in whole.arrow().to_pylist()} == {("USA", 1), ("RUS", 4)}


def test_states_begin_and_end() -> None:
    from visavis.align.dyads import _living

    assert "DDR" in _living(1980, None)
    assert "DDR" not in _living(1995, None)


def test_the_codes_are_those_that_were_asked_for(record: Path) -> None:
    found = vv.dyads(record, years=[1995], states=["DEU", "USA"], system="gw").arrow()
    assert found.column("a").to_pylist() == ["260"]


def test_it_cites_exactly_what_was_added(record: Path) -> None:
    found = vv.dyads(record, years=[1990], states=["USA", "RUS"]).add.votes("s").add.events().cite()
    keys = [line.split("{")[1].split(",")[0] for line in found.splitlines()]
    assert keys == ["voeten2013", "signorino1999", "boschee2015", "dumouchel1999"]


def test_every_kind_of_import_can_be_cited() -> None:
    lists = {"rungs", "expulsions"}  # whose rows name their own sources
    assert {kind.cite for name, kind in KINDS.items() if name not in lists} <= set(references())


def test_every_adder_cites_its_data_and_its_method(record: Path) -> None:
    start = vv.dyads(record, years=[1990], states=["USA", "RUS", "CAN"])
    whole = (
        start.add.votes("agreement").add.alliances().add.igos().add.capabilities().add.trade().add.disputes()
        .add.idealpoints().add.rungs().add.events()
    )  # fmt: skip
    keys = [line.split("{")[1].split(",")[0] for line in whole.cite().splitlines()]
    assert keys == [
        "voeten2013", "imai2017", "leeds2002", "pevehouse2020", "singer1972", "barbieri2009", "palmer2022", "bailey2017", "visavis",
        "boschee2015", "dumouchel1999",
    ]  # fmt: skip
    row = next(row for row in whole.arrow().to_pylist() if (row["a"], row["b"]) == ("CAN", "USA"))
    assert (row["shared_igos"], row["ideal_b"], row["ideal_a"], row["cinc_b"], row["rung"]) == (2, 1.5, None, 0.14, 3)
    assert len(whole.arrow()) == 3


def test_two_lists_of_alliances_are_not_mixed(record: Path, tmp_path: Path) -> None:
    both = tmp_path / "r"
    for name, text in (("atop", "atop_defense\n2,20,1990,1\n"), ("cow", "cow_entente\n2,20,1990,1\n")):
        (tmp_path / f"{name}.csv").write_text("ccode1,ccode2,year," + text)
        add_file("alliances", tmp_path / f"{name}.csv", both)
    start = vv.dyads(both, years=[1990], states=["USA", "CAN"])
    with pytest.raises(QueryError, match="two things of USA CAN 1990: atop and cow"):
        start.add.alliances()
    assert start.add.alliances("cow").columns["alliance"] == ("entente",)
    assert "gibler2009" in start.add.alliances("cow").cite()
    with pytest.raises(QueryError, match="no treaties of 'eu'"):
        start.add.alliances("eu")


def test_what_makes_no_sense_is_refused(record: Path) -> None:
    with pytest.raises(QueryError, match="XXX"):
        vv.dyads(record, years=[1990], states=["XXX"])
    with pytest.raises(QueryError, match="system"):
        vv.dyads(record, years=[1990], system="fips")
    with pytest.raises(QueryError, match="before"):
        vv.dyads(record, years=[1990], states=["USA", "RUS"]).add.trade().add.trade()
