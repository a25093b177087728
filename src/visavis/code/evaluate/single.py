"""Sets that give one label a sentence: accuracy and macro-F1 of the first predicted event."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from msgspec import Struct

from visavis.code.evaluate.lines import Line, label

NONE = "NONE"
# Pentaclass of a PLOVER type: 0 statement, 1-2 verbal and material cooperation, 3-4 verbal and material conflict.
_PENTA = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("CONCEDE", "RETREAT", "COOPERATE", "AID"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"), 3),
    **dict.fromkeys(("PROTEST", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
# The two sets disagree: PLV puts sanctions with material conflict, and knows the old root YIELD.
_PENTA_OF_SET: dict[str, dict[str, int]] = {"plv": {**_PENTA, "SANCTION": 4, "YIELD": 2}, "cameo": _PENTA}
_YIELDS = ("CONCEDE", "RETREAT")


class Single(Struct, frozen=True, kw_only=True):
    """Share of right first labels and the mean F1 over the gold's labels, 0..1, over `n` records."""

    accuracy: float
    macro_f1: float
    n: int


def single_labels(gold: Sequence[Line], given: Mapping[object, Sequence[Line]]) -> dict[str, Single]:
    """The single-label measures of sets named plv... or cameo...; none for other sets."""
    name = str(gold[0].get("set", "")) if gold else ""
    family = next((family for family in _PENTA_OF_SET if name.startswith(family)), None)
    if family is None:
        return {}
    lines = [(line["events"][0], given.get(line["id"], ())) for line in gold if line.get("events")]
    pentas = [(first["penta"], _penta(events, family)) for first, events in lines if first.get("penta") is not None]
    roots = [(_root(label(first)), _root(_first_label(events))) for first, events in lines if label(first)]
    found = {"penta": _score(pentas), "root": _score(roots)}
    if family == "plv":
        found["binary"] = _score([(_is_conflict(a), _is_conflict(b)) for a, b in pentas])
    return {key: score for key, score in found.items() if score is not None}


def macro_f1(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """The mean over the gold's labels of each label's F1; pairs are (gold, predicted)."""
    scores = []
    for name in {gold for gold, _ in pairs}:
        hits = sum(gold == name == given for gold, given in pairs)
        wanted, answered = (sum(pair[at] == name for pair in pairs) for at in (0, 1))
        scores.append(2 * hits / (wanted + answered))
    return sum(scores) / len(scores)


def _score(pairs: Sequence[tuple[Hashable, Hashable]]) -> Single | None:
    if not pairs:
        return None
    right = sum(gold == given for gold, given in pairs)
    return Single(accuracy=right / len(pairs), macro_f1=macro_f1(pairs), n=len(pairs))


def _first_label(events: Sequence[Line]) -> str | None:
    return next((found for event in events if (found := label(event))), None)


def _penta(events: Sequence[Line], family: str) -> int | str:
    told: int | None = next((event["penta"] for event in events if event.get("penta") is not None), None)
    if told is not None:
        return told
    return _PENTA_OF_SET[family].get(_first_label(events) or "", 0 if family == "cameo" else NONE)


def _root(name: str | None) -> str:
    return "YIELD" if name in _YIELDS else name or NONE


def _is_conflict(penta: int | str) -> int | str:
    return penta if isinstance(penta, str) else int(penta >= 3)
