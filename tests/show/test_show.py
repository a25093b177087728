"""`visavis show`: the terminal shows the whole walk from a sentence to its page, with colour or without."""

from __future__ import annotations

import contextlib
import json
import shlex
from pathlib import Path

import msgspec
import pytest
from rich.console import Console, RenderableType
from typer.testing import CliRunner

from tests.show import samples
from tests.show.web import hostile
from visavis.cli import app, main
from visavis.errors import QueryError
from visavis.show.fetch import fetch_actor, fetch_dyad, fetch_event, fetch_story
from visavis.show.find import find_id
from visavis.show.names import code_of
from visavis.show.terminal import render_actor, render_dyad, render_event, render_story
from visavis.show.terminal.parts import clean, marked
from visavis.show.views.marks import marks_of
from visavis.store import Record


def words(renderable: RenderableType, width: int = 160) -> str:
    console = Console(width=width, color_system=None, record=True, file=None, quiet=False)
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["show", *arguments], env={"COLUMNS": "160", "NO_COLOR": "1"})
    assert result.exit_code == 0, result.output
    return result.output


def test_an_event_shows_its_marks_without_colour(small_record: Record) -> None:
    shown = words(render_event(fetch_event(small_record, samples.EXPELLED.event_id)))
    assert "[D On Friday] [S Russia] [A expelled] ten [T American diplomats], [V Tass] reported." in shown
    for needle in (
        "RUS GOV",
        "Tass (media, RUS, paraphrased)",
        "2021-04-16",
        "On Friday",
        "rule: X expelled Y",
        "0.83",
        "CAMEO 166",
    ):
        assert needle in shown
    assert "https://meridianwire.example/first" in shown
    assert "identical 1.00" in shown and "Evening Compass" in shown
    assert "in 3 stories, 2 of them independent" in shown


def test_the_command_takes_a_prefix_and_prints_the_same_event_as_json(small_record: Record) -> None:
    prefix = samples.EXPELLED.event_id[:6]
    assert samples.EXPELLED.event_id in run("event", prefix, "--record", str(small_record.path))
    told = json.loads(run("event", prefix, "--record", str(small_record.path), "--json"))
    assert (told["type"], told["cameo"], told["article"]["outlet"]) == ("SANCTION", "166", "Meridian Wire")
    assert told["marks"][1] == {"start": 10, "end": 16, "roles": ["source"]}


def test_a_story_shows_the_tree_of_its_copies(small_record: Record) -> None:
    shown = words(render_story(fetch_story(small_record, samples.STORY.story_id[:8])))
    assert "identical 1.00, direction unknown" in shown
    assert "spun 0.70, a copy of the above two days later words: " in " ".join(shown.split())
    assert "3 articles; Meridian Wire, Evening Compass" in shown


def test_a_dyad_shows_counts_balance_and_denominators(small_record: Record) -> None:
    view = fetch_dyad(small_record, "RUS", "USA", by="month")
    assert [(p.period, p.counts.events, p.articles) for p in view.periods] == [("2021-04", 2, 3), ("2021-06", 1, 0)]
    shown = words(render_dyad(view))
    assert "Not counted: hypothetical 1." in shown
    assert "-0.33" in shown


def test_an_actor_shows_partners(small_record: Record) -> None:
    shown = run("actor", "Russia", "--record", str(small_record.path))
    assert "With whom" in shown and "China" in shown and "Who speaks for it: Tass 1." in shown


def test_an_actor_without_events_is_no_error(small_record: Record) -> None:
    assert "no party to any event" in words(render_actor(fetch_actor(small_record, "FJI")))


def test_an_unknown_id_names_near_ones_and_an_ambiguous_one_its_candidates(small_record: Record) -> None:
    with pytest.raises(QueryError, match="There is no event") as unknown:
        find_id(small_record, "events", "0000000000000000")
    assert unknown.value.hint.startswith("Near: ")
    with pytest.raises(QueryError, match="is not an id") as odd:
        find_id(small_record, "events", "x' or true --")
    assert "hex" in odd.value.hint


def test_an_id_of_another_table_is_recognised(small_record: Record) -> None:
    with pytest.raises(QueryError) as found:
        find_id(small_record, "events", samples.STORY.story_id)
    assert "visavis show story" in found.value.hint


def test_a_dyad_of_one_actor_and_an_unknown_period_are_refused(small_record: Record) -> None:
    with pytest.raises(QueryError, match="two different actors"):
        fetch_dyad(small_record, "RUS", "RUS")
    with pytest.raises(QueryError, match="not a period"):
        fetch_dyad(small_record, "RUS", "USA", by="fortnight")


@pytest.mark.parametrize(
    ("given", "code"), [("CHN", "CHN"), ("chn", "CHN"), ("China", "CHN"), ("European Union", "EUR")]
)
def test_actors_are_known_by_code_and_by_name(given: str, code: str) -> None:
    assert code_of(given) == code


def test_an_unknown_actor_is_answered_with_a_suggestion() -> None:
    with pytest.raises(QueryError) as unknown:
        code_of("Turky")
    assert "TUR" in unknown.value.hint


@pytest.mark.parametrize(
    "command",
    [
        "show event EVENT", "show story STORY", "show dyad RUS USA", "show actor RUS", "show event EVENT --json", "show story STORY --json",
        "sql 'select * from articles'", "sql 'select title, outlet from articles'", "sql 'select * from drops' --json", "sql 'select * from pages' --csv",
        "review --open", "watch", "watch --json", "diff 1 2", "datasheet", "export", "check", "reason", "show event \x1b]0;x\x07", "sql 'select \x9b2J'",
    ],
)  # fmt: skip
def test_what_was_planted_never_reaches_a_terminal(
    hostile_record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    verb, *rest = shlex.split(command)
    rest = [{"EVENT": hostile.EVENT.event_id, "STORY": hostile.STORY.story_id}.get(word, word) for word in rest]
    where = {
        "show": [*rest, "--record", str(hostile_record.path)],
        "export": [str(hostile_record.path), "--out", str(tmp_path)],
    }
    scenario = str(hostile_record.path / "scenarios" / "planted.toml")
    where["reason"] = [scenario]
    with contextlib.suppress(SystemExit):
        main([verb, *where.get(verb, [str(hostile_record.path), *rest])])
    shown = capsys.readouterr()
    assert shown.out + shown.err and not hostile.HARMFUL.search(shown.out + shown.err)
    assert "fault of Visavis" not in shown.err and "No such" not in shown.err, shown.err


def test_what_pages_smuggle_in_never_reaches_the_terminal() -> None:
    nasty = "a\x1b[31mred\x1b[0m \u202eevil\u202c [bold]x[/bold]\x07"
    assert clean(nasty) == "a·[31mred·[0m ·evil· [bold]x[/bold]·"
    event = msgspec.structs.replace(
        samples.EXPELLED, quote="\x1b]0;pwn\x07 said", start=0, end=12, words_start=0, words_end=3
    )
    shown = words(marked(event.quote, marks_of(event)))
    assert "\x1b" not in shown and "\x07" not in shown
