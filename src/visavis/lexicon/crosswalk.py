"""States by date in three code systems: Correlates of War, Gleditsch and Ward, ISO 3166 alpha-3. The table is `crosswalk.csv`.

States begin and end: 260 is the Federal Republic until 1990 and 255 Germany after it, both DEU in our codes; 265 is the GDR, DDR. Every
look-up therefore takes a year.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

SYSTEMS = ("cow", "gw", "iso3")


@dataclass(frozen=True)
class Spell:
    """One state under one set of codes in the years `first`..`last`, both included; an empty code is a system that lacks it."""

    cow: str
    gw: str
    iso3: str
    first: int
    last: int
    name: str
    also: tuple[str, ...] = ()


@cache
def spells() -> tuple[Spell, ...]:
    """The whole table, sorted by ISO code and year."""
    lines = (resources.files("visavis.lexicon") / "crosswalk.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return tuple(
        Spell(
            r["cow"],
            r["gw"],
            r["iso3"],
            int(r["first"]),
            int(r["last"] or 9999),
            r["name"],
            tuple(filter(None, r["also"].split("|"))),
        )
        for r in rows
    )


@cache
def state_codes() -> frozenset[str]:
    """Every ISO code of a state that the table knows, past ones too."""
    return frozenset(spell.iso3 for spell in spells() if spell.iso3)


@cache
def _aliases() -> dict[str, str]:
    return {other: spell.iso3 for spell in spells() for other in spell.also}


def state_of(code: str) -> str:
    """The ISO code for a three-letter code as event data sets write it ("ROM", "PAL"); "" when it is no state's.

    >>> state_of("ROM"), state_of("chn"), state_of("NATO")
    ('ROU', 'CHN', '')
    """
    known = code.strip().upper()
    known = _aliases().get(known, known)
    return known if known in state_codes() else ""


def translate(code: str | int, year: int, given: str = "cow", wanted: str = "iso3") -> str | None:
    """The code in system `wanted` of the state that had `code` in system `given` that year; None when there was none.

    Systems: cow, gw, iso3. In a year in which one set of codes follows another (Germany 1990), the later one is given.

    >>> translate(265, 1980), translate(265, 2000), translate("RUS", 1980, "iso3", "cow")
    ('DDR', None, '365')
    """
    for spell in reversed(_by_code(given).get(str(code), ())):
        if spell.first <= year <= spell.last:
            found: str = getattr(spell, wanted)
            return found or None
    return None


def only_state(code: str, given: str = "cow") -> str:
    """The ISO code of the only state that ever had the code in system `given`; "" when there is none or more than one."""
    found = {spell.iso3 for spell in _by_code(given).get(code, ()) if spell.iso3}
    return found.pop() if len(found) == 1 else ""


@cache
def _by_code(system: str) -> dict[str, tuple[Spell, ...]]:
    found: dict[str, list[Spell]] = {}
    for spell in spells():
        if getattr(spell, system):
            found.setdefault(getattr(spell, system), []).append(spell)
    return {code: tuple(listed) for code, listed in found.items()}
