"""A tree says of every token what spaCy says."""

from __future__ import annotations

import pytest
from spacy import tokens
from spacy.language import Language

from tests.code.stock import DUMPS
from visavis.code.parse import load_parser, plain
from visavis.code.tree import Doc, Token, tree

ODD = (
    "",
    "  ",
    "Peace.",
    "''Never,'' he said -- twice.  \"Not\u00a0now\" ... (Reuters)",
    "France, Germany and Italy met. Spain did not; nor Malta.",
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_parser()


@pytest.fixture(scope="module")
def parsed(nlp: Language) -> list[tuple[tokens.Doc, Doc]]:
    texts = [plain(p) for path in DUMPS for p in path.read_text("utf-8").split("\n\n")[:12]]
    return [(doc, tree(doc)) for doc in nlp.pipe((*texts, *ODD))]


def places(found: object) -> list[int]:
    return [token.i for token in found]  # type: ignore[attr-defined]


def said(token: tokens.Token | Token) -> tuple[object, ...]:
    words = (
        token.text,
        token.lower_,
        token.lemma if isinstance(token, Token) else token.lemma_.lower(),
        token.pos_,
        token.tag_,
        token.dep_,
        token.whitespace_,
    )
    where = (token.i, token.idx, len(token), token.head.i, token.left_edge.i, token.right_edge.i)
    kind = (token.is_space, token.is_punct, token.is_quote, bool(token.is_sent_start))
    return (*words, *where, *kind, (token.sent.start, token.sent.end))


def test_a_tree_has_the_text_and_every_token(parsed: list[tuple[tokens.Doc, Doc]]) -> None:
    assert sum(len(ours) for _, ours in parsed) > 2_000
    for theirs, ours in parsed:
        assert ours.text == theirs.text
        assert [said(t) for t in ours] == [said(t) for t in theirs]


def test_relations_run_as_in_the_parse(parsed: list[tuple[tokens.Doc, Doc]]) -> None:
    for theirs, ours in parsed:
        for mine, other in zip(ours, theirs, strict=True):
            for name in ("children", "subtree", "ancestors"):
                assert places(getattr(mine, name)) == places(getattr(other, name))
            assert sorted(places(mine.conjuncts)) == sorted(places(other.conjuncts))
            assert [mine.is_ancestor(t) for t in ours] == [other.is_ancestor(t) for t in theirs]


def test_spans_have_the_text_the_root_and_the_edges_of_the_parse(parsed: list[tuple[tokens.Doc, Doc]]) -> None:
    for theirs, ours in parsed:
        for start in range(0, len(ours), 5):
            for end in range(start + 1, min(len(ours), start + 7)):
                mine, other = ours[start:end], theirs[start:end]
                assert (mine.text, mine.root.i) == (other.text, other.root.i)
                assert (mine.start_char, mine.end_char) == (other.start_char, other.end_char)
                assert (mine.sent.start, mine.sent.end) == (other.sent.start, other.sent.end)


def test_characters_lead_to_the_tokens_that_hold_them(parsed: list[tuple[tokens.Doc, Doc]]) -> None:
    for theirs, ours in parsed:
        for token in ours:
            start, end = token.idx, token.right_edge.idx + 1
            mine, other = ours.char_span(start, end), theirs.char_span(start, end, alignment_mode="expand")
            if start < end:
                assert mine is not None
                assert other is not None
                assert (mine.start, mine.end) == (other.start, other.end)


def test_no_token_holds_nothing(nlp: Language) -> None:
    assert tree(nlp("Peace. ")).char_span(7, 7) is None
    assert len(tree(nlp(""))) == 0
