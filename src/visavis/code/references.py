"""What an article has named so far, so that short names, titles, pronouns and groups find who they stand for.

`Memory` is updated in reading order by `find_actors`. It follows salience: a subject before another, the nearest before the farther,
never across the wrong kind (he, she: persons; it: states, organisations and bodies; they: groups, plurals and pairs).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from visavis.records import Party

_WINDOW = 4  # sentences that a pronoun may look back


class Known(Struct, frozen=True, kw_only=True):
    """Somebody the article has named. `kind`: person, state, organisation, body, people; `sentence` counts from 0."""

    party: Party
    kind: str
    office: str = ""
    called: tuple[str, ...] = ()
    gender: str = ""
    plural: bool = False
    subject: bool = False
    sentence: int = 0
    together: int = 0


class Memory:
    """The discourse state of one article. `home` is the code of the outlet's or article's own state, "" when unknown."""

    def __init__(self, home: str = "") -> None:
        self.home = home
        self.sentence = 0
        self.seen: list[Known] = []
        self._names: dict[str, Known] = {}
        self._states: Counter[str] = Counter()
        self._groups = 0
        self.speaker: Known | None = None

    def begin(self) -> None:
        """Count a new sentence."""
        self.sentence += 1

    def note(self, known: Known) -> None:
        """Remember `known` as of the present sentence; names are kept by each of their last words."""
        known = replace(known, sentence=self.sentence)
        self.seen.append(known)
        if known.party.code and known.kind != "person":
            self._states[known.party.code] += 1
        words = [word for word in known.party.name.split() if word[:1].isupper()]
        if known.kind == "person" and words:
            for word in {words[-1], words[0]} if len(words) <= 3 else {words[-1]}:
                self._names[word.casefold()] = known

    def group(self) -> int:
        """A new number for those who are named together."""
        self._groups += 1
        return self._groups

    def by_name(self, word: str) -> Known | None:
        """The person or body whose name begins or ends with `word`."""
        return self._names.get(word.casefold())

    def by_office(self, office: str) -> Known | None:
        """The person last named with this office ("president")."""
        wanted = office.casefold()
        return self._last(lambda k: k.kind == "person" and bool(k.office) and k.office.casefold().endswith(wanted))

    def by_common_noun(self, noun: str) -> Known | None:
        """The organisation or state that reports call by this noun ("the bloc", "the kingdom")."""
        return self._last(lambda k: noun in k.called)

    def he(self, gender: str = "") -> Known | None:
        """The person that "he" or "she" stands for."""
        return self._salient(lambda k: k.kind == "person" and not k.plural and k.gender in ("", gender))

    def it(self) -> Known | None:
        """The state, organisation or body that "it" stands for."""
        return self._salient(lambda k: k.kind in ("state", "organisation", "body") and not k.plural)

    def they(self) -> tuple[Known, ...]:
        """Those that "they" stands for: the last plural, or those who were named together."""
        last = self._salient(lambda k: k.plural or k.kind == "people" or bool(k.together))
        if last is None:
            return ()
        if last.together:
            return tuple(k for k in self.seen if k.together == last.together)
        return (last,)

    def country(self) -> Known | None:
        """The last state named ("the country")."""
        return self._last(lambda k: k.kind == "state")

    def pair(self, people: bool = False) -> tuple[Known, ...]:
        """The two that "both countries" means: the last that were named together, else the last two whose states differ; () if there are
        none. With `people`, persons before states."""
        wanted = [k for k in self.seen if (k.kind == "person" if people else k.kind != "organisation")]
        groups = sorted({k.together for k in self.seen if k.together}, reverse=True) if not people else []
        for number in groups:
            together = _distinct([k for k in self.seen if k.together == number])
            if len(together) == 2:
                return tuple(together)
        found = _distinct(wanted[::-1])[:2]
        if len(found) == 2:
            return (found[1], found[0])
        return self.pair() if people else ()

    def latter(self) -> Known | None:
        """The last one named with a code."""
        return self._last(lambda k: bool(k.party.code))

    def state_here(self, states: frozenset[str]) -> str:
        """The code of the one of `states` that the present sentence named last, "" when it named none."""
        here = [k.party.code for k in self.seen if k.sentence == self.sentence and k.party.code in states]
        return here[-1] if here else ""

    def main_state(self, states: frozenset[str]) -> str:
        """The code of the article's own state: `home`, else that of `states` most often named (the first of equals), "" at the start."""
        named = [code for code in self._states if code in states]
        return self.home or max(named, key=lambda code: self._states[code], default="")

    def _last(self, fits: Callable[[Known], bool]) -> Known | None:
        return next((k for k in reversed(self.seen) if fits(k)), None)

    def _salient(self, fits: Callable[[Known], bool]) -> Known | None:
        """The nearest sentence's subject that fits, else its last one."""
        for back in range(_WINDOW + 1):
            here = [k for k in self.seen if k.sentence == self.sentence - back and fits(k)]
            if here:
                return next((k for k in here if k.subject), here[-1])
        return None


def _distinct(known: list[Known]) -> list[Known]:
    """The first of each code, in order."""
    found: dict[str, Known] = {}
    for one in known:
        if one.party.code:
            found.setdefault(one.party.code, one)
    return list(found.values())
