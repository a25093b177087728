"""Parts of speech, morphology and lemmas, worked out once for each form instead of once for each token.

In the usual English pipelines the attribute ruler and the lemmatizer, a third of the time of a parse, look at nothing but a token's
form, tag and dependency. So their answer is kept for each such triple and written back for a whole text at once. The ruler does not even
tell apart the forms and the dependencies that none of its rules names: it is asked once for all of these. A text that may match a rule
over several tokens ("gon na") goes through the pipes themselves, so the answer is always the one that they would give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
# What rules may ask for, how, and what they may set.
_READ = frozenset(("TAG", "DEP", "LOWER", "IS_SPACE"))
_HOW = frozenset(("IN", "NOT_IN", "REGEX"))
_SET = frozenset(("TAG", "DEP", "POS", "MORPH", "LEMMA"))
_GIVEN = (TAG, DEP)
_WRITTEN = (TAG, DEP, POS, MORPH, LEMMA)
# Forms kept; a batch that comes after so many begins a new table. An entry takes about 300 bytes.
_KEPT = 200_000


Key = tuple[int, ...]  # form, tag, dependency
Row = tuple[int, ...]  # in the order of `_WRITTEN`
Kind = tuple[str, bool, int, str]  # what the ruler can tell of a key


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
        self._forms, self._forms_like = _named(self._ruler, "LOWER")
        named, self._deps_like = _named(self._ruler, "DEP")
        # One that a rule sets is told apart too: where it stands already, it cannot be seen whether it was set.
        self._deps = named.union(cast("dict[str, str]", rule["attrs"]).get("DEP", "") for rule in self._ruler.patterns)
        self._ruled: dict[Kind, Row | None] = {}
        self._known: dict[Key, Row | None] = {}

    def batch(self, docs: list[Doc]) -> None:
        """Set part of speech, morphology and lemma of each token; the forms that are new are worked out together."""
        keys = [[tuple(row) for row in doc.to_array([ORTH, TAG, DEP]).tolist()] for doc in docs]
        if len(self._known) > _KEPT:
            self._known.clear()
        if new := [key for key in dict.fromkeys(chain.from_iterable(keys)) if key not in self._known]:
            self._work_out(docs[0].vocab, new)
        for doc, row in zip(docs, keys, strict=True):
            self._write(doc, [self._known[key] for key in row])

    def _write(self, doc: Doc, rows: list[Row | None]) -> None:
        if None in rows:
            self._overrule(self._lemmatizer(self._ruler(doc)))
        elif rows:
            doc.from_array(list(_WRITTEN), _table(rows))

    def _work_out(self, vocab: Vocab, keys: list[Key]) -> None:
        """Keep what the pipes say of each token alone; None where a rule over several tokens may begin with it."""
        kinds = {key: self._kind(*key) for key in keys}
        self._rule(vocab, {kind: key for key, kind in kinds.items() if kind not in self._ruled})
        self._known.update(dict.fromkeys(keys))
        if alone := {key: row for key, kind in kinds.items() if (row := self._ruled[kind])}:
            told = [(tag, set_dep or dep, *rest) for (_, _, dep), (tag, set_dep, *rest) in alone.items()]
            doc = _row(vocab, list(alone), _WRITTEN, told)
            self._known.update(zip(alone, _rows(self._overrule(self._lemmatizer(doc))), strict=True))

    def _kind(self, form: int, tag: int, dep: int) -> Kind:
        text, named = self._strings[form], self._strings[dep]
        lower = text.lower()
        told = lower in self._forms or any(like.search(lower) for like in self._forms_like)
        apart = named in self._deps or any(like.search(named) for like in self._deps_like)
        return (lower if told else "", text.isspace(), tag, named if apart else "other")

    def _rule(self, vocab: Vocab, new: dict[Kind, Key]) -> None:
        """Keep what the ruler says of these kinds, by one key of each; the dependency is 0 where it leaves that as it is."""
        first = _row(vocab, list(new.values()), _GIVEN, [key[1:] for key in new.values()])
        beginning = {start for _, start, _ in self._beginnings(first, allow_missing=True)}
        self._ruled.update(dict.fromkeys(new))
        alone = {kind: key for place, (kind, key) in enumerate(new.items()) if place not in beginning}
        doc = self._ruler(_row(vocab, list(alone.values()), _GIVEN, [key[1:] for key in alone.values()]))
        for (kind, key), (tag, dep, *rest) in zip(alone.items(), _rows(doc), strict=True):
            self._ruled[kind] = (tag, dep if dep != key[2] else 0, *rest)


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
    if not all(_SET.issuperset(cast("dict[str, Any]", rule["attrs"])) for rule in ruler.patterns):
        return False
    asked = [each for pattern in _patterns(ruler) for token in pattern for each in token.items()]
    return all(name in _READ and (not isinstance(how, dict) or _HOW.issuperset(how)) for name, how in asked)


def _named(ruler: AttributeRuler, attribute: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The values of the attribute that rules name, and the forms of those that they describe."""
    asked = [token[attribute] for pattern in _patterns(ruler) for token in pattern if attribute in token]
    how: list[dict[str, Any]] = [value if isinstance(value, dict) else {"IN": [value]} for value in asked]
    named = frozenset(chain.from_iterable(one.get(name, ()) for one in how for name in ("IN", "NOT_IN")))
    return named, tuple(re.compile(one["REGEX"]) for one in how if "REGEX" in one)


def _row(vocab: Vocab, keys: Sequence[Key], names: Sequence[int], told: Sequence[Row]) -> Doc:
    """Such tokens in a row, with what is told of each."""
    doc = Doc(vocab, words=[vocab.strings[form] for form, _, _ in keys])
    return doc.from_array(list(names), _table(told)) if keys else doc


def _rows(doc: Doc) -> Iterator[Row]:
    """What stands at each token."""
    return map(tuple, doc.to_array(list(_WRITTEN)).tolist())


def _table(rows: Sequence[Row | None]) -> Any:
    """The rows as spaCy takes them."""
    return np.array(rows, dtype="uint64")


def _patterns(ruler: AttributeRuler) -> list[list[dict[str, Any]]]:
    """All patterns of all rules."""
    return [pattern for rule in ruler.patterns for pattern in cast("list[list[dict[str, Any]]]", rule["patterns"])]
