"""What of an article is kept for the search of copies: five-word shingles that tell something, three-word shingles of its head
(what a cut copy keeps, even when it is reworded) and neighbouring names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from visavis.records import Article, content_id

from .common import keys_and_shingles, telling
from .words import ASIDE, FLAG_BITS, NAME, Keys, distinct, shingles

# A spinner replaces words, not names and numbers: each name is paired with the next two, whichever way round.
_NEIGHBOURS = 2
# The first words of prose, of which triples with a single telling word are kept too.
_HEAD_WORDS, _TRIPLE = 60, 3
_TURN = np.uint64(0x9E3779B97F4A7C15)
# A text with something of all that the rules look at: names that touch, numbers, marks, stock phrases, a line that is no prose.
_SAMPLE = """By Anna Torv — HARBOUR CITY, 4 March (Lake Wire)

Foreign Minister Ivo Marsh told the newspaper “Strait Observer” on Tuesday that 1,250 tonnes of grain would leave Port Ellis by rail. He spoke
at a press conference after talks with Norland's deputy prime minister, Élise Bakke-Holm, who didn't take questions; the two sides agreed to
meet again in 2031.

Photo: Lake Wire / R. Onslow. All rights reserved."""


class Fingerprint(Struct, frozen=True, kw_only=True):
    """One row of the record's table `signatures`; `shingle_bytes` and `name_bytes` hold sorted, distinct little-endian
    unsigned 64-bit hashes. `words` and `length` count the words and the code points of the text; `published` is the day by which
    it was published (`YYYY-MM-DD`, "" when unknown); `version` names how all that was made: those of two versions are not compared."""

    article_id: str
    words: int
    length: int = 0
    published: str = ""
    shingle_bytes: bytes = b""
    name_bytes: bytes = b""
    version: str = ""

    @property
    def rank(self) -> tuple[str, int, str]:
        """The order in which articles lead a story: earliest date (unknown last), then longest, then id."""
        return (self.published or "9999", -self.length, self.article_id)

    @property
    def size(self) -> int:
        """How many hashes there are."""
        return (len(self.shingle_bytes) + len(self.name_bytes)) // 8

    @property
    def shingles(self) -> Keys:
        """The telling five-word shingles, and those of three words at the head."""
        return np.frombuffer(self.shingle_bytes, dtype="<u8")

    @property
    def names(self) -> Keys:
        """The pairs of neighbouring names and numbers."""
        return np.frombuffer(self.name_bytes, dtype="<u8")


def fingerprint(article: Article) -> Fingerprint:
    """The fingerprint of one article: a pure function of its id, text and date. A teaser has no date here: it leads nothing."""
    keys, hashes = keys_and_shingles(article.text)
    return Fingerprint(
        article_id=article.article_id,
        words=len(keys),
        length=len(article.text),
        published="" if article.kind == "teaser" else published_by(article),
        shingle_bytes=_packed(np.concatenate([hashes[telling(keys)], _head(keys)])),
        name_bytes=_packed(_name_pairs(keys)),
        version=version(),
    )


@cache
def version() -> str:
    """What fingerprints depend on beside their text, as an id: the shipped lists, and what our rules make of a fixed text."""
    data = files(__package__).joinpath("data")
    lists = [
        data.joinpath(name).read_bytes() for name in ("common_words.txt", "furniture_words.txt", "stock_phrases.txt")
    ]
    keys, hashes = keys_and_shingles(_SAMPLE)
    made = (_packed(np.concatenate([hashes[telling(keys)], _head(keys)])), _packed(_name_pairs(keys)))
    return content_id(*lists, *made)


def published_by(article: Article) -> str:
    """The day by which an article was published: the end of the interval that is known to hold its date; "" when that has no end
    or no beginning. An article that may be old leads no story of a dated one."""
    return article.published.latest or "" if article.published.iso is not None else ""


def _packed(hashes: Keys) -> bytes:
    return distinct(hashes).astype("<u8").tobytes()


def _head(keys: Keys) -> Keys:
    prose = keys[(keys & np.uint64(ASIDE)) == 0][:_HEAD_WORDS]
    return shingles(prose, _TRIPLE)[telling(prose, _TRIPLE, least=1)]


def _name_pairs(keys: Keys) -> Keys:
    """One hash for each pair of near names. Names that touch are one name: "New York Times" says no more than "Reuters"."""
    names = _whole_names(keys)
    found = []
    for step in range(1, _NEIGHBOURS + 1):
        left, right = names[:-step], names[step:]
        low, high = np.minimum(left, right), np.maximum(left, right)
        pairs = (low * _TURN) ^ (high + (high >> np.uint64(17)))
        found.append(pairs[left != right])
    return np.concatenate(found)


def _whole_names(keys: Keys) -> Keys:
    """The last word of each run of names stands for it: "Foreign Minister Sergei Lavrov" and "Lavrov" are one."""
    is_name: npt.NDArray[np.bool_] = (keys & np.uint64(NAME | ASIDE)) == NAME
    lasts = is_name.copy()
    lasts[:-1] &= ~is_name[1:]
    return keys[lasts] >> FLAG_BITS
