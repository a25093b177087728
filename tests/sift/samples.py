"""Generated articles: sentences of made-up words between English function words, each said once in the world."""

from __future__ import annotations

import random

_LITTLE = "the of and to in a for that on with by from at was were has had its their after before while under over which".split()


def sentences(count: int, seed: int) -> list[str]:
    """`count` sentences of eighteen words: two seeds share no more than chance brings together."""
    pick = random.Random(seed)
    return [_sentence(pick) for _ in range(count)]


def text(count: int, seed: int) -> str:
    """A text of `count` sentences in paragraphs of three."""
    said = sentences(count, seed)
    return "\n\n".join(" ".join(said[at : at + 3]) for at in range(0, count, 3))


def reworded(source: str, share: float, seed: int) -> str:
    """The source with `share` of its longer lower-case words replaced by made-up ones, as a spinner does."""
    pick = random.Random(seed)
    return "\n\n".join(
        " ".join(_word(pick) if _may_swap(word) and pick.random() < share else word for word in paragraph.split())
        for paragraph in source.split("\n\n")
    )


def _sentence(pick: random.Random) -> str:
    words = [pick.choice(_LITTLE) if pick.random() < 0.45 else _word(pick) for _ in range(18)]
    for at in pick.sample(range(1, 18), 2):
        words[at] = _word(pick).capitalize()
    words[0] = words[0].capitalize()
    return " ".join(words) + "."


def _may_swap(word: str) -> bool:
    return word.islower() and word.isalpha() and word not in _LITTLE


def _word(pick: random.Random) -> str:
    return "".join(pick.choice("bdfgklmnprstvz") + pick.choice("aeiou") for _ in range(3))
