"""What the coder knows of actions: phrases per PLOVER type, word classes, operators. The text files beside this module hold it all.

The form of the files stands in README.md of this folder; `load_actions` compiles it, `check_actions` lists what breaks a rule.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml
from msgspec import Struct

from visavis.errors import LexiconError
from visavis.lexicon.ontology import CESSATION, DEMAND, INTENT, REFUSAL, ROOT_CODE, THREAT, TYPES, type_of_cameo
from visavis.lexicon.yamls import parse_yaml

HERE: Final = Path(__file__).parent
PREPOSITIONS: Final = frozenset(
    "about across after against ahead along among apart around as at away back before behind between by down for forward from home in"
    " into of off on onto out over past round through to together toward towards under up upon with within that en".split()
)
TABLES: Final = {
    "intent": INTENT,
    "demand": DEMAND,
    "refusal": REFUSAL,
    "threat": THREAT,
    "cessation": CESSATION,
}
FRAMES: Final = frozenset({"", "swap", "host", "transfer", "protest"})
OPERATORS: Final = ("light", "receive", "aspect", "attempt", "end", "permit", "report", "prevent")


class Phrase(Struct, frozen=True):
    """One phrase of a type's file: trigger lemma with what must stand around it. `line` names its source for `because`."""

    type: str
    cameo: str
    mode: str | None
    pos: str
    lemma: str
    modifiers: tuple[str, ...] = ()
    objects: frozenset[str] = frozenset()
    preposition: str = ""
    prep_objects: frozenset[str] = frozenset()
    needs: str = ""
    frame: str = ""
    content: str = ""
    line: str = ""

    @property
    def weight(self) -> int:
        """How specific the phrase is: the heaviest that matches wins."""
        return (
            1 + 2 * bool(self.objects) + bool(self.preposition) + 2 * bool(self.prep_objects) + 2 * len(self.modifiers)
        )


class Actions(Struct, frozen=True):
    """The compiled action lexicon: phrases by (part of speech, trigger lemma), operators by name, and a fingerprint."""

    phrases: Mapping[tuple[str, str], tuple[Phrase, ...]]
    operators: Mapping[str, frozenset[str]]
    fingerprint: str

    def of(self, pos: str, lemma: str) -> tuple[Phrase, ...]:
        """The phrases that begin with this lemma, heaviest first; empty when there are none."""
        return self.phrases.get((pos, lemma), ())

    @property
    def lemmas(self) -> frozenset[str]:
        """Every trigger lemma: the words without which no event can stand (used to gate sentences)."""
        return frozenset(lemma for _, lemma in self.phrases) | frozenset().union(*self.operators.values())


def _read(path: Path) -> Any:
    try:
        return parse_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise LexiconError(f"{path.name} cannot be read: {error}", "Check its YAML.") from error


def _words(word: str, classes: Mapping[str, frozenset[str]], where: str) -> frozenset[str]:
    if not word.startswith("@"):
        return frozenset({word})
    if word[1:] not in classes:
        raise LexiconError(
            f"{where}: unknown class {word}.", f"Known: {', '.join(sorted(classes))}. Add it to classes.yaml."
        )
    return classes[word[1:]]


def parse_phrase(text: str, base: Phrase, classes: Mapping[str, frozenset[str]]) -> tuple[Phrase, ...]:
    """The phrases that one line of a file stands for (several when a noun phrase has a class as its head).

    Raises LexiconError for an unknown class or an empty phrase.
    """
    words = text.split()
    if not words:
        raise LexiconError(f"{base.line}: empty phrase.", "Remove it.")
    head_at = 0
    if base.pos == "noun":
        head_at = next((i for i, w in enumerate(words) if w in PREPOSITIONS), len(words)) - 1
    heads = sorted(_words(words[head_at], classes, base.line))
    modifiers = list(words[:head_at])
    objects: frozenset[str] = frozenset()
    preposition, prep_objects = "", frozenset[str]()
    for word in words[head_at + 1 :]:
        if word in PREPOSITIONS and not prep_objects:
            preposition = f"{preposition} {word}".strip()
        elif preposition:
            prep_objects = _words(word, classes, base.line)
        else:
            if objects:
                modifiers.extend(sorted(objects)[:1])
            objects = _words(word, classes, base.line)
    line = f'{base.line} "{text}"'
    fields = {f: getattr(base, f) for f in ("type", "cameo", "mode", "pos", "needs", "frame", "content")}
    return tuple(
        Phrase(
            **fields,
            lemma=head,
            modifiers=tuple(modifiers),
            objects=objects,
            preposition=preposition,
            prep_objects=prep_objects,
            line=line,
        )
        for head in heads
    )


def _group(
    group: Mapping[str, Any], data: Mapping[str, Any], name: str, classes: Mapping[str, frozenset[str]]
) -> Iterable[Phrase]:
    cameo = group.get("cameo")
    if not isinstance(cameo, str):
        raise LexiconError(
            f"{name}: a group without a CAMEO code in quotes ({cameo!r}).",
            'Write cameo: "166"; unquoted, "010" becomes 8.',
        )
    event_type = group.get("type", data["type"])
    if event_type not in TYPES:
        raise LexiconError(f"{name}: unknown type {event_type}.", f"Known: {', '.join(TYPES)}.")
    frame = group.get("frame", data.get("frame", ""))
    if frame not in FRAMES:
        raise LexiconError(f"{name}: unknown frame {frame}.", f"Known: {', '.join(sorted(FRAMES - {''}))}.")
    for key, pos in (("verbs", "verb"), ("nouns", "noun"), ("adjectives", "adj")):
        base = Phrase(
            event_type,
            cameo,
            group.get("mode"),
            pos,
            "",
            needs=group.get("needs", ""),
            frame=frame,
            content=data.get("content", ""),
            line=name,
        )
        for text in group.get(key) or ():
            yield from parse_phrase(str(text), base, classes)


def _folders(extra: Path | None) -> list[Path]:
    return [HERE, *([extra] if extra is not None and extra.is_dir() else [])]


@lru_cache(maxsize=8)
def load_actions(extra: Path | None = None) -> Actions:
    """The compiled action lexicon of the package, with the files of the folder `extra` (same form) added to it.

    Raises LexiconError, naming the file and what to write, when a file breaks a rule of its form.
    """
    digest = hashlib.sha256()
    classes: dict[str, frozenset[str]] = {}
    operators: dict[str, set[str]] = {name: set() for name in OPERATORS}
    phrases: dict[tuple[str, str], set[Phrase]] = {}
    files = [path for folder in _folders(extra) for path in sorted(folder.glob("*.yaml"))]
    for path in files:
        digest.update(path.read_bytes())
        if path.name == "classes.yaml":
            for name, words in (_read(path) or {}).items():
                classes[name] = classes.get(name, frozenset()) | frozenset(map(str, words))
    for path in files:
        data = _read(path) or {}
        if path.name == "operators.yaml":
            for name, words in data.items():
                operators.setdefault(name, set()).update(map(str, words))
        elif path.name != "classes.yaml":
            for group in data.get("groups", ()):
                for phrase in _group(group, data, path.name, classes):
                    phrases.setdefault((phrase.pos, phrase.lemma), set()).add(phrase)
    return Actions(
        phrases={key: tuple(sorted(found, key=_rank)) for key, found in phrases.items()},
        operators={name: frozenset(words) for name, words in operators.items()},
        fingerprint=digest.hexdigest()[:16],
    )


def _rank(phrase: Phrase) -> tuple[object, ...]:
    """Heaviest first; of the same words in two groups the more specific code; no tie is left to chance."""
    p = phrase
    return (
        -p.weight,
        p.type,
        p.cameo == ROOT_CODE[p.type],
        p.line,
        p.cameo,
        p.mode or "",
        p.needs,
        p.frame,
        sorted(p.modifiers),
        sorted(p.objects),
    )


def check_actions(extra: Path | None = None) -> list[str]:
    """What a linter would say of the action files: each line names a file, a phrase and the fault. Empty when all is well."""
    try:
        actions = load_actions(extra)
    except LexiconError as error:
        return [str(error)]
    found = []
    for (_, lemma), phrases in sorted(actions.phrases.items()):
        for phrase in phrases:
            expected = type_of_cameo(phrase.cameo)
            allowed = {phrase.type} | ({"CONCEDE", "RETREAT"} if phrase.type in ("CONCEDE", "RETREAT") else set())
            if expected is None or (expected not in allowed and phrase.cameo not in ("0344", "1712", "163")):
                found.append(f"{phrase.line}: CAMEO {phrase.cameo} is {expected}, the file says {phrase.type}")
        keys: dict[tuple[object, ...], str] = {}
        for phrase in phrases:
            key = (
                phrase.pos,
                lemma,
                phrase.modifiers,
                phrase.objects,
                phrase.preposition,
                phrase.prep_objects,
                phrase.needs,
            )
            other = keys.setdefault(key, phrase.type)
            if other != phrase.type:
                found.append(f"{phrase.line}: the same phrase stands in {other}; the first in alphabetical order wins")
    return found
