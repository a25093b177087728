"""Parts of speech, morphology and lemmas, worked out once for each form instead of once for each token.

In the usual English pipelines the attribute ruler and the lemmatizer, a third of the time of a parse, look at nothing but a token's
form, tag and dependency. So their answer is kept for each such triple and written back for a whole text at once. A text that may
match a rule over several tokens ("gon na") goes through the pipes themselves, so the answer is always the one that they would give.
"""

from __future__ import annotations

from itertools import chain
from typing import Any, cast

import numpy as np
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

from visavis.code.standins import StandIn

NAME = "visavis_word_forms"
_PIPES = ("attribute_ruler", "lemmatizer")
# Pipes that may stand before: they set tags, dependencies or vectors only.
_BEFORE = frozenset(("tok2vec", "transformer", "curated_transformer", "tagger", "parser"))
_READ = frozenset(("TAG", "DEP", "LOWER", "ORTH", "TEXT", "IS_SPACE"))
_WRITTEN = (TAG, DEP, POS, MORPH, LEMMA)
# Forms kept; a batch that comes after so many begins a new table. An entry takes about 300 bytes.
_KEPT = 200_000


class WordForms(StandIn):
    """Does the work of the last two pipes of `nlp`. `lemmas`, {lower-case form: lemma}, overrule theirs."""

    def __init__(self, nlp: Language, lemmas: dict[str, str]) -> None:
        self._ruler = cast(AttributeRuler, nlp.get_pipe("attribute_ruler"))
        self._lemmatizer = cast(Lemmatizer, nlp.get_pipe("lemmatizer"))
        self._strings = nlp.vocab.strings
        self._overrule = Lemmas(nlp, lemmas)
        self._beginnings = Matcher(nlp.vocab)
        for pattern in _patterns(self._ruler):
            if len(pattern) > 1:
                self._beginnings.add("begins", [pattern[:1]])
        self._known: dict[tuple[int, ...], tuple[int, ...] | None] = {}

    def batch(self, docs: list[Doc]) -> None:
        """Set part of speech, morphology and lemma of each token; the forms that are new are worked out together."""
        keys = [[tuple(row) for row in doc.to_array([ORTH, TAG, DEP]).tolist()] for doc in docs]
        if len(self._known) > _KEPT:
            self._known.clear()
        if new := [key for key in dict.fromkeys(chain.from_iterable(keys)) if key not in self._known]:
            self._work_out(docs[0].vocab, new)
        for doc, row in zip(docs, keys, strict=True):
            self._write(doc, [self._known[key] for key in row])

    def _write(self, doc: Doc, rows: list[tuple[int, ...] | None]) -> None:
        if None in rows:
            self._by_the_pipes(doc)
        elif rows:
            doc.from_array(list(_WRITTEN), _table(rows))

    def _work_out(self, vocab: Vocab, keys: list[tuple[int, ...]]) -> None:
        """Keep what the pipes say of each token alone; None where a rule over several tokens may begin with it."""
        beginning = {start for _, start, _ in self._beginnings(self._row(vocab, keys), allow_missing=True)}
        self._known.update(dict.fromkeys((keys[place] for place in beginning), None))
        alone = [key for place, key in enumerate(keys) if place not in beginning]
        if alone:
            found = self._by_the_pipes(self._row(vocab, alone)).to_array(list(_WRITTEN)).tolist()
            self._known.update(zip(alone, map(tuple, found), strict=True))

    def _row(self, vocab: Vocab, keys: list[tuple[int, ...]]) -> Doc:
        """Such tokens in a row."""
        doc = Doc(vocab, words=[self._strings[form] for form, _, _ in keys])
        doc.from_array([TAG, DEP], _table([key[1:] for key in keys]))
        return doc

    def _by_the_pipes(self, doc: Doc) -> Doc:
        return self._overrule(self._lemmatizer(self._ruler(doc)))


class Lemmas:
    """Sets the lemmas of some forms, {lower-case form: lemma}, whatever the pipes before it said."""

    def __init__(self, nlp: Language, lemmas: dict[str, str]) -> None:
        self._lemmas = {nlp.vocab.strings.add(form): lemma for form, lemma in lemmas.items()}

    def __call__(self, doc: Doc) -> Doc:
        """The text with those lemmas."""
        for place, lower in enumerate(doc.to_array(LOWER).tolist()):
            if lower in self._lemmas:
                doc[place].lemma_ = self._lemmas[lower]
        return doc


@Language.factory(NAME, default_config={"lemmas": {}})
def finish(nlp: Language, name: str, lemmas: dict[str, str]) -> WordForms | Lemmas:
    """The last pipe of `nlp`: in place of the two before it where that is the same and quicker (they are disabled), else after them."""
    if not _can_be_replaced(nlp):
        return Lemmas(nlp, lemmas)
    index = cast(Lemmatizer, nlp.get_pipe("lemmatizer")).lookups.get_table("lemma_index")
    for part in list(index):
        index[part] = frozenset(index[part])  # it is asked for membership only, and comes as a list of thousands
    found = WordForms(nlp, lemmas)
    nlp.disable_pipes(*_PIPES)
    return found


def _can_be_replaced(nlp: Language) -> bool:
    """Whether the last two pipes ask for nothing but form, tag and dependency, and nothing before them sets what they set."""
    names = nlp.pipe_names
    if tuple(names[-2:]) != _PIPES or not _BEFORE.issuperset(names[:-2]):
        return False
    ruler, lemmatizer = nlp.get_pipe(_PIPES[0]), nlp.get_pipe(_PIPES[1])
    if not isinstance(ruler, AttributeRuler) or getattr(lemmatizer, "mode", "") != "rule":
        return False
    return all(_READ.issuperset(token) for pattern in _patterns(ruler) for token in pattern)


def _table(rows: list[Any]) -> Any:
    """The rows as spaCy takes them."""
    return np.array(rows, dtype="uint64")


def _patterns(ruler: AttributeRuler) -> list[list[dict[str, Any]]]:
    """All patterns of all rules."""
    return [pattern for rule in ruler.patterns for pattern in cast("list[list[dict[str, Any]]]", rule["patterns"])]
