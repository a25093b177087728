"""A record becomes a row and comes back the same, whatever it holds."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from visavis.records import Article, Event, Party, Published, Span, Voice
from visavis.store import schema
from visavis.store.tables import TABLES
from visavis.store.tables.text import StoredPage

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.integers(0, 2**40)
PARTIES = st.lists(st.builds(Party, code=WORDS, name=WORDS, start=NUMBERS, end=NUMBERS), max_size=3).map(tuple)
VOICES = st.lists(st.builds(Voice, name=WORDS, quoted=st.booleans()), max_size=2).map(tuple)
DATES = st.none() | st.just("2021-04-10")
EVENTS = st.builds(
    Event,
    event_id=WORDS,
    story_id=WORDS,
    article_id=WORDS,
    sentence_no=NUMBERS,
    start=NUMBERS,
    end=NUMBERS,
    quote=WORDS,
    type=WORDS,
    mode=st.none() | WORDS,
    cameo=st.none() | st.just("010"),
    contexts=st.lists(WORDS, max_size=2).map(tuple),
    sources=PARTIES,
    targets=PARTIES,
    voices=VOICES,
    date_from=DATES,
    confidence=st.floats(0, 1),
)
SPANS = st.lists(st.builds(Span, NUMBERS, NUMBERS), max_size=3).map(tuple)
ARTICLES = st.builds(
    Article,
    article_id=WORDS,
    page_id=WORDS,
    spans=SPANS,
    title=WORDS,
    text=WORDS,
    authors=st.lists(WORDS, max_size=2).map(tuple),
    published=st.builds(Published, earliest=DATES, latest=DATES),
)
PAGES = st.builds(
    StoredPage,
    page_id=WORDS,
    uri=WORDS,
    media_type=WORDS,
    charset=WORDS,
    sha256=WORDS,
    size=NUMBERS,
    body=st.binary(max_size=20),
    found_at=WORDS,
    fetched_at=WORDS,
    hint=st.dictionaries(WORDS, WORDS, max_size=3),
)


@given(st.lists(EVENTS, max_size=3))
def test_events_come_back_as_they_were(rows: list[Event]) -> None:
    assert list(schema.from_arrow(Event, schema.to_arrow(Event, rows))) == rows


@given(st.lists(ARTICLES, max_size=3))
def test_articles_come_back_with_their_spans(rows: list[Article]) -> None:
    assert list(schema.from_arrow(Article, schema.to_arrow(Article, rows))) == rows


@given(st.lists(PAGES, max_size=3))
def test_pages_come_back_with_their_hints(rows: list[StoredPage]) -> None:
    assert list(schema.from_arrow(StoredPage, schema.to_arrow(StoredPage, rows))) == rows


def test_a_column_that_an_older_record_lacks_takes_its_default() -> None:
    old = pa.table({"name": ["Tass"], "code": ["RUS"]})
    assert list(schema.from_arrow(Voice, old)) == [Voice(name="Tass", code="RUS")]


def test_a_null_in_a_column_that_has_none_takes_its_default() -> None:
    old = pa.table({"name": ["Tass"], "code": pa.nulls(1, pa.string())})
    assert list(schema.from_arrow(Voice, old)) == [Voice(name="Tass")]


def test_every_table_has_a_key_among_its_columns_and_leaves_out_none_that_is_not_there() -> None:
    for table in TABLES.values():
        assert {table.key, *table.leave_out} <= set(table.schema.names), table.name


def test_a_type_that_cannot_be_stored_is_refused() -> None:
    class Odd(Struct):
        what: set[str]

    with pytest.raises(TypeError, match="cannot be a column"):
        schema.arrow_schema(Odd)
