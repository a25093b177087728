"""Which sentences are worth parsing: those that may name somebody or refer to somebody, in articles that name somebody we know.

Without a party of known allegiance there is no event, and such a party is named in the article or referred to after it was named. So
nothing is lost by leaving the others out; `Coder(thorough=True)` does not, and finds the same events.
"""

from __future__ import annotations

import re

from spacy.lang.en.stop_words import STOP_WORDS

from visavis.code.anaphora import REFERRING
from visavis.code.mentions import find_mentions
from visavis.code.parse import plain
from visavis.code.sentences import Sentence, sentences
from visavis.lexicon import Lexicon

LONGEST = 1_500  # characters; longer "sentences" are tables or lists
_WORD = re.compile(r"[^\W_]+")


def gate(text: str, lexicon: Lexicon, when: str | None = None, thorough: bool = False) -> list[Sentence]:
    """The sentences of an article that can hold an event, in order; all but the longest if `thorough`."""
    found = [sentence for sentence in sentences(text) if len(sentence.text) <= LONGEST]
    if thorough:
        return found
    naming = [bool(find_mentions(plain(sentence.text), lexicon, when)) for sentence in found]
    if not any(naming):
        return []
    return [s for s, names in zip(found, naming, strict=True) if names or may_mean_somebody(s.text, lexicon)]


def may_mean_somebody(text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence has a pronoun, the noun of a role or of a kind of actor, or a capital that may begin a name."""
    words = _WORD.findall(text)
    if any(word[0].isupper() for word in words[1:]):
        return True
    if words and words[0][0].isupper() and words[0].lower() not in STOP_WORDS:
        return True
    low = {word.lower() for word in words}
    return not (
        low.isdisjoint(REFERRING) and low.isdisjoint(lexicon.actors.role_ends) and low.isdisjoint(lexicon.actors.called)
    )
