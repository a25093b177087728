"""A parse as the rules read it: plain objects, made once from spaCy's and called by spaCy's names.

The rules ask a sentence thousands of questions. Each answer of a spaCy token is looked up in a string store and wrapped in a new
object; here it is an attribute. What is read is copied when the tree is made, so a tree is independent of the pipeline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast, overload
from unicodedata import category

from spacy import tokens
from spacy.attrs import DEP, HEAD, IDX, LEMMA, LOWER, ORTH, POS, SENT_START, SPACY, TAG
from spacy.strings import StringStore

_READ = [ORTH, LOWER, LEMMA, POS, TAG, DEP, HEAD, IDX, SPACY, SENT_START]
_QUOTES = frozenset((*"\"'`«»‘’‚‛“”„‟‹›❮❯", "''", "``"))
_WRAP = 1 << 64


class _Remembering(Protocol):
    memo: dict[Any, Any]


M = TypeVar("M", bound=_Remembering)
P = ParamSpec("P")
R = TypeVar("R")


def remembered(function: Callable[Concatenate[M, P], R]) -> Callable[Concatenate[M, P], R]:
    """The function, asked once for each token or sentence: the answer is kept with it, and a parse does not change once it is made."""
    name = function.__name__

    @wraps(function)
    def once(of: M, /, *rest: P.args, **named: P.kwargs) -> R:
        known = of.memo
        key = (name, *rest)
        if key not in known:
            known[key] = function(of, *rest, **named)
        found: R = known[key]
        return found

    @wraps(function)
    def alone(of: M, /) -> R:
        known = of.memo
        if name not in known:
            known[name] = function(of)  # type: ignore[call-arg]
        found: R = known[name]
        return found

    # Most are asked of a token without more; Python takes a third of the time for a call that may hold no more.
    return once if function.__code__.co_argcount > 1 else cast(Callable[Concatenate[M, P], R], alone)


class Token:
    """A word: `i` its place in the sentence, `idx` its first character, `lemma` in lower case. `children` are in order; the `head` of a root
    is itself. `memo` keeps what has been worked out about it (see `remembered`)."""

    __slots__ = (
        "children", "dep_", "doc", "head", "i", "idx", "lemma", "lower_", "memo", "pos_", "tag_", "text", "whitespace_",
    )  # fmt: skip

    doc: Doc
    head: Token
    children: tuple[Token, ...]

    def __init__(
        self, i: int, idx: int, text: str, lower: str, lemma: str, pos: str, tag: str, dep: str, space: str
    ) -> None:
        self.i = i
        self.idx = idx
        self.text = text
        self.lower_ = lower
        self.lemma = lemma.lower()
        self.pos_ = pos
        self.tag_ = tag
        self.dep_ = dep
        self.whitespace_ = space
        self.memo: dict[Any, Any] = {}

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    @remembered
    def subtree(self) -> tuple[Token, ...]:
        """The token and all below it, in order."""
        found: list[Token] = []
        turn = True
        for child in self.children:
            if turn and child.i > self.i:
                found.append(self)
                turn = False
            found.extend(child.subtree)
        if turn:
            found.append(self)
        return tuple(found)

    @property
    def left_edge(self) -> Token:
        """The first token of its subtree."""
        return min(self.subtree, key=lambda t: t.i)

    @property
    def right_edge(self) -> Token:
        """The last token of its subtree."""
        return max(self.subtree, key=lambda t: t.i)

    @property
    def ancestors(self) -> Iterator[Token]:
        """The governors, nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """All tokens that are coordinated with it."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for token in found:
            found.extend(c for c in token.children if c.dep_ == "conj" and c.i > token.i)
        return tuple(t for t in found if t is not self)

    @property
    def sent(self) -> Span:
        """What the parser takes for the sentence."""
        return self.doc[self.i : self.i + 1].sent

    @property
    def is_sent_start(self) -> bool:
        """Whether the parser takes it for the first word of a sentence."""
        return self.i in self.doc.starts

    @property
    def is_space(self) -> bool:
        """Whether it is white space."""
        return self.text.isspace()

    @property
    def is_punct(self) -> bool:
        """Whether it is made of punctuation marks alone."""
        return all(category(c).startswith("P") for c in self.text)

    @property
    def is_quote(self) -> bool:
        """Whether it is a quotation mark."""
        return self.text in _QUOTES

    def is_ancestor(self, other: Token) -> bool:
        """Whether it governs the other, at any distance."""
        return any(token is self for token in other.ancestors)


class Span:
    """The tokens `start`..`end` (exclusive) of a sentence."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        self.doc = doc
        self.start = start
        self.end = max(start, end)

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __getitem__(self, place: int) -> Token:
        return self.doc.tokens[self.start : self.end][place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self.doc is other.doc and (self.start, self.end) == (other.start, other.end)

    def __hash__(self) -> int:
        return hash((id(self.doc), self.start, self.end))

    @property
    def start_char(self) -> int:
        """The first character."""
        return self.doc[self.start].idx if self.start < len(self.doc) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """The character behind the last one."""
        if self.start == self.end:
            return self.start_char
        last = self.doc[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The words, as they are written."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> Token:
        """The token that is nearest to the sentence's root, marks and blanks last; the first of equals."""
        for token in self:
            if token.head is token:
                return token
        outside = [t for t in self if not self.start <= t.head.i < self.end]
        return min(outside, key=_depth, default=self.doc[self.start])

    @property
    def sent(self) -> Span:
        """What the parser takes for the sentence in which it begins."""
        starts, start, end = self.doc.starts, self.start, self.start + 1
        while start > 0 and start not in starts:
            start -= 1
        while end < len(self.doc) and end not in starts:
            end += 1
        return Span(self.doc, start, end)


class Doc:
    """A parsed sentence. `starts` are the tokens with which the parser begins a sentence of its own; `memo` as with tokens."""

    __slots__ = ("memo", "starts", "text", "tokens")

    def __init__(self, text: str, words: list[Token], heads: list[int], starts: frozenset[int]) -> None:
        self.text = text
        self.tokens = words
        self.starts = starts
        self.memo: dict[Any, Any] = {}
        _hang(self, words, heads)

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Span: ...
    def __getitem__(self, place: int | slice) -> Token | Span:
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self.tokens))
            return Span(self, start, end)
        return self.tokens[place]

    def let_go(self) -> None:
        """Untie the tokens, which hold one another, so that their memory is free now and not when the collector comes by. The sentence
        is not to be used after that."""
        for token in self.tokens:
            token.memo.clear()
            del token.doc, token.head, token.children
        self.tokens.clear()
        self.memo.clear()

    def char_span(self, start: int, end: int) -> Span | None:
        """The tokens that share a character with `start`..`end`; None when none does."""
        inside = [t.i for t in self.tokens if t.idx < end and t.idx + len(t.text) > start]
        return Span(self, inside[0], inside[-1] + 1) if inside else None


def _depth(token: Token) -> int:
    """How far below the root it is; marks and blanks that nothing hangs on are below all."""
    mark = not token.children and (token.is_punct or token.is_space)
    return len(token.doc) if mark else sum(1 for _ in token.ancestors)


def _hang(doc: Doc, words: list[Token], heads: list[int]) -> None:
    """Tie the tokens to their heads and children."""
    below: list[list[Token]] = [[] for _ in words]
    for token, head in zip(words, heads, strict=True):
        token.doc = doc
        token.head = words[head]
        if head != token.i:
            below[head].append(token)
    for token, found in zip(words, below, strict=True):
        token.children = tuple(found)


def tree(doc: tokens.Doc) -> Doc:
    """The tree of a text that spaCy has parsed."""
    columns: list[list[int]] = doc.to_array(_READ).T.tolist()
    *named, heads, places, spaces, starts = columns
    string = _strings(doc.vocab.strings).__getitem__
    told = [map(string, column) for column in named]
    words = list(map(Token, range(len(heads)), places, *told, [" " * space for space in spaces]))
    above = [i + (head - _WRAP if head >= _WRAP >> 1 else head) for i, head in enumerate(heads)]
    begins = frozenset((0, *(i for i, start in enumerate(starts) if start == 1)))
    return Doc(doc.text, words, above, begins)


class _Strings(dict[int, str]):
    """Strings by their number, looked up once each."""

    def __init__(self, store: StringStore) -> None:
        super().__init__({0: ""})
        self._store = store

    def __missing__(self, number: int) -> str:
        found: str = self._store[number]
        self[number] = found
        return found


@lru_cache(maxsize=2)
def _strings(store: StringStore) -> _Strings:
    return _Strings(store)
