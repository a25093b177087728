"""What leaves in the shape of another data set comes back through its importer: the same dyads, codes and days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from visavis.lexicon.crosswalk import state_codes
from visavis.lexicon.ontology import ROOT_CODE
from visavis.records import Event, Party, content_id
from visavis.store import Record
from visavis.store.exports.gdelt import write_gdelt
from visavis.store.exports.icews import NAMES as ICEWS_NAMES
from visavis.store.exports.icews import write_icews
from visavis.store.exports.polecat import NAMES as POLECAT_NAMES
from visavis.store.exports.polecat import write_polecat
from visavis.store.exports.told import Dyadic, Written, dyadic, told_events
from visavis.store.imports.load import add_file

WRITERS: dict[str, Callable[[Record, Path], Written]] = {
    "icews": write_icews,
    "gdelt": write_gdelt,
    "polecat": write_polecat,
}


def party(code: str, name: str = "", sector: str = "") -> Party:
    return Party(code=code, name=name or code, words=name, sector=sector)


def event(name: str, sources: tuple[Party, ...], targets: tuple[Party, ...] = (), **more: object) -> Event:
    given = {"type": "ACCUSE", "quad": 3, "intensity": -2.0, "date_from": "2021-03-04", "date_to": "2021-03-04"} | more
    return Event(
        event_id=content_id(name), story_id="ab" * 8, article_id="", sentence_no=0, start=0, end=0, quote=f"{name}\tsaid so.",
        sources=sources, targets=targets, **given,
    )  # type: ignore[arg-type]  # fmt: skip


RUS, USA, TUR = party("RUS", "Moscow", "GOV"), party("USA", "the press", "JRN"), party("TUR", "doctors", "MED")
STRANGER = party("", "=cmd|' /C calc'!A0")
EVENTS = [
    event("one", (RUS,), (USA,), cameo="112"),
    event("each way", (RUS, USA, TUR), type="CONSULT", quad=1, intensity=3.0),
    event("several", (RUS, TUR), (USA, STRANGER), type="SANCTION", quad=3, cameo="163"),
    event("alone", (USA,), type="PROTEST", quad=4),
    event("to nobody known", (party("NAM"),), (STRANGER,)),
    event("denied", (RUS,), (USA,), status="denied"),
    event("some day", (RUS,), (USA,), date_to="2021-03-31"),
    event("no day", (RUS,), (USA,), date_from=None, date_to=None),
]

Row = tuple[str, str, str, str, str, str, str]


def told(row: Dyadic, shape: str) -> Row:
    """What must come back of one row. POLECAT has no CAMEO codes, ICEWS no sector for health workers."""
    sides = [(side.code if side and side.code in state_codes() else "") for side in (row.source, row.target)]
    sectors = [side.sector if side else "" for side in (row.source, row.target)]
    if shape == "icews":
        sectors = ["" if sector == "MED" else sector for sector in sectors]
    return (*sides, *sectors, row.day, "" if shape == "polecat" else row.cameo, row.told.event.type)  # type: ignore[return-value]


def back(found: Event) -> Row:
    sides = [next((side.code for side in listed), "") for listed in (found.sources, found.targets)]
    sectors = [next((side.sector for side in listed), "") for listed in (found.sources, found.targets)]
    return (*sides, *sectors, found.date_from or "", found.cameo or "", found.type)  # type: ignore[return-value]


def round_trip(record: Record, shape: str, folder: Path) -> tuple[Counter[Row], Counter[Row]]:
    file = folder / f"events.{shape}"
    wrote = WRITERS[shape](record, file)
    added = add_file(shape, file, folder / "again")
    assert (added.read, added.new) == (wrote.rows, wrote.rows)
    rows = dyadic(told_events(record), Written())
    gone = Counter(told(row, shape) for row in rows if row.told.event.type or shape != "polecat")
    return gone, Counter(back(found) for found in Record.open(folder / "again").events())


@pytest.mark.parametrize("shape", WRITERS)
def test_dyads_codes_days_and_sectors_come_back(tmp_path: Path, shape: str) -> None:
    record = Record.create(tmp_path / "r").commit("test", {"events": EVENTS})
    gone, came = round_trip(record, shape, tmp_path)
    assert gone == came
    assert sum(gone.values()) == 1 + 6 + 4 + 1 + 1


@pytest.mark.parametrize("shape", WRITERS)
def test_a_whole_record_comes_back(demo_record: Path, tmp_path: Path, shape: str) -> None:
    gone, came = round_trip(Record.open(demo_record), shape, tmp_path)
    without_sectors = [Counter((row[0], row[1], *row[4:]) for row in rows.elements()) for rows in (gone, came)]
    assert without_sectors[0] == without_sectors[1]
    assert sum(gone.values()) > 300


@pytest.mark.parametrize("shape", WRITERS)
def test_what_a_shape_cannot_say_is_left_out_and_counted(tmp_path: Path, shape: str) -> None:
    record = Record.create(tmp_path / "r").commit("test", {"events": EVENTS})
    assert WRITERS[shape](record, tmp_path / "x").left_out == {"status denied": 1, "no exact day": 2}


def test_rows_keep_their_widths_whatever_stands_in_the_text(tmp_path: Path) -> None:
    record = Record.create(tmp_path / "r").commit("test", {"events": EVENTS})
    for shape, width in (("icews", 20), ("gdelt", 61), ("polecat", 40)):
        WRITERS[shape](record, tmp_path / shape)
        lines = (tmp_path / shape).read_text("utf-8").splitlines()
        assert {line.count("\t") + 1 for line in lines} == {width}
        assert "\t=cmd" not in "".join(lines).lower()
    assert (len(ICEWS_NAMES), len(POLECAT_NAMES)) == (20, 40)


def test_every_state_comes_back_under_its_code(tmp_path: Path) -> None:
    states = sorted(state_codes())
    events = [event(code, (party(code, "somebody"),), (party("", "else"),)) for code in states]
    record = Record.create(tmp_path / "r").commit("test", {"events": events})
    for shape in WRITERS:
        (tmp_path / shape).mkdir()
        _, came = round_trip(record, shape, tmp_path / shape)
        assert sorted(row[0] for row in came) == states, shape


def test_an_event_without_a_code_takes_that_of_its_type(tmp_path: Path) -> None:
    record = Record.create(tmp_path / "r").commit("test", {"events": [event("x", (RUS,), (USA,), type="RETREAT")]})
    (row,) = dyadic(told_events(record), Written())
    assert row.cameo == ROOT_CODE["RETREAT"]


def test_the_icews_header_is_the_data_set_s_own(tmp_path: Path) -> None:
    sample = Path(__file__).resolve().parents[4] / "shared" / "data" / "formats" / "icews_events.sample.tab"
    if not sample.exists():
        pytest.skip("the shared sample of ICEWS is not there")
    with sample.open(encoding="utf-8") as lines:
        assert next(lines).rstrip("\n").split("\t") == list(ICEWS_NAMES)
    add_file("icews", sample, tmp_path / "r")
    gone, came = round_trip(Record.open(tmp_path / "r"), "icews", tmp_path)
    assert gone == came and sum(gone.values()) > 400
