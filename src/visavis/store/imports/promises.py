"""Which columns of an alliance file hold whose promises: the raw files of ATOP 5 and COW 4.1 and their merged forms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from visavis.errors import InputError
from visavis.store.imports.rows import Row, columns_named, need, number, table_rows, whole

# Our name of an obligation for each name that the files use.
_NAMES = {
    "defense": "defense", "defence": "defense", "offense": "offense", "offence": "offense", "neutral": "neutral", "neutrality": "neutral",
    "nonagg": "nonagg", "nonaggression": "nonagg", "consul": "consul", "consultation": "consul", "entente": "entente",
}  # fmt: skip
_PREFIXES = ("", "atop_", "cow_")


@dataclass(frozen=True)
class PromiseColumns:
    """`first` promises `second` in `year`; `obligations` maps columns to obligations. `system` is atop, cow or ""."""

    first: str
    second: str
    year: str
    obligations: dict[str, str]
    system: str

    def promised(self, path: Path, line: int, row: Row) -> tuple[str, ...]:
        """The obligations of a row; raises InputError for a cell that is neither 0 nor 1."""
        held = (name for column, name in self.obligations.items() if number(path, line, row, column, 0, 1))
        return tuple(dict.fromkeys(held))


def read_system(path: Path, year: int) -> tuple[str, ...]:
    """The COW numbers of the states of a system in a year, from a list of spells: ccode, styear, endyear. Raises InputError with the line."""
    found = set()
    for line, row in table_rows(path, folded=True):
        need(path, row, "ccode", "styear", "endyear")
        if whole(path, line, row, "styear", 1500, 2100) <= year <= whole(path, line, row, "endyear", 1500, 2100):
            found.add(str(whole(path, line, row, "ccode", 1, 999)))
    if not found:
        raise InputError(f"{path.name} has no state in {year}.", "Give another list or year.")
    return tuple(sorted(found, key=int))


def promise_columns(path: Path, row: Row) -> PromiseColumns:
    """The columns of the file to which the row belongs.

    Raises InputError when it has no pair of states, no year or no obligation.
    """
    names = columns_named(row)
    pair = next((p for p in (("ccode1", "ccode2"), ("statea", "stateb")) if set(p) <= set(names)), None)
    if pair is None or "year" not in names:
        raise InputError(f"{path.name} has no columns ccode1, ccode2, year.", f"It has {', '.join(list(row)[:12])}.")
    found = {
        names[prefix + word]: ours for prefix in _PREFIXES for word, ours in _NAMES.items() if prefix + word in names
    }
    if not found:
        raise InputError(
            f"{path.name} has no column such as atop_defense or cow_defense.",
            "Give ATOP 5 or COW 4.1, a row a pair and year.",
        )
    system = next((p[:-1] for p in _PREFIXES[1:] if any(name.startswith(p) for name in names)), "")
    if not system:
        system = "atop" if "statea" in names or "atopally" in names else "cow"
    return PromiseColumns(names[pair[0]], names[pair[1]], names["year"], found, system)
