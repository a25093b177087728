"""The lexicon in memory: read once from the package's folder and the user's own, cached, fingerprinted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from visavis.errors import LexiconError
from visavis.lexicon import entries as make
from visavis.lexicon.actions import Actions, load_actions
from visavis.lexicon.entries import Context, Form, Role
from visavis.lexicon.forms import lowered
from visavis.lexicon.tables import Row, read_table

HOME = Path(__file__).parent
_READERS: dict[str, tuple[Callable[[Row], Iterator[Form]], tuple[str, ...]]] = {
    "states.csv": (make.state_forms, ("code", "name", "adjective", "source")),
    "regions.csv": (make.region_forms, ("code", "name", "source")),
    "organisations.csv": (make.body_forms, ("code", "name", "kind", "source")),
    "bodies.csv": (make.body_forms, ("code", "sector", "kind", "name", "source")),
    "places.csv": (make.place_forms, ("code", "kind", "name", "source")),
    "people": (make.person_forms, ("code", "office", "name", "from", "to", "source")),
}


@dataclass(frozen=True, eq=False)
class Actors:
    """Every form that names an actor, with the automaton that finds them.

    `forms[i]` are the forms that share `keys[i]`, their folded lower-case text; `roles` maps a lower-case noun phrase to its role;
    `members` maps an organisation's code to (state, from, to) triples; `called` are the common nouns that refer to an entry ("bloc"),
    `states` the codes of states, `contexts` the company in which a word (folded, lower case) means somebody else.
    """

    keys: tuple[str, ...]
    forms: tuple[tuple[Form, ...], ...]
    automaton: AhoCorasick
    roles: dict[str, Role]
    sectors: dict[str, str]
    members: dict[str, tuple[tuple[str, str, str], ...]]
    contexts: dict[str, tuple[Context, ...]]
    called: frozenset[str]
    states: frozenset[str]

    def named(self, words: str) -> tuple[Form, ...]:
        """The forms whose folded lower-case text is `words`."""
        place = self._places.get(words)
        return () if place is None else self.forms[place]

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", {key: place for place, key in enumerate(self.keys)})

    _places = {}  # type: dict[str, int]  # noqa: RUF012

    @cached_property
    def role_ends(self) -> frozenset[str]:
        """The last words of the roles, and their parts behind a hyphen: no role ends in another token."""
        last = {words.split()[-1] for words in self.roles}
        return frozenset(last | {word.rpartition("-")[2] for word in last} | {word.rpartition("'")[2] for word in last})


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What the coder knows. `fingerprint` is a content hash over every table of every folder; `folders` are the package's own
    and, last, the user's."""

    fingerprint: str
    actors: Actors
    actions: Actions
    folders: tuple[Path, ...]


def data_files(folder: Path) -> list[Path]:
    """The tables in `folder`, sorted by their path in it."""
    return sorted(
        (path for path in folder.rglob("*") if path.suffix in {".csv", ".yml", ".yaml", ".txt"} and path.is_file()),
        key=lambda path: path.relative_to(folder).as_posix(),
    )


def fingerprint(folders: tuple[Path, ...]) -> str:
    """16 hex digits over the names and bytes of all tables."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in data_files(folder):
            data = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}:{len(data)}:".encode())
            digest.update(data)
    return digest.hexdigest()[:16]


def actor_tables(folder: Path) -> list[tuple[Path, str]]:
    """The actor tables under `folder` (its `actors/` or the folder itself), each with its kind: a key of the readers or another table's name."""
    home = folder / "actors" if (folder / "actors").is_dir() else folder
    tables = [(path, path.name) for path in sorted(home.glob("*.csv"))]
    return tables + [(path, "people") for path in sorted(home.glob("people/*.csv"))]


def read_forms(folders: tuple[Path, ...]) -> list[Form]:
    """All forms of all folders, in the order of the files."""
    found: list[Form] = []
    for folder in folders:
        for path, kind in actor_tables(folder):
            if kind in _READERS:
                reader, columns = _READERS[kind]
                for row in read_table(path, columns):
                    found.extend(reader(row))
    return found


def _compile(folders: tuple[Path, ...]) -> Actors:
    by_key: dict[str, list[Form]] = {}
    for form in read_forms(folders):
        here = by_key.setdefault(lowered(form.text), [])
        if all(form.text != other.text or form.entry is not other.entry for other in here):
            here.append(form)
    roles: dict[str, Role] = {}
    sectors: dict[str, str] = {}
    members: dict[str, list[tuple[str, str, str]]] = {}
    contexts: dict[str, list[Context]] = {}
    for folder in folders:
        for path, kind in actor_tables(folder):
            if kind == "roles.csv":
                roles |= {role.words: role for row in read_table(path) for role in make.roles(row)}
            elif kind == "sectors.csv":
                sectors |= {row.one("sector"): row.one("description") for row in read_table(path)}
            elif kind == "contexts.csv":
                for row in read_table(path, ("words", "code", "near")):
                    contexts.setdefault(lowered(row.one("words")), []).append(make.context(row))
            elif kind == "members.csv":
                for row in read_table(path, ("organisation", "members")):
                    terms = members.setdefault(row.one("organisation"), [])
                    terms.extend((state, row.one("from"), row.one("to")) for state in row.many("members"))
    keys = tuple(sorted(by_key))
    return Actors(
        keys=keys,
        forms=tuple(tuple(by_key[key]) for key in keys),
        automaton=AhoCorasick(list(keys), matchkind=MatchKind.Standard),
        roles=roles,
        sectors=sectors,
        members={code: tuple(terms) for code, terms in sorted(members.items())},
        contexts={words: tuple(rules) for words, rules in sorted(contexts.items())},
        called=frozenset(noun for forms in by_key.values() for form in forms for noun in form.entry.called),
        states=frozenset(form.entry.code for forms in by_key.values() for form in forms if form.entry.kind == "state"),
    )


@cache
def _load(extra: Path | None) -> Lexicon:
    folders = (HOME,) if extra is None else (HOME, extra)
    actions = load_actions(None if extra is None else extra / "actions")
    return Lexicon(fingerprint=fingerprint(folders), actors=_compile(folders), actions=actions, folders=folders)


def load(extra: Path | None = None) -> Lexicon:
    """The lexicon, with the user's folder `extra` read after the package's own. Cached by folder.

    Raises LexiconError when the folder does not exist or a table breaks its form.
    """
    if extra is not None and not extra.is_dir():
        raise LexiconError(f"{extra} is not a folder.", "Give the folder that holds actors/ (see docs/lexicon.md).")
    return _load(None if extra is None else extra.resolve())
