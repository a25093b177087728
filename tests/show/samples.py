"""A small record's rows, made by hand, for the views."""

from __future__ import annotations

from visavis.records import (
    Alignment,
    Article,
    Copy,
    Event,
    Happening,
    Page,
    Party,
    Published,
    Span,
    Story,
    Voice,
    content_id,
)

QUOTE = "On Friday Russia expelled ten American diplomats, Tass reported."
TEXT = f"Moscow answered.\n\n{QUOTE} The move was expected."


def day(iso: str, basis: str = "metadata") -> Published:
    return Published(earliest=iso, latest=iso, precision="day", basis=basis)


def article(name: str, text: str = TEXT, published: Published | None = None, **more: str) -> Article:
    return Article(
        article_id=content_id("article", name),
        page_id=content_id("page", name),
        spans=(Span(0, len(text)),),
        title=more.get("title", f"Title of {name}"),
        text=text,
        authors=("Peter Novak",),
        published=published or day("2021-04-17"),
        outlet=more.get("outlet", "Meridian Wire"),
        outlet_country=more.get("outlet_country", "GBR"),
        language="en",
        url=f"https://meridianwire.example/{name}",
    )


def page(name: str) -> Page:
    uri = f"https://meridianwire.example/{name}"
    return Page(
        page_id=content_id("page", name), uri=uri, media_type="text/html", charset="utf-8", sha256="0" * 64, body=b"x"
    )


def party(code: str, words: str = "", sector: str = "", text: str = TEXT) -> Party:
    at = text.find(words) if words else 0
    return Party(
        code=code, sector=sector, name=words, words=words, start=at, end=at + len(words), how="name" if words else ""
    )


def event(
    name: str,
    type: str = "SANCTION",
    quad: int = 3,
    sources: tuple[str, ...] = ("RUS",),
    targets: tuple[str, ...] = ("USA",),
    date: str | None = "2021-04-16",
    status: str = "happened",
    voices: tuple[Voice, ...] = (),
) -> Event:
    """An event of the first article; its parties have no words."""
    return Event(
        event_id=content_id("event", name),
        story_id=FIRST.article_id,
        article_id=FIRST.article_id,
        sentence_no=1,
        start=TEXT.find(QUOTE),
        end=TEXT.find(QUOTE) + len(QUOTE),
        quote=QUOTE,
        type=type,
        quad=quad,
        sources=tuple(party(code) for code in sources),
        targets=tuple(party(code) for code in targets),
        date_from=date,
        date_to=date,
        date_precision="day" if date else "unknown",
        status=status,  # type: ignore[arg-type]
        voices=voices,
        confidence=0.8,
    )


FIRST, SECOND, THIRD = (
    article("first"),
    article("second", outlet="Evening Compass"),
    article("third", published=day("2021-04-19")),
)
TASS = Voice(name="Tass", code="RUS", kind="media", words="Tass", start=TEXT.find("Tass"), end=TEXT.find("Tass") + 4)
EXPELLED = Event(
    event_id=content_id("event", "expelled"),
    story_id=FIRST.article_id,
    article_id=FIRST.article_id,
    sentence_no=1,
    start=TEXT.find(QUOTE),
    end=TEXT.find(QUOTE) + len(QUOTE),
    quote=QUOTE,
    type="SANCTION",
    mode="expel",
    cameo="166",
    quad=3,
    intensity=-6.0,
    sources=(party("RUS", "Russia", "GOV"),),
    targets=(party("USA", "American diplomats", "GOV"),),
    words="expelled",
    words_start=TEXT.find("expelled"),
    words_end=TEXT.find("expelled") + len("expelled"),
    date_from="2021-04-16",
    date_to="2021-04-16",
    date_precision="day",
    date_basis="relative",
    date_words="On Friday",
    voices=(TASS,),
    because=("rule: X expelled Y", "words: expelled, diplomats"),
    confidence=0.83,
    coder="test",
)
IDENTICAL = Copy(article_id=SECOND.article_id, of_article_id=FIRST.article_id, kind="identical", score=1.0)
SPUN = Copy(
    article_id=THIRD.article_id,
    of_article_id=SECOND.article_id,
    kind="spun",
    score=0.7,
    direction="dated",
    why=("two days later",),
    spans=(Alignment(0, 5, 0, 5),),
)
WEAK = Copy(article_id=THIRD.article_id, of_article_id=FIRST.article_id, kind="spun", score=0.5)
STORY = Story(
    story_id=FIRST.article_id,
    lead_id=FIRST.article_id,
    article_ids=(FIRST.article_id, SECOND.article_id, THIRD.article_id),
    first_seen="2021-04-17",
    outlets=("Meridian Wire", "Evening Compass"),
)
HAPPENING = Happening(
    happening_id=content_id("happening", "expelled"),
    event_ids=(EXPELLED.event_id,),
    type="SANCTION",
    parties=("RUS", "USA"),
    reports=3,
    independent_reports=2,
    differences=("date: 2021-04-16 | 2021-04-17",),
)
