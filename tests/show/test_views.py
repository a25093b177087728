"""The view models say what the rows say, and nothing more."""

from __future__ import annotations

import itertools

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tests.show import samples
from visavis.records import Event
from visavis.show.views import actor_view, dyad_view, event_view, overview, story_view
from visavis.show.views.event import PageLine
from visavis.show.views.marks import marks_of
from visavis.show.views.overview import pairs_of
from visavis.show.views.parts import balance, event_date, period_of

PAGE = PageLine(page_id="0" * 16, uri="https://x.example/", media_type="text/html", found_at="x.html", sha256="")


def test_the_marks_of_an_event_are_its_words_in_the_sentence() -> None:
    said = [(mark.roles, samples.QUOTE[mark.start : mark.end]) for mark in marks_of(samples.EXPELLED)]
    assert said == [
        (("date",), "On Friday"),
        (("source",), "Russia"),
        (("action",), "expelled"),
        (("target",), "American diplomats"),
        (("speaker",), "Tass"),
    ]


def test_an_action_that_holds_its_target_is_cut_around_it() -> None:
    at = samples.TEXT.find("expelled")
    whole = msgspec.structs.replace(samples.EXPELLED, words_start=at, words_end=samples.TEXT.find(", Tass"))
    marks = {mark.roles: samples.QUOTE[mark.start : mark.end] for mark in marks_of(whole)}
    assert marks[("action",)] == "expelled ten"
    assert marks[("target",)] == "American diplomats"


def test_one_stretch_that_plays_two_parts_is_one_mark_with_two_roles() -> None:
    both = msgspec.structs.replace(samples.EXPELLED, sources=(samples.party("RUS", "Tass"),))
    assert [mark.roles for mark in marks_of(both)][-1] == ("source", "speaker")


_offset = st.integers(-5, len(samples.TEXT) + 5)


@given(st.lists(st.tuples(_offset, _offset), max_size=6), st.tuples(_offset, _offset))
def test_marks_are_inside_the_sentence_ordered_and_apart(spans: list[tuple[int, int]], words: tuple[int, int]) -> None:
    parties = tuple(msgspec.structs.replace(samples.party("RUS"), start=s, end=e) for s, e in spans)
    event = msgspec.structs.replace(samples.EXPELLED, sources=parties, words_start=words[0], words_end=words[1])
    marks = marks_of(event)
    assert all(0 <= mark.start < mark.end <= len(event.quote) for mark in marks)
    assert all(a.end <= b.start for a, b in itertools.pairwise(marks))


def test_an_event_view_walks_back_to_the_page_and_to_the_copies() -> None:
    others = {one.article_id: one for one in (samples.FIRST, samples.SECOND, samples.THIRD)}
    copies = [samples.WEAK, samples.IDENTICAL]
    view = event_view(samples.EXPELLED, samples.FIRST, PAGE, copies, others, samples.HAPPENING)
    assert view.article.title == samples.FIRST.title
    assert view.page.uri == "https://x.example/"
    assert [copy.kind for copy in view.copies] == ["identical", "spun"]
    assert view.copies[0].article.outlet == "Evening Compass"
    assert (view.date.iso, view.date.basis, view.date.words) == ("2021-04-16", "relative", "On Friday")
    assert (view.before, view.after) == ("", "The move was expected.")
    assert (view.reports, view.independent_reports) == (3, 2)


def test_a_story_hangs_each_copy_on_the_strongest_edge() -> None:
    articles = {one.article_id: one for one in (samples.FIRST, samples.SECOND, samples.THIRD)}
    view = story_view(samples.STORY, articles, [samples.WEAK, samples.SPUN, samples.IDENTICAL], [samples.EXPELLED])
    (second,) = view.tree.branches
    (third,) = second.branches
    assert (second.kind, second.copied) == ("identical", "unknown")
    assert (third.kind, third.copied, third.why) == ("spun", "this", ("two days later",))
    assert [line.event_id for line in view.events] == [samples.EXPELLED.event_id]


def test_a_story_without_edges_still_shows_all_its_articles() -> None:
    articles = {one.article_id: one for one in (samples.FIRST, samples.SECOND, samples.THIRD)}
    view = story_view(samples.STORY, articles, [], [])
    assert sorted(b.article.article_id for b in view.tree.branches) == sorted(samples.STORY.article_ids[1:], key=str)


EVENTS = [
    samples.EXPELLED,
    samples.event("answer", sources=("USA",), targets=("RUS",), date="2021-04-15"),
    samples.event("talks", "CONSULT", 1, ("RUS", "USA"), (), "2022-06-16"),
    samples.event("threat", "THREATEN", 3, ("USA",), ("RUS",), None, status="hypothetical"),
]


def test_a_dyad_counts_what_happened_and_lists_the_rest() -> None:
    view = dyad_view("RUS", "USA", EVENTS, {"2021": 40, "2022": 7}, {"RUS": "Russia"})
    assert (view.total.events, view.forth.events, view.back.events, view.together.events) == (3, 1, 1, 1)
    assert view.total.balance == -0.333
    assert view.not_counted == {"hypothetical": 1}
    assert [(p.period, p.counts.events, p.articles) for p in view.periods] == [("2021", 2, 40), ("2022", 1, 7)]
    assert (view.a_name, view.b_name) == ("Russia", "USA")


def test_the_last_sentences_are_newest_first_and_undated_ones_last() -> None:
    view = dyad_view("RUS", "USA", EVENTS, {})
    assert [line.date for line in view.last] == ["2022-06-16", "2021-04-16", "2021-04-15", None]


def test_an_actor_view_names_partners_and_whose_word_it_rests_on() -> None:
    view = actor_view("RUS", [*EVENTS, samples.event("visit", "CONSULT", 1, ("CHN",), ("RUS",))])
    assert [(p.code, p.counts.events) for p in view.partners] == [("USA", 3), ("CHN", 1)]
    assert view.speakers == {"Tass": 1}
    assert (view.own_voice, view.others_voice) == (0.25, 0.0)
    assert (view.as_source.events, view.as_target.events) == (2, 2)


def test_an_overview_counts_types_by_quad_class_and_tells_drops_from_furniture() -> None:
    counts = {"pages": 3, "articles": 3, "teasers": 0, "stories": 1, "happenings": 1}
    drops = {"read": {"empty": 1, "byline": 9}, "code": {"not-english": 2}}
    types, days = {"SANCTION": 2, "CONSULT": 1}, ("2021-04-15", "2022-06-16")
    view = overview(counts, {"en": 3}, {"spun": 2}, drops, {"happened": 3}, types, days, (), ())
    assert [(line.reason, line.rows) for line in view.unused] == [("empty", 1), ("not-english", 2)]
    assert view.furniture == {"byline": 9}
    assert {line.quad: line.types for line in view.quads if line.types} == {1: {"CONSULT": 1}, 3: {"SANCTION": 2}}


def test_a_reciprocal_event_pairs_all_its_parties_and_a_directed_one_only_across() -> None:
    assert pairs_of(samples.event("r", sources=("A", "B", "C"), targets=())) == {("A", "B"), ("A", "C"), ("B", "C")}
    assert pairs_of(samples.event("d", sources=("A", "B"), targets=("C",))) == {("A", "C"), ("B", "C")}
    assert pairs_of(samples.event("s", sources=("A",), targets=("A",))) == set()
    assert pairs_of(samples.event("u", sources=("A", "B"), targets=("",))) == set()


def test_periods_and_dates_claim_no_more_than_is_known() -> None:
    assert [period_of("2021-04", by) for by in ("year", "quarter", "month")] == ["2021", "2021-Q2", "2021-04"]
    assert period_of("2021", "month") is None
    week = msgspec.structs.replace(samples.EXPELLED, date_to="2021-04-20", date_precision="interval")
    assert event_date(week) == "2021-04-16/2021-04-20"


@given(st.lists(st.sampled_from(EVENTS), max_size=8))
def test_a_balance_lies_between_minus_one_and_one(events: list[Event]) -> None:
    found = balance(events)
    assert found.cooperative + found.conflictual == found.events
    assert found.balance is None if found.events == 0 else -1 <= (found.balance or 0) <= 1
