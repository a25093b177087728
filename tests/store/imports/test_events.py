"""Event data of others come in with their own ids and codes as text; a shifted file is refused whole."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from visavis.errors import InputError
from visavis.records import Event
from visavis.store import Record
from visavis.store.check import check
from visavis.store.imports.gdelt import FIRST, SECOND, read_gdelt
from visavis.store.imports.icews import COLUMNS, read_icews
from visavis.store.imports.load import add_file
from visavis.store.imports.polecat import read_plover, read_polecat

ICEWS = {
    "Event ID": "7001", "Event Date": "2019-03-04", "Source Name": "Foreign Affairs (Borduria)", "Source Sectors": "Executive,Government",
    "Source Country": "Russian Federation", "Event Text": "Make statement", "CAMEO Code": "010", "Intensity": "0.0",
    "Target Name": "Ruritania", "Target Sectors": "", "Target Country": "China", "Story ID": "55", "Sentence Number": "3",
    "Publisher": "Lake Post",
}  # fmt: skip
GDELT = {
    "GLOBALEVENTID": "910001", "SQLDATE": "20240301", "MonthYear": "202403", "Year": "2024", "FractionDate": "2024.1644",
    "Actor1Code": "TURGOV", "Actor1Name": "ANKARA", "Actor1CountryCode": "TUR", "Actor1Type1Code": "GOV", "Actor2Code": "ROMMED",
    "Actor2Name": "BUCHAREST", "Actor2CountryCode": "ROM", "Actor2Type1Code": "MED", "IsRootEvent": "1", "EventCode": "042",
    "EventBaseCode": "042", "EventRootCode": "04", "QuadClass": "1", "GoldsteinScale": "1.9", "NumMentions": "4", "NumSources": "1",
    "NumArticles": "4", "AvgTone": "1.5", "DATEADDED": "20240301", "SOURCEURL": "https://lakepost.example/visit",
}  # fmt: skip
POLECAT = {
    "Event ID": "20230105-1-9af", "Event Date": "2023-01-05", "Event Type": "SANCTION", "Event Mode": "convict", "Intensity": "-6.1",
    "Quad Code": "VERBAL CONFLICT", "Contexts": "economic; legal", "Actor Name": "Parliament", "Actor Country": "CHE",
    "Primary Actor Sector": "LEG", "Recipient Name": "Company", "Recipient Country": "São Tomé and Príncipe",
    "Primary Recipient Sector": "BUS", "Source": "Lake Post",
}  # fmt: skip


def table(path: Path, rows: list[dict[str, str]], columns: tuple[str, ...] | None = None, header: bool = True) -> Path:
    names = columns or tuple(rows[0])
    lines = ["\t".join(names)] if header else []
    lines += ["\t".join(row.get(name, "") for name in names) for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def gdelt(path: Path, columns: tuple[str, ...] = SECOND, **changed: str) -> list[Event]:
    return list(read_gdelt(table(path / "a.export.CSV", [{**GDELT, **changed}], columns, header=False)))


def test_icews_keeps_the_code_as_text_and_the_event_s_own_id(tmp_path: Path) -> None:
    (event,) = read_icews(table(tmp_path / "e.tab", [ICEWS]))
    assert (event.cameo, event.type, event.quad) == ("010", "", 1)
    assert event.because == ("icews 7001",)
    assert event.coder == "import:icews"
    assert (event.sources[0].code, event.sources[0].sector, event.targets[0].code) == ("RUS", "GOV", "CHN")


def test_icews_reads_days_with_the_month_first(tmp_path: Path) -> None:
    (event,) = read_icews(table(tmp_path / "e.tab", [{**ICEWS, "Event Date": "12/1/2017"}]))
    assert event.date_from == "2017-12-01"


def test_an_event_that_two_files_repeat_is_one(tmp_path: Path) -> None:
    one = table(tmp_path / "a.tab", [ICEWS, {**ICEWS, "Event ID": "7002"}])
    two = table(tmp_path / "b.tab", [{**ICEWS, "Event ID": "7002"}, {**ICEWS, "Event ID": "7003"}])
    assert add_file("icews", one, tmp_path / "r").new == 2
    assert add_file("icews", two, tmp_path / "r").new == 1
    record = Record.open(tmp_path / "r")
    assert len(record.events()) == 3
    assert check(record) == []


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [("CAMEO Code", "10x", "CAMEO Code"), ("Event Date", "2019-13-04", "Event Date"), ("Intensity", "Lake", "Intensity"), ("Event ID", "x", "Event ID")],
)  # fmt: skip
def test_icews_refuses_a_cell_out_of_its_column(tmp_path: Path, column: str, value: str, told: str) -> None:
    with pytest.raises(InputError, match=rf"e.tab, line 3: {told}"):
        list(read_icews(table(tmp_path / "e.tab", [ICEWS, {**ICEWS, column: value}])))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column 'Target Country'"):
        list(
            read_icews(table(tmp_path / "e.tab", [ICEWS], tuple(name for name in COLUMNS if name != "Target Country")))
        )


def test_a_file_that_goes_wrong_late_leaves_nothing(tmp_path: Path) -> None:
    add_file("icews", table(tmp_path / "a.tab", [ICEWS]), tmp_path / "r")
    bad = table(tmp_path / "b.tab", [{**ICEWS, "Event ID": str(n)} for n in range(9)] + [{**ICEWS, "Event ID": "bad"}])
    with pytest.raises(InputError, match="line 11"):
        add_file("icews", bad, tmp_path / "r")
    add_file("icews", table(tmp_path / "c.tab", [{**ICEWS, "Event ID": "9999"}]), tmp_path / "r")
    assert len(Record.open(tmp_path / "r").events()) == 2


def test_gdelt_2_and_1_give_the_same_event(tmp_path: Path) -> None:
    second, first = gdelt(tmp_path), gdelt(tmp_path, FIRST)
    assert second == first
    assert (second[0].cameo, second[0].type, second[0].quad, second[0].intensity) == ("042", "CONSULT", 1, 1.9)


def test_gdelt_codes_become_ours(tmp_path: Path) -> None:
    (event,) = gdelt(tmp_path)
    assert [(p.code, p.sector) for p in (*event.sources, *event.targets)] == [("TUR", "GOV"), ("ROU", "JRN")]


def test_gdelt_is_read_from_its_zip(tmp_path: Path) -> None:
    plain = table(tmp_path / "x.CSV", [GDELT], SECOND, header=False)
    with zipfile.ZipFile(tmp_path / "x.CSV.zip", "w") as archive:
        archive.write(plain, "x.CSV")
    assert list(read_gdelt(tmp_path / "x.CSV.zip")) == list(read_gdelt(plain))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"EventCode": "42", "EventRootCode": "4"}, "EventCode is '42'"),
        ({"MonthYear": "202402"}, "MonthYear"),
        ({"QuadClass": "7"}, "QuadClass"),
        ({"Actor1CountryCode": "ankara"}, "Actor1CountryCode"),
        ({"GoldsteinScale": "http"}, "GoldsteinScale"),
    ],
)
def test_gdelt_refuses_shifted_columns(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    with pytest.raises(InputError, match=rf"line 1: {told}"):
        gdelt(tmp_path, **changed)


def test_gdelt_refuses_a_row_of_another_width(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="60 cells"):
        gdelt(tmp_path, SECOND[:60])


def test_one_gdelt_page_makes_one_story(tmp_path: Path) -> None:
    rows = [GDELT, {**GDELT, "GLOBALEVENTID": "910002"}]
    one, two = read_gdelt(table(tmp_path / "a.CSV", rows, SECOND, header=False))
    assert one.story_id == two.story_id != ""


def test_polecat_keeps_type_mode_and_contexts(tmp_path: Path) -> None:
    (event,) = read_polecat(table(tmp_path / "p.txt", [POLECAT]))
    assert (event.type, event.mode, event.contexts, event.quad) == ("SANCTION", "convict", ("economic", "legal"), 3)
    assert [(p.code, p.sector) for p in (*event.sources, *event.targets)] == [("CHE", "LEG"), ("STP", "BUS")]


def test_polecat_in_iso_8859_1_and_with_excess_names_is_read(tmp_path: Path) -> None:
    names, path = (*POLECAT, "Unused", "", ""), tmp_path / "p.txt"
    lines = ["\t".join(names), "\t".join(POLECAT.values()), "\t".join([*POLECAT.values(), "", "", ""])]
    path.write_bytes("\n".join(lines).encode("iso-8859-1"))
    assert [event.targets[0].code for event in read_polecat(path)] == ["STP", "STP"]


def test_polecat_refuses_a_type_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 2: the event type is 'convict'"):
        list(read_polecat(table(tmp_path / "p.txt", [{**POLECAT, "Event Type": "convict"}])))


def test_plover_lines_and_coded_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    party = {"code": "CHN", "sector": "GOV"}
    one = {
        "id": "a",
        "date": "2021-01-02",
        "event": "AGREE",
        "source": [party, "RUS"],
        "target": [],
        "cameo": "057",
        "context": "economic",
    }
    many = {
        "id": "b",
        "date": "2021-01-03",
        "events": [{"event": "ACCUSE", "source": [party], "target": [{"code": "USA"}]}] * 2,
    }
    path.write_text(f"{json.dumps(one)}\n\n{json.dumps(many)}\n")
    events = list(read_plover(path))
    assert [event.type for event in events] == ["AGREE", "ACCUSE", "ACCUSE"]
    assert len({event.event_id for event in events}) == 3
    assert events[0].contexts == ("economic",)


@pytest.mark.parametrize("text", ["nonsense", '{"id": "a"}', '{"id": "a", "date": "2021-01-02", "event": "DANCE"}',
                                  '{"id": "a", "date": "2021-01-02", "event": "AGREE", "cameo": 57}'])  # fmt: skip
def test_plover_refuses_a_line_that_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "e.jsonl"
    path.write_text(text + "\n")
    with pytest.raises(InputError, match="line 1"):
        list(read_plover(path))
