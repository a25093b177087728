"""Views of pages: an article in pieces, two versions in rows, what changed between the halves of a record, charts."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.show import samples
from visavis.show.charts import dyad_charts
from visavis.show.search.plan import match_of
from visavis.show.views import dyad_view
from visavis.show.views.about import cite_record
from visavis.show.views.front import Half, changes
from visavis.show.views.reading import fragment_link, reading
from visavis.show.views.versions import VersionsView, versions_view

SENTENCES = [
    "Troops crossed the river at dawn.",
    "The minister denied it.",
    "Talks go on.",
    "Nobody was hurt in Kazan.",
]


def test_the_pieces_are_the_article_and_the_marks_stand_in_the_sentence() -> None:
    paragraphs = reading(samples.EXPELLED, samples.FIRST, [samples.EXPELLED])
    assert "\n\n".join("".join(piece.words for piece in one) for one in paragraphs) == samples.TEXT
    sentence = "".join(piece.words for one in paragraphs for piece in one if piece.sentence)
    assert sentence == samples.QUOTE
    assert {role for one in paragraphs for piece in one for role in piece.roles} == {
        "source",
        "action",
        "target",
        "speaker",
        "date",
    }
    assert all(piece.sentence for one in paragraphs for piece in one if piece.roles)


def test_other_events_of_the_article_are_linked() -> None:
    at = samples.TEXT.find("The move")
    other = replace(samples.EXPELLED, event_id="f" * 16, start=at, end=len(samples.TEXT), quote=samples.TEXT[at:])
    (piece,) = [p for one in reading(samples.EXPELLED, samples.FIRST, [other]) for p in one if p.event_id]
    assert (piece.words, piece.event_id) == ("The move was expected.", "f" * 16)


def test_a_text_fragment_names_both_ends_of_a_long_sentence() -> None:
    assert (
        fragment_link("https://x.example/a#top", "Well-known, said he.")
        == "https://x.example/a#:~:text=Well%2Dknown%2C%20said%20he."
    )
    long = " ".join(f"w{n}" for n in range(20))
    assert fragment_link("https://x.example/a", long).endswith(
        "text=w0%20w1%20w2%20w3%20w4,w15%20w16%20w17%20w18%20w19"
    )
    assert fragment_link("javascript:alert(1)", long) == ""


def words(view: VersionsView, side: str) -> list[str]:
    return " ".join(run.words for row in view.rows for run in getattr(row, side)).split()


@given(
    st.lists(st.sampled_from(SENTENCES), max_size=6),
    st.lists(st.sampled_from(SENTENCES), max_size=6),
    st.sampled_from(["\n\n", " "]),
)
def test_the_rows_hold_every_word_of_both_versions_once_and_in_order(
    left: list[str], right: list[str], glue: str
) -> None:
    original, copy = samples.article("one", text=glue.join(left)), samples.article("two", text="\n\n".join(right))
    view = versions_view(original, copy)
    assert "".join(words(view, "original")) == "".join(original.text.split())
    assert "".join(words(view, "copy")) == "".join(copy.text.split())


def test_paragraphs_that_say_the_same_share_a_row_and_what_is_cut_stands_alone() -> None:
    original = samples.article("one", text="\n\n".join(SENTENCES))
    copy = samples.article(
        "two", text="\n\n".join([SENTENCES[0].replace("dawn", "daybreak"), SENTENCES[1], SENTENCES[3]])
    )
    view = versions_view(original, copy)
    assert [(bool(row.original), bool(row.copy)) for row in view.rows] == [
        (True, True),
        (True, True),
        (True, False),
        (True, True),
    ]
    assert [run.words for row in view.rows for run in row.copy if run.change == "changed"] == ["daybreak"]
    assert [run.words.rstrip(".") for run in view.rows[2].original if run.change == "cut"] == ["Talks go on"]


def test_a_dyad_that_turned_round_leads_the_changes() -> None:
    turned = Half(a="A", b="B", n=2, before=-10.0, m=2, after=10.0)
    steady = Half(a="A", b="C", n=2, before=2.0, m=2, after=2.0)
    once = Half(a="B", b="C", n=1, before=9.0, m=0, after=0.0)
    lines = changes([steady, once, turned], {"A": "Aland"})
    assert [(line.a_name, line.b, line.before, line.after) for line in lines] == [
        ("Aland", "B", -5.0, 5.0),
        ("Aland", "C", 1.0, 1.0),
    ]
    assert changes([], {}) == ()


def test_a_chart_marks_dated_events_that_happened_apart_from_each_other() -> None:
    events = [samples.event(f"e{n}", date="2021-04-16") for n in range(3)]
    events += [
        samples.event("late", date="2023-04-16"),
        samples.event("no", date=None),
        samples.event("if", status="hypothetical"),
    ]
    view = dyad_view("RUS", "USA", events, {}, last=100)
    charts = dyad_charts(view, lambda key: f"/event/{key}")
    points = [row for data in charts["marks"]["datasets"].values() for row in data if "href" in row]
    assert len(points) == 4
    assert len({(row["when"], row["intensity"]) for row in points}) == 4
    assert all(row["date"] in ("2021-04-16", "2023-04-16") for row in points)
    bars = [row for data in charts["counts"]["datasets"].values() for row in data]
    assert [(row["period"], row["events"], row["number"]) for row in bars] == [("2021", -3, 3), ("2023", -1, 1)]


@pytest.fixture(scope="module")
def sentences() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table words using fts5(sentence, tokenize='unicode61 remove_diacritics 2')")
    database.execute("create table terms(term text primary key, n int)")
    rows = ["Sanctions on gas", "A sanctioned bank", "The sanction of Élysée", "gas for Elysium"]
    database.executemany("insert into words(sentence) values (?)", [(row,) for row in rows])
    terms = ["sanctions", "on", "gas", "sanctioned", "sanction", "elysee", "elysium"]
    database.executemany("insert into terms values (?, 1)", [(term,) for term in terms])
    return database


@given(st.text(max_size=40))
def test_words_to_search_are_never_operators(sentences: sqlite3.Connection, given: str) -> None:
    match = match_of(sentences, given)
    if match:
        (found,) = sentences.execute("select count(*) from words where words match ?", (match,)).fetchone()
        assert 0 <= found <= 4


@pytest.mark.parametrize(
    ("given", "rows"),
    [
        ("sanction", [1, 2, 3]), ("sanctions", [1]), ('"sanction"', [3]), ("gas sanct", [1]), ("sanctions on g", [1]), ("élys", [3, 4]),
        ('"on gas" sanc', [1]), ("OR", []), ("sanctioned* NOT", []),
    ],
)  # fmt: skip
def test_the_last_word_may_be_a_beginning(sentences: sqlite3.Connection, given: str, rows: list[int]) -> None:
    found = sentences.execute("select rowid from words where words match ? order by 1", (match_of(sentences, given),))
    assert [row for (row,) in found] == rows


def test_a_record_without_a_run_can_be_cited_too() -> None:
    assert cite_record("mine", None) == ("Visavis record “mine”, without any run.", "")
