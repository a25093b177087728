"""Credits are read, agency sentences without one are told, and two versions are laid side by side."""

from __future__ import annotations

import pytest

from tests.sift.factory import article
from tests.sift.samples import reworded, sentences, text
from visavis.sift import compare_versions, credits, credits_source, link, tree, uncredited


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("The end. From our partner Halvik Institute", "partner", "Halvik Institute"),
        ("This piece was first published by The Lomra Gazette on Monday.", "original", "The Lomra Gazette"),
        ("Originally appeared in Karsia Review.", "original", "Karsia Review"),
        ("Republished from Dunmore Post with thanks", "original", "Dunmore Post"),
        ("Anna Tamm (Theo WP, Karsia Times)", "agency", "WP"),
        ("LOMRA (Reuters) - Ships sailed.", "agency", "Reuters"),
        ("read it here: Source link", "unnamed", "Source link"),
    ],
)
def test_credit_lines_are_read(words: str, kind: str, name: str) -> None:
    found = credits(article(words))
    assert [(c.kind, c.name) for c in found] == [(kind, name)]
    assert words[found[0].start : found[0].end].strip() == found[0].words


def test_prose_that_only_names_a_paper_is_no_credit() -> None:
    assert credits(article("The editor of the Lomra Gazette spoke to our partner in Belmont about courtesy.")) == ()


def test_a_copy_credits_its_source_or_does_not() -> None:
    source = article(text(5, 1), "s", outlet="Lomra Gazette", authors=("Ada Rosen",))
    silent, fair = article(text(5, 1), "c"), article(f"{text(5, 1)}\n\nFirst published by Lomra Gazette.", "d")
    assert credits_source(silent, source).credited is False
    assert credits_source(fair, source).credited is True
    assert credits_source(article(text(5, 1), "e", authors=("ada rosen",)), source).credited is True
    assert credits_source(silent, article(text(5, 1), "x")).credited is None


def test_agency_sentences_without_a_credit_are_told() -> None:
    wire = article(text(6, 2), "wire", "2021-05-01", outlet="TASS")
    taken = " ".join(sentences(6, 2)[3:5])
    pieces = [wire, article(f"{text(5, 3)}\n\n{taken}\n\n{text(5, 4)}", "own", "2021-05-03")]
    (found,) = uncredited(link(pieces).copies, pieces)
    assert (found.article_id, found.of_article_id) == ("own", "wire")
    assert pieces[1].text[found.span.start : found.span.end] == found.words == taken.rstrip(".")


def test_a_credited_passage_is_not_told() -> None:
    wire = article(text(6, 2), "wire", "2021-05-01", outlet="TASS")
    own = article(f"{text(5, 3)}\n\n{' '.join(sentences(6, 2)[3:5])}\n\n{text(5, 4)} (TASS)", "own", "2021-05-03")
    assert uncredited(link([wire, own]).copies, [wire, own]) == ()


def test_two_versions_side_by_side() -> None:
    found = compare_versions(article("Ministers met in Lomra on Monday, and praised the huge port."), article("Ministers met in Lomra and praised the big port again."))  # fmt: skip
    assert [(p.change, p.words, p.of_words) for p in found.pieces] == [
        ("same", "Ministers met in Lomra", "Ministers met in Lomra"),
        ("added", "on Monday", ""),
        ("same", "and praised the", "and praised the"),
        ("changed", "huge", "big"),
        ("same", "port", "port"),
        ("cut", "", "again"),
    ]
    assert (found.same, found.changed, found.added, found.cut) == (8, 1, 2, 1)
    assert found.swaps == (("big", "huge"),)


def test_the_words_that_a_spinner_changed_are_listed() -> None:
    base = article(text(4, 5), "a")
    swaps = compare_versions(article(reworded(base.text, 0.3, 6), "b"), base).swaps
    assert len(swaps) >= 5
    assert all(old in base.text for old, _ in swaps)


def test_an_empty_version_has_everything_cut() -> None:
    found = compare_versions(article("", "a"), article("one two", "b"))
    assert [(p.change, p.of_words) for p in found.pieces] == [("cut", "one two")]


def test_the_tree_of_a_story_has_every_article_once() -> None:
    base = text(9, 7)
    first = article(base, "a", "2021-05-01")
    spun = article(reworded(base, 0.3, 8), "b", "2021-05-02")
    respun = article(spun.text + "\n\nRead more", "c", "2021-05-03")
    found = link([first, spun, respun])
    top = tree(found.stories[0], found.copies)
    assert (top.article_id, [b.article_id for b in top.branches]) == ("a", ["b"])
    assert [b.article_id for b in top.branches[0].branches] == ["c"]
