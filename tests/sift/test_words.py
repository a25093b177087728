"""Words are cut the same way quickly and with their places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from visavis.sift.common import keys_of, telling
from visavis.sift.passages import Seeds, equal_runs
from visavis.sift.words import ASIDE, COMMON, FLAG_BITS, NAME, word_keys, word_places

ALPHABET = st.text(alphabet=st.sampled_from("ab Z9_'’‘“—\n\x01\x02.é中。\t"), max_size=60)


@given(ALPHABET)
def test_every_word_has_a_place(text: str) -> None:
    keys, places = word_keys(text), word_places(text)
    assert len(keys) == len(places)
    assert all(text[start:end].strip() for start, end in places.tolist())


@given(ALPHABET)
def test_typographic_signs_and_case_make_no_other_word(text: str) -> None:
    plain = text.replace("’", "'").replace("‘", "'").swapcase()
    assert [k >> int(FLAG_BITS) for k in word_keys(text).tolist()] == [
        k >> int(FLAG_BITS) for k in word_keys(plain).tolist()
    ]


def test_flags_tell_names_common_words_and_asides() -> None:
    line = "Rosen said that the 16 crews of Lomra had repaired every broken crane before dawn came over Belmont"
    keys = word_keys(f"Subscribe now\n{line}")
    assert [bool(k & ASIDE) for k in keys.tolist()] == [True, True] + [False] * 18
    assert keys[2] & NAME and keys[6] & NAME and keys[3] & COMMON and not keys[7] & (NAME | COMMON)


def test_wrapped_lines_are_one_line_of_prose() -> None:
    wrapped = "Rosen said that the crews had repaired\nevery broken crane in the harbour of\nher town before dawn came."
    assert not (word_keys(wrapped) & ASIDE).any()


def test_a_short_line_that_ends_like_a_sentence_is_prose_unless_it_calls_to_the_reader() -> None:
    for line, prose in (
        ("The harbour froze before the pilots came back.", True),
        ("Harbour news from the coast of Lomra", False),
        ("Sign up and never miss our morning bulletin.", False),
        ("The harbour froze.", False),
    ):
        assert bool((word_keys(f"{line}\n\nNext") & ASIDE).all()) is not prose, line


def test_stock_phrases_and_strings_of_names_tell_nothing() -> None:
    for words in (
        "did not immediately respond to a request for comment",
        "International Commission Against Impunity of Lomra, the Karsia Harbour Board and the Halvik Copper Works Union today",
        "it was one of the most and it was there again in time for all of us when the day came to an end",
    ):
        keys = keys_of(words)
        assert not telling(keys).any(), words


def test_runs_of_equal_words_are_found_on_both_sides() -> None:
    a, b = word_keys("x y one two three four z"), word_keys("one two three four q")
    assert [tuple(run) for run in equal_runs(Seeds.of(a), Seeds.of(b))] == [(2, 0, 4)]
