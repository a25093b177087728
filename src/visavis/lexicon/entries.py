"""Who can act: the entries that the tables of `actors/` list, and the forms under which texts name them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from visavis.lexicon.forms import folded
from visavis.lexicon.tables import Row


class Entry(Struct, frozen=True, kw_only=True):
    """One actor. `start` and `end` are ISO prefixes ("" open) of the term or life; `called` are common nouns that refer to it;
    `rank` orders namesakes (higher first)."""

    code: str
    sector: str
    name: str
    kind: str
    office: str = ""
    start: str = ""
    end: str = ""
    called: tuple[str, ...] = ()
    rank: int = 0
    source: str = ""
    where: str = ""

    def holds(self, when: str | None) -> bool:
        """Whether `when` (an ISO prefix) can lie in the term; always true without a date."""
        if not when:
            return True
        size = min(len(when), 10)
        late = bool(self.start) and when[: len(self.start)] < self.start[:size]
        over = bool(self.end) and when[: len(self.end)] > self.end[:size]
        return not late and not over


class Form(Struct, frozen=True):
    """A surface form of an entry. `how` is what Party.how will say: name, demonym, capital, seat, office, person, short ...;
    a weak form counts only with support from its context."""

    text: str
    entry: Entry
    how: str
    weak: bool = False


class Role(Struct, frozen=True):
    """A common noun that fills an actor's place: its sector and whether it is a person, body, thing, title or group."""

    words: str
    sector: str
    kind: str


class Context(Struct, frozen=True):
    """Company in which words mean somebody else: `code` ("" for nobody) when one of `near` stands in the text, or in the time given."""

    code: str
    near: tuple[str, ...]
    start: str
    end: str

    def applies(self, text: str, when: str | None) -> bool:
        """Whether the folded `text`, dated `when` (an ISO prefix), is such company."""
        if self.near:
            return any(word in text for word in self.near)
        return bool(when) and (not self.start or self.start <= str(when)) and (not self.end or str(when) <= self.end)


def context(row: Row) -> Context:
    """One line of contexts.csv."""
    code = row.one("code")
    return Context("" if code == "-" else code, tuple(map(folded, row.many("near"))), row.one("from"), row.one("to"))


def _forms(words: tuple[str, ...], entry: Entry, how: str) -> Iterator[Form]:
    for word in words:
        weak = word.startswith("~")
        text = folded(word.removeprefix("~"))
        yield Form("t" + text[1:] if text.startswith("The ") else text, entry, how, weak)


def plural(noun: str) -> str:
    """The plural of a demonym or role noun; "" when it is its own plural."""
    if noun.endswith(("men", "ese", "ish", "ch", "wiss", "tch", "s")):
        return ""
    if noun.endswith("man") and len(noun) > 5 and noun[0].islower():
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("x", "sh")) else "s")


def state_forms(row: Row) -> Iterator[Form]:
    """The forms of one line of states.csv: names, adjective, people, capital and seats."""

    def entry(kind: str, sector: str = "", rank: int = 5) -> Entry:
        return Entry(
            code=row.one("code"), sector=sector, name=row.one("name"), kind=kind, called=row.many("called"), rank=rank,
            source=row.one("source"), where=row.where,
        )  # fmt: skip

    yield from _forms((row.one("name"), *row.many("other")), entry("state", rank=9), "name")
    yield from demonym_forms(row, entry("demonym", rank=8))
    yield from _forms(row.many("capital"), entry("capital", "GOV", 7), "capital")
    yield from _forms(row.many("seats"), entry("seat", "GOV", 7), "seat")


def demonym_forms(row: Row, entry: Entry) -> Iterator[Form]:
    """Adjectives and people's names; the people default to the adjective, plurals are added."""
    adjectives = row.many("adjective")
    yield from _forms(adjectives, entry, "demonym")
    for noun in row.many("people") or tuple(a for a in adjectives if a[-1] in "nio"):
        for form in (noun, plural(noun)):
            if form and form not in adjectives:
                yield from _forms((form,), entry, "demonym")


def region_forms(row: Row) -> Iterator[Form]:
    """The forms of one line of regions.csv."""
    entry = Entry(
        code=row.one("code"),
        sector="",
        name=row.one("name"),
        kind="region",
        rank=3,
        source=row.one("source"),
        where=row.where,
    )
    yield from _forms((row.one("name"), *row.many("other")), entry, "region")
    yield from demonym_forms(row, entry)


def body_forms(row: Row) -> Iterator[Form]:
    """The forms of one line of organisations.csv or bodies.csv."""
    entry = Entry(
        code=row.one("code"), sector=row.one("sector"), name=row.one("name"), kind=row.one("kind"), called=row.many("called"),
        start=row.one("from"), end=row.one("to"), rank=6, source=row.one("source"), where=row.where,
    )  # fmt: skip
    yield from _forms((row.one("name"), *row.many("other")), entry, "name")


def place_forms(row: Row) -> Iterator[Form]:
    """The forms of one line of places.csv."""
    for name in (*row.many("name"), *row.many("also")):
        entry = Entry(
            code=row.one("code"), sector="", name=name.removeprefix("~"), kind=row.one("kind"), rank=2, source=row.one("source"),
            where=row.where,
        )  # fmt: skip
        yield from _forms((name,), entry, row.one("kind"))


def person_forms(row: Row) -> Iterator[Form]:
    """The forms of one line of people/*.csv: full names, and the short name ("" = last word, "-" = none)."""
    entry = Entry(
        code=row.one("code"), sector=row.one("sector") or "GOV", name=row.one("name"), kind="person", office=row.one("office"),
        start=row.one("from"), end=row.one("to"), rank=5, source=row.one("source"), where=row.where,
    )  # fmt: skip
    names = (row.one("name"), *row.many("other"))
    yield from _forms(names, entry, "person")
    shorts = row.many("short") or tuple(dict.fromkeys(name.split()[-1] for name in names if " " in name))
    yield from _forms(tuple(short for short in shorts if short != "-" and short not in names), entry, "short")


def roles(row: Row) -> Iterator[Role]:
    """The role nouns of one line of roles.csv, with their plurals; each in lower case."""
    for words in row.many("words"):
        for form in (words, plural(words)):
            if form:
                yield Role(form.lower(), row.one("sector"), row.one("kind"))
