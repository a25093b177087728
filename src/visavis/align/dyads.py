"""Dyad-years with everything a record knows of them, added a column at a time, the way the field builds its data sets.

>>> frame = dyads("my-record", years=(2015, 2020)).add.votes().add.alliances().add.events()   # doctest: +SKIP
>>> frame.arrow(); print(frame.cite())                                                          # doctest: +SKIP
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import combinations, permutations
from pathlib import Path

import numpy as np
import pyarrow as pa

from visavis.align.events import event_counts
from visavis.align.lift import two_axes
from visavis.align.similarity import VOTE_LEVELS, common_items, crosstabs, measure
from visavis.errors import QueryError
from visavis.lexicon.crosswalk import spells, translate
from visavis.store import Limits, Record

Key = tuple[str, str, int]
Cell = float | int | str | None
# Trade of all pairs of a century is more than what a question gives by default.
_LIMITS = Limits(rows=20_000_000, seconds=600.0)
_CHOICES = {"yes": 1.0, "abstain": 2.0, "no": 3.0}


@dataclass(frozen=True)
class Dyads:
    """One row per pair and year: `keys` (a, b, year), `columns` of the same length. `directed` rows go both ways; codes are those of
    `system`. Adding never changes the rows: what is unknown is null."""

    record: Record
    keys: tuple[Key, ...]
    directed: bool
    system: str
    columns: Mapping[str, tuple[Cell, ...]]
    cited: tuple[str, ...] = ()

    @property
    def add(self) -> Adders:
        """What can be added: votes, alliances, trade, igos, capabilities, disputes, idealpoints, rungs, events."""
        return Adders(self)

    def __len__(self) -> int:
        return len(self.keys)

    def arrow(self) -> pa.Table:
        """The rows as an Arrow table: a, b, year in the codes of `system`, then the columns in the order in which they were added."""
        a, b = (
            [key[at] if self.system == "iso3" else translate(key[at], key[2], "iso3", self.system) for key in self.keys]
            for at in (0, 1)
        )
        fixed = {"a": a, "b": b, "year": [key[2] for key in self.keys]}
        return pa.table({**fixed, **{name: list(values) for name, values in self.columns.items()}})

    def cite(self) -> str:
        """BibTeX of exactly the data and methods that were added, in their order."""
        entries = references()
        return "\n".join(entries[key] for key in self.cited)

    def joined(self, columns: Mapping[str, Mapping[Key, Cell]], *cited: str) -> Dyads:
        """The rows with more columns, looked up by key; a pair is found either way unless the rows are directed.

        Raises QueryError when a column is there already.
        """
        double = set(columns) & set(self.columns)
        if double:
            raise QueryError(f"The column {min(double)!r} was added before.", "Add it once.")
        new = {name: tuple(self._found(values, key) for key in self.keys) for name, values in columns.items()}
        keys = dict.fromkeys((*self.cited, *cited))
        return replace(self, columns={**self.columns, **new}, cited=tuple(keys))

    def _found(self, values: Mapping[Key, Cell], key: Key) -> Cell:
        if key in values or self.directed:
            return values.get(key)
        return values.get((key[1], key[0], key[2]))


@dataclass(frozen=True)
class Adders:
    """Each method gives the dyads with more columns; their meaning, range and source stand with it."""

    to: Dyads

    def votes(self, name: str = "kappa", distance: str | None = None, rule: str = "qss") -> Dyads:
        """votes_<name> over the roll calls of the session that opened that year (session + 1945), and votes_n, the common ones."""
        values: dict[Key, Cell] = {}
        common: dict[Key, Cell] = {}
        for session, states, choices in _sessions(self.to.record):
            tables = crosstabs(choices, VOTE_LEVELS)
            found, shared = measure(tables, name, VOTE_LEVELS, distance, rule), common_items(tables)
            for i, j in permutations(range(len(states)), 2):
                key = (states[i], states[j], session + 1945)
                common[key] = int(shared[i, j])
                values[key] = float(found[i, j]) if np.isfinite(found[i, j]) else None
        methods = {"s": "signorino1999", "kappa": "hage2011", "pi": "hage2011", "taub": "kendall1945"}
        methods |= {"agreement": {"qss": "imai2017"}.get(rule, "bailey2017")}
        return self.to.joined({f"votes_{name}": values, "votes_n": common}, "voeten2013", methods[name])

    def alliances(self, system: str | None = None) -> Dyads:
        """alliance: the obligations in force, joined by "+" ("defense+nonagg"); null without any.

        `system` is atop or cow; it must be named where the record holds both.
        """
        query = """select state as a, partner as b, date_from[1:4]::int as year, array_to_string(list_sort(obligations), '+') as v,
          split_part(treaty, ' ', 1) as source from treaties"""
        found, sources = self._told("treaties", query, system, "system")
        cited = [{"cow": "gibler2009"}.get(name, "leeds2002") for name in sources]
        return self.to.joined({"alliance": found}, *(cited or ["leeds2002"]))

    def trade(self, source: str | None = None) -> Dyads:
        """exports (a to b) and imports (b to a), in the unit of the imported rows (COW: million current USD)."""
        query = "select exporter as a, importer as b, year, sum(value) as v, source from trade group by all"
        sold, _ = self._told("trade", query, source)
        bought = {(b, a, year): value for (a, b, year), value in sold.items()}
        kept = replace(self.to, directed=True).joined({"exports": sold, "imports": bought}, "barbieri2009")
        return replace(kept, directed=self.to.directed)

    def igos(self, source: str | None = None) -> Dyads:
        """shared_igos: organisations of which both are full members, as counted by the source, or counted from its memberships."""
        query = """
        select state as a, partner as b, date_from[1:4]::int as year, shared as v, source from memberships where partner <> ''
        union all
        select x.state, y.state, x.date_from[1:4]::int, count(*), x.source from memberships x
        join memberships y on x.organisation = y.organisation and x.date_from = y.date_from and x.source = y.source and x.state < y.state
        where x.partner = '' and y.partner = '' and x.standing = 'full member' and y.standing = 'full member' group by all
        """
        return self.to.joined({"shared_igos": self._told("memberships", query, source)[0]}, "pevehouse2020")

    def disputes(self, source: str | None = None) -> Dyads:
        """hostility: the highest level (1-5) that a reached against b in a militarised dispute that year; null without one.

        In undirected rows a is the first of the pair by its code.
        """
        query = """select state as a, opponent as b, date_from[1:4]::int as year, max(hostility) as v, source from disputes group by all"""
        return self.to.joined({"hostility": self._told("disputes", query, source)[0]}, "palmer2022")

    def capabilities(self, name: str = "cinc", source: str | None = None) -> Dyads:
        """<name>_a and <name>_b, in the unit of the imported rows (cinc: share of the world, 0..1)."""
        query = (
            f"select state as a, '' as b, year, value as v, source from capabilities where measure = '{_word(name)}'"
        )
        return self._monads(name, self._told("capabilities", query, source)[0], "singer1972")

    def idealpoints(self, source: str | None = None) -> Dyads:
        """ideal_a and ideal_b, on the model's scale (mean 0, sd 1 over all), in the session that opened that year."""
        query = "select state as a, '' as b, session + 1945 as year, mean as v, source from ideal_points"
        return self._monads("ideal", self._told("ideal_points", query, source)[0], "bailey2017")

    def rungs(self) -> Dyads:
        """rung: the highest step (1-6) of the partnership ladder that any dated sentence names until that year; null without one."""
        rows = self.to.record.sql(
            "select state as a, partner as b, date_to[1:4]::int as year, level from rungs where date_to is not null"
        )
        reached: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for row in rows.to_pylist():
            reached.setdefault((min(row["a"], row["b"]), max(row["a"], row["b"])), []).append(
                (row["year"], row["level"])
            )
        values: dict[Key, Cell] = {
            (a, b, year): max(
                (level for at, level in reached.get((min(a, b), max(a, b)), ()) if at <= year), default=None
            )
            for a, b, year in self.to.keys
        }
        return self.to.joined({"rung": values}, "visavis")

    def events(self, keep: float = 0.5) -> Dyads:
        """closeness, hostility_lift, net and net_se (log lift at the year's end), events: cooperative and conflictual of that year.

        `keep` is the share of a year that is kept into the next.
        """
        counts = event_counts(self.to.record, by="year")
        axes = two_axes(counts.cooperative, counts.conflictual, keep=keep)
        told = counts.cooperative + counts.conflictual
        parts = {
            "closeness": axes.closeness.value, "hostility_lift": axes.hostility.value, "net": axes.net.value,
            "net_se": axes.net.se, "events": told,
        }  # fmt: skip
        columns: dict[str, dict[Key, Cell]] = {name: {} for name in parts}
        for i, j in permutations(range(len(counts.states)), 2):
            for at, year in enumerate(counts.periods):
                for name, values in parts.items():
                    columns[name][counts.states[i], counts.states[j], int(year)] = float(values[at, i, j])
        known = {"import:icews": "boschee2015", "import:gdelt": "leetaru2013", "import:polecat": "halterman2023"}
        known["import:plover"] = "oeda2023"
        return self.to.joined(columns, *(known.get(name, "visavis") for name in counts.sources), "dumouchel1999")

    def _told(
        self, table: str, query: str, source: str | None, option: str = "source"
    ) -> tuple[dict[Key, Cell], tuple[str, ...]]:
        """({key: value}, sources) of a query with the columns a, b, year, v, source.

        Raises QueryError for a source that the table has not, and where two sources tell different values of one pair and year.
        """
        found: dict[Key, Cell] = {}
        whence: dict[Key, str] = {}
        sources = set()
        for row in self.to.record.sql(f"select * from ({query}) order by source", limits=_LIMITS).to_pylist():
            sources.add(row["source"])
            if source not in (None, row["source"]):
                continue
            key = _key(row)
            if found.setdefault(key, row["v"]) != row["v"]:
                raise QueryError(
                    f"The record's {table} tell two things of {' '.join(map(str, key)).strip()}: {whence[key]} and {row['source']}.",
                    f"Name one of them: {option}={row['source']!r}.",
                )
            whence.setdefault(key, row["source"])
        if source is not None and source not in sources:
            raise QueryError(
                f"The record has no {table} of {source!r}.", f"It has {', '.join(sorted(sources)) or 'none'}."
            )
        return found, tuple(sorted(set(whence.values())))

    def _monads(self, name: str, values: Mapping[Key, Cell], *cited: str) -> Dyads:
        sides = {
            f"{name}_{side}": {key: values.get((str(key[at]), "", key[2])) for key in self.to.keys}
            for at, side in enumerate(("a", "b"))
        }
        return self.to.joined(sides, *cited)


def dyads(
    record: Record | str | Path,
    years: tuple[int, int] | Iterable[int],
    states: Sequence[str] | None = None,
    directed: bool = False,
    system: str = "iso3",
) -> Dyads:
    """All pairs of the states that exist in each year: `years` is (first, last) or a list, `states` restricts them (ISO codes).

    `system` is the code system of the table that comes out: iso3, cow or gw. Raises QueryError for an unknown system or state.
    """
    if system not in ("iso3", "cow", "gw"):
        raise QueryError(f"There is no system of states {system!r}.", "Systems: iso3, cow, gw.")
    wanted = list(range(years[0], years[1] + 1)) if isinstance(years, tuple) and len(years) == 2 else sorted(years)
    unknown = set(states or ()) - {spell.iso3 for spell in spells()}
    if unknown:
        raise QueryError(f"There is no state {min(unknown)!r}.", "Give ISO 3166 alpha-3 codes.")
    pairs = permutations if directed else combinations
    keys = tuple((a, b, year) for year in wanted for a, b in pairs(_living(year, states), 2))
    opened = record if isinstance(record, Record) else Record.open(record)
    return Dyads(opened, keys, directed, system, {})


@cache
def references() -> Mapping[str, str]:
    """{key: BibTeX entry} of all data and methods that can be cited."""
    text = (resources.files("visavis.align") / "references.bib").read_text("utf-8")
    return {re.split(r"[{,]", line)[1]: line for line in text.splitlines() if line.startswith("@")}


def _living(year: int, states: Sequence[str] | None) -> list[str]:
    living = {spell.iso3 for spell in spells() if spell.iso3 and spell.cow and spell.first <= year <= spell.last}
    return sorted(living if states is None else living & set(states))


def _sessions(record: Record) -> Iterable[tuple[int, list[str], np.ndarray[tuple[int, ...], np.dtype[np.float64]]]]:
    """(session, states, choices (roll call, state) with NaN for none)."""
    for session in record.sql("select distinct session from votes order by 1").column(0).to_pylist():
        rows = record.sql("select rollcall, state, choice from votes where session = $s", {"s": session}).to_pylist()
        states = sorted({row["state"] for row in rows})
        calls = {call: at for at, call in enumerate(sorted({row["rollcall"] for row in rows}))}
        at_state = {state: at for at, state in enumerate(states)}
        choices = np.full((len(calls), len(states)), np.nan)
        for row in rows:
            choices[calls[row["rollcall"]], at_state[row["state"]]] = _CHOICES.get(row["choice"], np.nan)
        yield session, states, choices


def _word(name: str) -> str:
    """The name as it may stand in SQL; raises QueryError for anything but letters, figures and "_"."""
    if not name.replace("_", "").isalnum():
        raise QueryError(f"There is no measure {name!r}.", "Names are letters, figures and underscores.")
    return name


def _key(row: Mapping[str, object]) -> Key:
    return str(row["a"]), str(row["b"]), int(str(row["year"]))
