"""Copies are found, typed and directed; stories do not depend on the order of reading; chains do not merge."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sift.factory import article, rows
from tests.sift.samples import reworded, sentences, text
from visavis.records import Article
from visavis.sift import Index, candidates, compare, fingerprint, gather, link, verify

BASE = text(12, 1)
FOOT = "\n\nShare this page\n\nRelated topics: ports, barley\n\nYour details are safe with us"


def kinds(copies: object) -> set[tuple[str, str, str]]:
    return {(c.article_id, c.of_article_id, c.kind) for c in copies}  # type: ignore[attr-defined]


def test_a_repost_in_another_pages_furniture_is_identical() -> None:
    found = link([article(BASE, "a", "2021-05-01"), article("Menu\n\nHome" + "\n\n" + BASE + FOOT, "b", "2021-05-02")])
    assert kinds(found.copies) == {("b", "a", "identical")}
    assert found.copies[0].direction == "dated"
    assert [s.article_ids for s in found.stories] == [("a", "b")]


def test_the_copied_part_is_told_in_code_points() -> None:
    page = "Überschrift – ein Menü\n\n" + BASE + FOOT
    (copy,) = link([article(BASE, "a", "2021-05-01"), article(page, "b", "2021-05-02")]).copies
    taken = page[copy.spans[0].start : copy.spans[-1].end]
    assert taken == BASE.rstrip(".")


def test_a_truncated_repost_is_an_excerpt() -> None:
    cut = " ".join(BASE.split()[:90]) + " ..."
    (copy,) = link([article(BASE, "a"), article(cut, "b")]).copies
    assert (copy.article_id, copy.kind, copy.direction) == ("b", "excerpt", "textual")
    assert "breaks off where the other goes on" in copy.why


def test_a_stitched_page_contains_its_articles_and_does_not_join_their_stories() -> None:
    one, two = text(9, 2), text(9, 3)
    found = link([article(one, "a"), article(two, "b"), article(f"{one}\n\n{two}\n\n{text(9, 4)}{FOOT}", "page")])
    assert kinds(found.copies) == {("page", "a", "contains"), ("page", "b", "contains")}
    assert len(found.stories) == 3


def test_a_quoted_block_is_a_quote_and_no_story() -> None:
    quoting = f"{text(6, 5)}\n\n{' '.join(sentences(12, 1)[3:6])}\n\n{text(6, 6)}"
    found = link([article(BASE, "a", "2021-05-01"), article(quoting, "b", "2021-05-03")])
    assert kinds(found.copies) == {("b", "a", "quotes")}
    assert len(found.stories) == 2


@pytest.mark.parametrize("share", [0.15, 0.3, 0.45])
def test_a_machine_reworded_copy_is_spun(share: float) -> None:
    spun = reworded(BASE, share, 7)
    found = link([article(BASE, "a", "2021-05-01"), article(spun, "b", "2021-05-02")])
    assert kinds(found.copies) == {("b", "a", "spun")}


def test_two_reports_in_the_same_stock_words_are_no_copies() -> None:
    stock = "The ministry said in a statement on Monday that it did not immediately respond to a request for comment."
    assert link([article(f"{stock} {text(5, 8)}", "a"), article(f"{stock} {text(5, 9)}", "b")]).copies == ()


def test_long_names_are_no_copies() -> None:
    name = "the International Commission Against Impunity and Graft in Lomra and Karsia (Comision Unida Contra la Impunidad)"
    pages = [article(f"{text(4, n)} It was {name}. {text(4, n + 50)}", f"a{n}") for n in range(10, 13)]
    assert link(pages).copies == ()


def test_a_date_that_says_nothing_leaves_the_direction_to_the_text_or_unknown() -> None:
    (copy,) = link([article(BASE, "a"), article(BASE, "b")]).copies
    assert (copy.kind, copy.direction) == ("identical", "unknown")


def test_chains_do_not_merge() -> None:
    parts = [text(9, seed) for seed in (21, 22, 23, 24)]
    a, b, c = (article("\n\n".join(parts[n : n + 2]), name) for n, name in enumerate("abc"))
    found = link([a, b, c])
    assert {(x.article_id, x.of_article_id) for x in found.copies} <= {("b", "a"), ("a", "b"), ("c", "b"), ("b", "c")}
    assert compare(a, c) is None
    assert not any({"a", "c"} <= set(story.article_ids) for story in found.stories)


def test_near_chains_do_not_merge_either() -> None:
    said = sentences(40, 31)
    a, b, c = (
        article(" ".join(said[at : at + 20]), name, f"2021-05-0{at // 7 + 1}")
        for at, name in ((0, "a"), (7, "b"), (14, "c"))
    )
    found = link([a, b, c])
    assert {(x.article_id, x.of_article_id) for x in found.copies if x.kind == "near"} == {("b", "a"), ("c", "b")}
    assert [story.article_ids for story in found.stories] == [("a", "b"), ("c",)]


def test_the_lead_is_the_earliest_then_the_longest_then_the_least_id() -> None:
    longer = BASE + "\n\n" + text(2, 40)
    assert link([article(longer, "a", "2021-05-02"), article(BASE, "z", "2021-05-01")]).stories[0].lead_id == "z"
    assert link([article(BASE, "a"), article(longer, "z")]).stories[0].lead_id == "z"
    assert link([article(BASE, "b"), article(BASE, "a")]).stories[0].lead_id == "a"


def test_a_spun_copy_leads_only_where_its_original_is_not_there() -> None:
    spun = article(reworded(BASE, 0.3, 7).replace(" the ", " an ") + "\n\n" + text(3, 41), "a")
    assert link([spun]).stories[0].lead_id == "a"
    found = link([spun, article(BASE, "z")])
    assert [(c.article_id, c.kind, c.direction) for c in found.copies] == [("a", "spun", "textual")]
    assert found.stories[0].lead_id == "z"


def test_a_former_lead_has_an_alias() -> None:
    found = link([article(BASE, "old", "2021-05-02"), article(BASE, "new", "2021-05-01")])
    assert dict(found.aliases) == {"old": "new"}


def test_a_teaser_is_an_excerpt_and_no_story() -> None:
    teaser = article(" ".join(BASE.split()[:40]) + "...", "t", kind="teaser")
    found = link([article(BASE, "a"), teaser])
    assert kinds(found.copies) == {("t", "a", "excerpt")}
    assert [story.article_ids for story in found.stories] == [("a",)]


def pile() -> list[Article]:
    """Reposts, a cut, a spun copy, a stitched page and strangers, some dated."""
    other = text(10, 51)
    texts = [
        BASE,
        BASE + FOOT,
        " ".join(BASE.split()[:120]) + "...",
        reworded(BASE, 0.3, 3),
        other,
        f"{BASE}\n\n{other}",
    ]
    texts += [text(8, seed) for seed in (61, 62)]
    days = ["2021-05-03", "", "2021-05-04", "2021-05-01", "", "2021-05-05", "", "2021-05-02"]
    return [article(words, f"n{number}", day) for number, (words, day) in enumerate(zip(texts, days, strict=True))]


PILE = pile()
AT_ONCE = link(PILE)


@settings(max_examples=15, deadline=None)
@given(st.permutations(PILE))
def test_the_order_of_reading_does_not_matter(order: list[Article]) -> None:
    assert link(order) == AT_ONCE


@settings(max_examples=15, deadline=None)
@given(st.permutations(PILE), st.lists(st.integers(1, 7), max_size=3))
def test_a_record_that_grows_day_by_day_ends_like_one_read_at_once(order: list[Article], cuts: list[int]) -> None:
    bounds = [0, *sorted(set(cuts)), len(order)]
    known: dict[str, Article] = {}
    index, copies = Index.of([]), set()
    for start, end in itertools.pairwise(bounds):
        day = order[start:end]
        known |= {a.article_id: a for a in day}
        index = index.extended(fingerprint(a) for a in day)
        pairs = [(a.article_id, other) for a in day for other in candidates(index, fingerprint(a))]
        copies |= set(verify(known, pairs))
    assert index.postings.tolist() == Index.of(map(fingerprint, PILE)).postings.tolist()
    assert tuple(sorted(copies, key=lambda c: (c.article_id, c.of_article_id))) == AT_ONCE.copies
    assert gather(list(known.values()), copies) == AT_ONCE.stories


def test_an_index_that_is_there_already_gives_the_same() -> None:
    assert link(PILE, Index.of(fingerprint(a) for a in PILE)) == AT_ONCE


def test_pairs_are_the_same_however_many_articles_are_looked_at_together(monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index.of(map(fingerprint, PILE))
    wanted = sorted(index.pairs())
    monkeypatch.setattr("visavis.sift.index._SECONDS_AT_ONCE", 3)
    assert sorted(index.pairs()) == wanted != []


def test_the_candidates_of_all_articles_are_the_pairs_of_the_index() -> None:
    prints = [fingerprint(a) for a in PILE]
    index = Index.of(prints)
    one_by_one = {frozenset((f.article_id, other)) for f in prints for other in candidates(index, f)}
    assert one_by_one == {frozenset(pair) for pair in index.pairs()}


def test_a_story_of_many_copies_stays_one_story() -> None:
    many = [article(BASE + f"\n\nPage {n}", f"c{n:03}") for n in range(80)]
    (story,) = link(many).stories
    assert (story.lead_id, len(story.article_ids)) == ("c010", 80)


@pytest.mark.parametrize("words", ["", " \n\n ", "''", "one two three", "中国和平发展", "\x01\x01"])
def test_texts_with_next_to_nothing_are_stories_of_their_own(words: str) -> None:
    found = link([article(words, "a"), article(words, "b")])
    assert found.copies == () and len(found.stories) == 2


def test_rewordings_by_hand_are_found_as_often_as_we_say() -> None:
    """Twenty rewordings by hand: light edits, reordered reports, longer tellings are found, digests and free retellings are not."""
    lines = rows("rewordings.jsonl")
    found = link([article(row["text"], row["id"]) for row in lines]).copies
    pairs = {frozenset((c.article_id, c.of_article_id)) for c in found}
    met = {row["id"] for row in lines if "of" in row and frozenset((row["id"], row["of"])) in pairs}
    expected = {f"{of}-{how}" for of in ("port", "border", "grain", "visa") for how in ("light", "order", "long")}
    assert met >= expected
    assert len(met) == 13
    assert all(len({i.split("-")[0] for i in pair}) == 1 for pair in pairs)


def test_pairs_counted_in_many_small_parts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index.of(fingerprint(article(text(9, n % 7) + text(3, 20 + n), f"{n:02}")) for n in range(40))
    at_once = list(index.pairs())
    monkeypatch.setattr("visavis.sift.index._JOIN_AT_ONCE", 64)
    monkeypatch.setattr("visavis.sift.index._COUNT_AT_ONCE", 16)
    assert len(at_once) > 40 and list(index.pairs()) == at_once


def test_on_one_day_the_repost_that_credits_follows_its_source() -> None:
    source = article(BASE, "z", "2021-05-01", outlet="Lake Wire")
    repost = article(BASE + "\n\nSource: Lake Wire", "a", "2021-05-01", credits=("Source: Lake Wire",))
    found = link([source, repost])
    assert [(c.article_id, c.direction) for c in found.copies] == [("a", "textual")]
    assert [s.lead_id for s in found.stories] == ["z"]


def test_a_lost_byline_tells_the_repost_when_nothing_else_does() -> None:
    (copy,) = link([article(BASE, "a"), article(BASE, "b", authors=("Anna Beck",))]).copies
    assert (copy.article_id, copy.direction) == (
        "a",
        "textual",
    ) and "names no author; the other is by Anna Beck" in copy.why


def test_respelt_names_tell_who_reworded_whom() -> None:
    plain = "President Vladimir Putin met Recep Tayyip Erdogan in Samarkand. " + BASE
    other = "In Samarkand, Vladimir Puttin held talks with Recep Tayip Erdogan. " + reworded(BASE, 0.3, 3)
    (copy,) = link([article(plain, "b"), article(other, "a")]).copies
    assert (copy.article_id, copy.kind, copy.direction) == ("a", "spun", "textual")
    assert "respells names: Puttin for Putin, Tayip for Tayyip" in copy.why


def test_a_teaser_points_to_its_article_and_leads_no_story() -> None:
    lead = " ".join(sentences(12, 1)[:2])
    found = link([article(BASE, "a"), article(lead, "t", "2021-01-01", kind="teaser")])
    assert [(c.article_id, c.of_article_id, c.kind) for c in found.copies] == [("t", "a", "excerpt")]
    assert [s.article_ids for s in found.stories] == [("a",)]


def test_one_sentence_taken_from_another_article_is_a_quote() -> None:
    taken = "The dredger lifted its anchor before the harbour master had signed a single permit."
    source = article(f"{text(3, 71)}\n\nNobody spoke. {taken} Nobody moved. {text(3, 72)}", "a", "2021-05-01")
    other = article(f"{text(4, 73)}\n\n{taken.replace('lifted', 'raised')}\n\n{text(3, 74)}", "b", "2021-05-02")
    assert kinds(link([source, other]).copies) == {("b", "a", "quotes")}


@pytest.mark.parametrize(
    "note",
    [
        "This article is part of a series on dredgers made in conjunction with the school of Halvik harbour pilots.",
        "Sign up for the weekly dredger letter and learn what pilots say.",
        "Dredger pilots of the north coast and harbour masters of the south",
    ],
)
def test_a_note_under_two_articles_is_no_copy(note: str) -> None:
    assert link([article(f"{text(6, seed)}\n\n{note}", f"a{seed}") for seed in (81, 82)]).copies == ()
