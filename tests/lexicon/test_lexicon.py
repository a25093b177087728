"""The lexicon loads fast, the same each time, is clean by its own linter, and takes a user's folder on top."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from visavis.cli import app
from visavis.errors import LexiconError
from visavis.lexicon import load
from visavis.lexicon.entries import Entry, plural
from visavis.lexicon.linter import check
from visavis.lexicon.loader import fingerprint
from visavis.lexicon.tables import read_table

STATES = "code,name,other,adjective,people,capital,seats,called,source\n"
PEOPLE = "code,sector,office,name,short,other,from,to,source\n"


def own(folder: Path, name: str, text: str) -> Path:
    """A user's lexicon folder with one table."""
    path = folder / "actors" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_the_lexicon_knows_every_member_of_the_united_nations() -> None:
    lexicon = load()
    assert len(lexicon.actors.states) >= 195
    for words, code in (("turkiye", "TUR"), ("cote d'ivoire", "CIV"), ("kosovo", "KOS"), ("timor-leste", "TLS")):
        assert any(form.entry.code == code for form in lexicon.actors.named(words)), words


def test_the_shipped_lexicon_has_no_errors() -> None:
    assert [finding for finding in check() if finding.level == "error"] == []


def test_every_entry_names_its_source_and_its_line() -> None:
    entries = {form.entry for forms in load().actors.forms for form in forms}
    assert all(entry.source and ":" in entry.where for entry in entries)


def test_every_sector_in_use_is_described() -> None:
    actors = load().actors
    used = {form.entry.sector for forms in actors.forms for form in forms} | {
        role.sector for role in actors.roles.values()
    }
    assert used - {""} <= set(actors.sectors)


def test_two_loads_give_one_lexicon_and_a_change_gives_another_fingerprint(tmp_path: Path) -> None:
    assert load() is load()
    mine = own(tmp_path, "states.csv", STATES + "ATL,Atlantis,,Atlantean,,Poseidonis,,island,a test\n")
    assert load(mine).fingerprint != load().fingerprint
    assert fingerprint((mine,)) == fingerprint((mine,))


def test_a_folder_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="not a folder"):
        load(tmp_path / "nowhere")


def test_members_have_their_time() -> None:
    terms = load().actors.members["EUR"]
    assert ("GBR", "1973-01", "2020-01") in terms
    assert any(state == "FRA" and not end for state, _, end in terms)


@pytest.mark.parametrize(
    ("when", "holds"),
    [(None, True), ("2009", True), ("2008", True), ("2012-05", True), ("2012-06-01", False), ("2007-12-31", False)],
)
def test_a_term_holds_for_prefixes_of_dates(when: str | None, holds: bool) -> None:
    entry = Entry(code="RUS", sector="GOV", name="Dmitry Medvedev", kind="person", start="2008-05", end="2012-05")
    assert entry.holds(when) is holds


@pytest.mark.parametrize(
    ("noun", "many"),
    [("rebel", "rebels"), ("army", "armies"), ("policeman", "policemen"), ("Chinese", ""), ("Afghan", "Afghans")],
)
def test_plurals(noun: str, many: str) -> None:
    assert plural(noun) == many


@pytest.mark.parametrize(
    ("table", "row", "says"),
    [
        (
            "people/mine.csv",
            PEOPLE + "XYZ,GOV,President,Ann Other,,,2001,,a test\n",
            "no state, region or organisation has the code XYZ",
        ),
        ("people/mine.csv", PEOPLE + "FRA,ABC,President,Ann Other,,,2001,,a test\n", "'ABC' is no sector"),
        ("people/mine.csv", PEOPLE + "FRA,GOV,President,Ann Other,,,2001-13,,a test\n", "is no date"),
        ("people/mine.csv", PEOPLE + "FRA,GOV,President,Ann Other,,,2005,2001,a test\n", "before it begins"),
        ("people/mine.csv", PEOPLE + "FRA,GOV,President,Ann Other,,,2001,,\n", "`source` is empty"),
        ("states.csv", STATES + "ATL,Atlantis,,Atlantean\n", "4 cells where the header has 9"),
        ("states.csv", STATES + "atl,Atlantis,,Atlantean,,,,,a test\n", "is not a code"),
        ("states.csv", STATES + "ATL,A,,Atlantean,,,,,a test\n", "too short"),
    ],
)
def test_the_linter_names_the_line_and_the_fault(tmp_path: Path, table: str, row: str, says: str) -> None:
    found = [f for f in check(own(tmp_path, table, row)) if f.level == "error"]
    assert any(says in f.message and table.split("/")[-1] in f.where + f.message for f in found), found


def test_the_linter_warns_of_two_presidents_and_of_one_name_for_two_states(tmp_path: Path) -> None:
    rows = "FRA,GOV,President,Ann Other,,,2001,2006,a test\nFRA,GOV,President,Bob Other,,,2003,,a test\n"
    own(tmp_path, "people/mine.csv", PEOPLE + rows)
    own(tmp_path, "states.csv", STATES + "ATL,Atlantis,France,Atlantean,,,,,a test\n")
    messages = [f.message for f in check(tmp_path) if f.level == "warning"]
    assert any("Bob Other begins before Ann Other ends" in m for m in messages)
    assert any("'France' may be ATL or FRA" in m for m in messages)


def test_comments_and_blank_lines_do_not_shift_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("# a comment\n\na,b\n# another\n1,2\n", encoding="utf-8")
    (row,) = read_table(path)
    assert (row.one("a"), row.many("b"), row.where) == ("1", ("2",), "t.csv:5")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="lacks c"):
        read_table(path, ("a", "c"))


def test_the_command_line_checks_and_finds(tmp_path: Path) -> None:
    run = CliRunner().invoke
    bad = own(tmp_path, "states.csv", STATES + "ATL,Atlantis,,Atlantean,,,,,\n")
    assert run(app, ["lexicon", "check", str(bad), "--json"]).exit_code == 1
    assert run(app, ["lexicon", "check"]).exit_code == 0
    found = run(app, ["lexicon", "find", "President Medvedev", "--when", "2010", "--json"])
    assert '"code": "RUS"' in found.stdout and '"current": true' in found.stdout
