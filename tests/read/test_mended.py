"""Makes of page that were once read wrongly: outlet, menu over the title, house lines, dates at the foot, names after dates."""

from __future__ import annotations

import pytest

from visavis.read import read_page
from visavis.read.containers import make_page
from visavis.records import Article

STORY = (
    "The foreign ministers of Ruritania and Borduria met on Monday in Strelsau to talk about the border on the lake.",
    "They agreed to open two crossings in the spring and to let fishermen of both countries use the eastern shore.",
    "The opposition in Szohod called the agreement a surrender and asked for a vote in parliament on every part of it.",
)
TITLE = "Ministers agree on two crossings at the lake"


def read(text: str, media: str = "text/plain") -> Article:
    reading = read_page(make_page(text.encode(), "file:x", media))
    (article,) = (article for article in reading.articles if article.kind == "article")
    return article


def html(head: str, body: str) -> Article:
    return read(f"<html><head>{head}</head><body>{body}</body></html>", "text/html")


PARAGRAPHS = "".join(f"<p>{words}</p>" for words in STORY)


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="publisher" content="Lake Courier">',
        '<meta property="og:site_name" content="Lake Courier"><meta name="publisher" content="https://social.example/lake">',
        f"<title>{TITLE} :: Lake Courier</title>",
        f"<title>Lake Courier: {TITLE}</title>",
    ],
)
def test_the_outlet_is_told_by_the_head_of_the_page(head: str) -> None:
    article = html(head, f"<h1>{TITLE}</h1>{PARAGRAPHS}")
    assert (article.outlet, article.title) == ("Lake Courier", TITLE)


def test_a_publisher_that_is_an_address_is_no_outlet() -> None:
    assert (
        html('<meta name="publisher" content="https://social.example/lake">', f"<h1>{TITLE}</h1>{PARAGRAPHS}").outlet
        == ""
    )


def test_the_menu_of_a_dump_is_no_title_and_the_name_over_it_is_the_outlet() -> None:
    article = read("\n\n".join(["Lake Courier\nHome  World  Politics  Sport", TITLE, "By Anna Beck", *STORY]))
    assert (article.outlet, article.title, article.authors) == ("Lake Courier", TITLE, ("Anna Beck",))


def test_a_title_that_begins_with_home_is_a_title() -> None:
    assert read("\n\n".join(["Home affairs and energy stall the lake talks", "By Anna Beck", *STORY])).title.startswith(
        "Home affairs"
    )


def test_a_line_of_the_house_under_the_text_is_cut() -> None:
    for line in ("Lake Courier publishes corrections on page two. Write to the editor.", "Spotted an error? Tell us."):
        assert html("", f"<h1>{TITLE}</h1>{PARAGRAPHS}<p><small>{line}</small></p>").text == "\n\n".join(STORY)


def test_a_date_with_dots_and_blanks_is_day_first_and_a_name_may_follow() -> None:
    article = html("", f"<h2>{TITLE}</h2><p>4. 5. 2021, Marek Holub</p>{PARAGRAPHS}")
    assert (article.published.iso, article.authors) == ("2021-05-04", ("Marek Holub",))
    assert article.text == "\n\n".join(STORY)


def test_a_readout_is_dated_by_place_and_date_at_its_foot() -> None:
    article = read("\n\n".join([TITLE, *STORY, "Strelsau\nMarch 7, 2022"]))
    assert (article.published.iso, article.text) == ("2022-03-07", "\n\n".join(STORY))
