"""Reading a scenario: every fault is one sentence with its line; numbers know what they rest on."""

from __future__ import annotations

from pathlib import Path

import pytest

import visavis as vv
from tests.reason.conftest import Write
from visavis.errors import ScenarioError
from visavis.reason import scenario, shipped
from visavis.reason.lines import Lines
from visavis.store import Record

CLAIM = '[claim]\ntext = "t"\nexpect = "{}"\n'
TWO = """kind = "decision"
{claim}
[actors.X.options]
stay = "stay"
go = "go"
[uncertain.rain]
values = ["dry", "wet"]
p = [0.5, 0.5]
[[weigh]]
name = "comfort"
weight = {weight}
level = {{ stay = 1, go = [0, 2, 4] }}
when = {{ "rain=wet" = {{ go = -1 }} }}
"""


def two(claim: str = CLAIM.format("stay"), weight: str = "1") -> str:
    return TWO.format(claim=claim, weight=weight)


def test_the_lines_of_keys_are_known_through_tables_lists_and_long_strings() -> None:
    text = 'a = 1\n[b.c]\nd = """\n[x]\ne = 1\n"""\nf = 2\n[[g]]\nh = 1\n[[g]]\nh = 2\n[g.i]\n"j k" = 3\n'
    lines = Lines(text)
    at = {
        ("a",): 1,
        ("b", "c", "d"): 3,
        ("b", "c", "f"): 7,
        ("g", 0, "h"): 9,
        ("g", 1, "h"): 11,
        ("g", 1, "i", "j k"): 13,
    }
    assert {path: lines.of(path) for path in at} == at
    assert lines.of(("g", 1, "unknown")) == 10


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('kind = "decision"', 'kind = "decisions"', 3, "no kind"),
        ("p = [0.5, 0.5]", "p = [0.5, 0.6]", 13, "sum to 1.1"),
        ("p = [0.5, 0.5]", "p = [0.5]", 13, "1 probabilities stand for 2"),
        ("stay = 1, go", "go", 17, "'stay' has no level"),
        ("[0, 2, 4]", "[3, 2, 4]", 17, "must not fall"),
        ("[0, 2, 4]", "[2, 4]", 17, "[low, best, high]"),
        ("rain=wet", "rain=damp", 18, "no state of anything uncertain"),
        ("weight = 1", "weigth = 1", 16, "unknown key 'weigth'"),
        ("weight = 1", "weight = -1", 16, "must lie in"),
        ("weight = 1", 'weight = { from = "events: A>B AID" }', 16, "no record was given"),
        ("weight = 1", 'weight = { value = 1, from = "events: nonsense" }', 16, "is no reference to events"),
        ("weight = 1", 'weight = { from = "events: A>B SANCTON" }', 16, "no type of event"),
        ("weight = 1", 'weight = { from = "events: bloc:west>B AID" }', 16, "there is no bloc 'west'"),
        ("weight = 1", 'weight = { value = 1, from = "guess: 4" }', 16, "must start with events:"),
        ('expect = "stay"', 'expect = "flee"', 6, "there is no such option"),
        ('expect = "stay"', 'expect = "maximin.sty > 0"', 6, "there is no such figure"),
        ('expect = "stay"', 'expect = "a > b + c"', 6, "is no comparison"),
    ],
)  # fmt: skip
def test_a_fault_is_one_sentence_with_its_line(write: Write, old: str, new: str, line: int, words: str) -> None:
    text = two()
    assert old in text
    with pytest.raises(ScenarioError) as found:
        write(text.replace(old, new)).run(draws=5)
    told = str(found.value)
    assert words in told and told.startswith("argument.toml")
    assert f"line {line}:" in told


def test_what_is_no_toml_or_no_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="There is no scenario"):
        scenario(tmp_path / "nowhere.toml")
    (tmp_path / "bad.toml").write_text("a = \n")
    with pytest.raises(ScenarioError, match=r"bad\.toml is no TOML: .*line 1"):
        scenario(tmp_path / "bad.toml")


def test_circles_of_runs_are_named(write: Write, tmp_path: Path) -> None:
    weight = '{{ value = 1, from = "run: {}#maximin.stay" }}'
    (tmp_path / "b.toml").write_text('visavis = "scenario/1"\ntitle = "b"\n' + two(weight=weight.format("a.toml")))
    with pytest.raises(ScenarioError, match=r"circle: a\.toml -> b\.toml -> a\.toml"):
        write(two(weight=weight.format("b.toml")), "a.toml")


def test_a_run_reference_takes_the_other_scenarios_figure(write: Write) -> None:
    write(two(weight="3"), "other.toml")
    found = write(two(weight='{ value = [0, 1, 2], from = "run: other.toml#maximin.stay" }'))
    weight = found.assumptions["weight.comfort"]
    assert (weight.best, weight.high, weight.basis) == (3.0, 3.0, "run")
    assert "maximin.stay of other.toml" in weight.rule


def test_a_data_reference_takes_a_column_by_a_rule(write: Write, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("who,a,b\nx,2,4\nx,3,3\ny,9,1\n")
    found = write(two(weight='{ from = "data: d.csv, mean of a/b where who=x" }'))
    assert found.best["weight.comfort"] == 0.75


def test_events_give_numbers_by_a_printed_rule_and_a_trace_to_the_page(write: Write, record: Record) -> None:
    given = '{ value = [0, 1, 9], from = "events: RUS>USA SANCTION:expel, 2021-04", map = [[0, 1], [2, 5]] }'
    found = write(two(weight=given), record=record)
    weight = found.assumptions["weight.comfort"]
    assert (weight.low, weight.best, weight.high, weight.basis) == (0.0, 3.0, 9.0, "events")
    assert "number of happenings" in weight.rule
    (note,) = found.trace("weight.comfort").footnotes
    assert note.sentence.startswith("On Friday Russia expelled")
    assert note.page == "https://meridianwire.example/first"


@pytest.mark.parametrize(
    ("reference", "figure"),
    [
        ("USA>RUS *", 2.0),  # the answer and the talks, not the threat
        ("USA>RUS SANCTION|THREATEN", 1.0),
        ("RUS~USA SANCTION", 2.0),
        ("bloc:east>* SANCTION", 1.0),
        ("RUS>USA *, last 30 days", 1.0),
        ("RUS>USA SANCTION, share", 0.5),
        ("RUS>USA SANCTION, intensity", -6.0),
        ("RUS>USA *, change since 2021-05", 6.0),
        ("RUS>USA *, 2021-04-01..2021-04-30, per month", 30.4375 / 30),
    ],
)
def test_the_grammar_of_events(write: Write, record: Record, reference: str, figure: float) -> None:
    text = two().replace("stay = 1", f'stay = {{ from = "events: {reference}" }}')
    found = write(text + '[blocs]\neast = ["RUS"]\n', record=record)
    assert found.best["level.comfort.stay"] == pytest.approx(figure)


def test_what_finds_nothing_is_listed_and_the_stated_value_stays(write: Write) -> None:
    found = write(two(weight='{ value = 2, from = "events: A>B *" }'))
    assert found.best["weight.comfort"] == 2
    assert len(found.unresolved) == 1 and "line 16" in found.unresolved[0]


def test_a_quote_that_was_changed_is_noticed(write: Write) -> None:
    text = two() + '[[sources]]\nid = "s"\npage = "p"\nquote = "so it is"\nsha256 = "0123456789abcdef"\n'
    with pytest.raises(ScenarioError, match="quote of source 's' has the hash"):
        write(text)


def test_numbers_without_evidence_are_the_analysts(write: Write) -> None:
    found = write(two())
    bases = {name: one.basis for name, one in found.assumptions.items()}
    assert bases.pop("assume.alpha") == "default" and set(bases.values()) == {"analyst's"}


def test_the_public_face_has_scenarios() -> None:
    assert vv.scenario("vote-iom.toml").run(seed=1).holds in ("true", "false", "depends")


def test_there_is_a_scenario_of_each_kind_and_all_rest_on_sources() -> None:
    found = [scenario(name) for name in shipped()]
    assert {one.kind.name for one in found} == {"decision", "exchange", "bargain", "vote", "shock", "align"}
    assert len(found) >= 7
    assert all(one.claim is not None and one.claim.source and one.sources for one in found)
