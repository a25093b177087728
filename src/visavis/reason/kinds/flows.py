"""A table of trade flows: read, grouped by sectors, completed with domestic sales; and what a scenario's words name in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from visavis.lexicon.statenames import state_named
from visavis.reason import files
from visavis.reason.form import Form

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Table:
    """Flows `trade` (sector, exporter, importer) between `countries` in `sectors`; `own` says whether domestic sales are among them."""

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    trade: Floats

    @property
    def own(self) -> bool:
        """Whether every country sells at home."""
        return bool((np.einsum("sii->i", self.trade) > 0).all())


@dataclass(frozen=True)
class Cut:
    """One cut: indices of exporters, importers and sectors, and the name of its factor."""

    exporters: tuple[int, ...]
    importers: tuple[int, ...]
    sectors: tuple[int, ...]
    factor: str


def known_as(countries: tuple[str, ...], word: str) -> str:
    """The one of `countries` that `word` names, by its name in the data, its ISO code or another name; `word` when none does."""
    if word in countries:
        return word
    code = state_named(word)
    return next((country for country in countries if code and state_named(country) == code), word)


def with_codes(figures: dict[str, float], countries: tuple[str, ...]) -> dict[str, float]:
    """The figures, and those of countries that the data call by a name also under their ISO codes."""
    codes = {name: code for name in countries if (code := state_named(name)) and code not in countries}
    if not codes:
        return figures
    coded = {".".join(codes.get(part, part) for part in name.split(".")): value for name, value in figures.items()}
    return figures | coded


def read_table(form: Form) -> Table:
    path = files.find_file(form, "data")
    names = form.form("names", default=True)
    codes = {names.text(code): code for code in names.names()}
    groups = form.form("sectors", default=True)
    table = _load(form, path)
    for name in codes:
        if name not in table.countries:
            names.fail(
                f"{name!r} is no country of {path.name}.", codes[name], f"It has {', '.join(table.countries[:6])} ..."
            )
    countries = tuple(codes.get(name, name) for name in table.countries)
    return _grouped(groups, Table(countries, table.sectors, table.trade))


def _load(form: Form, path: Path) -> Table:
    rows = files.read_rows(form, path, ["exporter", "importer"])
    value = next((column for column in (rows[0] if rows else {}) if column.startswith(("value", "trade"))), "")
    if not value:
        form.fail(f"{path.name} has no column of values.", "data", "Call it value, value_UNIT or trade.")
    rows = [{"sector": "all", **row} for row in rows]
    countries = sorted({row[side] for row in rows for side in ("exporter", "importer")})
    sectors = sorted({row["sector"] for row in rows})
    at, of = {c: i for i, c in enumerate(countries)}, {s: i for i, s in enumerate(sectors)}
    trade = np.zeros((len(sectors), len(countries), len(countries)))
    for number, row in enumerate(rows, start=2):
        flow = files.number_in(form, path, row[value], f"line {number}")
        trade[of[row["sector"]], at[row["exporter"]], at[row["importer"]]] += flow
    return Table(tuple(countries), tuple(sectors), trade)


def _grouped(form: Form, table: Table) -> Table:
    """The table with sectors added up to the groups of `[sectors]`; "*" takes what no other group has."""
    if not form.names():
        return table
    taken: dict[str, list[str]] = {}
    for group in form.names():
        members = form.texts(group)
        unknown = [one for one in members if one != "*" and one not in table.sectors]
        if unknown:
            form.fail(f"{unknown[0]!r} is no sector of the data.", group, f"Sectors: {', '.join(table.sectors)}.")
        taken[group] = members
    named = {one for members in taken.values() for one in members}
    rest = [one for one in table.sectors if one not in named]
    full = {g: [s for m in members for s in (rest if m == "*" else [m])] for g, members in taken.items()}
    trade = np.array([sum(table.trade[table.sectors.index(s)] for s in members) for members in full.values()])
    return Table(table.countries, tuple(full), trade)


def with_own(table: Table, multiple: float) -> Table:
    """Domestic sales, missing in the data, as a multiple of the mean of a country's exports and imports in each sector."""
    trade = table.trade.copy()
    for at in range(len(table.countries)):
        trade[:, at, at] = 0.0
        trade[:, at, at] = multiple * (trade[:, at, :].sum(1) + trade[:, :, at].sum(1)) / 2
    return Table(table.countries, table.sectors, trade)


def read_cuts(form: Form, countries: tuple[str, ...], sectors: tuple[str, ...]) -> tuple[list[Cut], frozenset[str]]:
    """The cuts, and the countries they name one by one."""
    found, named = [], set()
    for at, one in enumerate(form.forms("cut", default=True)):
        sides = {side: one.texts(side, ["*"]) for side in ("exporter", "importer")}
        places = {side: select(one, side, words, countries) for side, words in sides.items()}
        which = select(one, "sector", one.texts("sector", ["*"]), sectors)
        title = one.text("name", f"cut.{at + 1}")
        name = one.number("factor", low=1e-9, name=title if title.startswith("cut.") else f"cut.{title}")
        named |= {known_as(countries, word) for words in sides.values() for word in words} & set(countries)
        found.append(Cut(places["exporter"], places["importer"], which, name))
    return found, frozenset(named)


def select(form: Form, key: str, words: list[str], known: tuple[str, ...]) -> tuple[int, ...]:
    """The places of what the words name: a name, "bloc:NAME" of `[blocs]`, or "*"."""
    found: set[int] = set()
    for word in words:
        members: tuple[str, ...] = (word,)
        if word == "*":
            members = known
        elif word.startswith("bloc:"):
            members = form.book.resolver.bloc(form, word[5:], key)
        for member in (known_as(known, one) for one in members):
            if member not in known:
                form.fail(f"{member!r} is not in the data.", key, f"There are {', '.join(known[:40])}.")
            found.add(known.index(member))
    return tuple(sorted(found))
