"""Media outlets: host or name -> outlet, country, state owner. The table is `outlets.csv`, made to be edited by people."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from msgspec import Struct

from visavis.errors import LexiconError

COLUMNS = ("name", "hosts", "aliases", "country", "state_owner")


class Outlet(Struct, frozen=True):
    """One outlet: its name, the ISO 3166 alpha-3 code of the country it reports from, and of the state that owns or runs it ("" when
    none is known); the head of `outlets.csv` says where the line is drawn."""

    name: str
    country: str
    state_owner: str
    hosts: tuple[str, ...]
    aliases: tuple[str, ...]


@cache
def outlets() -> tuple[Outlet, ...]:
    """Every outlet of the table. Raises LexiconError naming the line that breaks its form."""
    text = files("visavis.lexicon").joinpath("outlets.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(_outlet(n, row) for n, row in enumerate(csv.DictReader(lines), 2))


def find_outlet(*, host: str = "", name: str = "") -> Outlet | None:
    """The outlet of a host (its subdomains included) or of a name as sites write it; None when the table lacks it."""
    by_host, by_name = _indexes()
    parts = host.lower().rstrip(".").split(":")[0].split(".")
    for i in range(len(parts) - 1):
        found = by_host.get(".".join(parts[i:]))
        if found is not None:
            return found
    return by_name.get(_key(name)) if name.strip() else None


@cache
def _indexes() -> tuple[dict[str, Outlet], dict[str, Outlet]]:
    by_host = {h: o for o in outlets() for h in o.hosts}
    by_name = {_key(n): o for o in outlets() for n in (o.name, *o.aliases)}
    return by_host, by_name


def _key(name: str) -> str:
    plain = re.sub(r"[^\w]+", " ", name).strip().casefold()
    return re.sub(r"^the ", "", plain)


def _outlet(line: int, row: dict[str, str | None]) -> Outlet:
    cells = {k: (row.get(k) or "").strip() for k in COLUMNS}
    codes = (cells["country"], cells["state_owner"])
    if not cells["name"] or not re.fullmatch(r"[A-Z]{3}", codes[0]) or not re.fullmatch(r"([A-Z]{3})?", codes[1]):
        raise LexiconError(
            f"outlets.csv, row {line}: '{cells['name']}' needs a name and ISO alpha-3 codes.", "Correct the row."
        )
    split = [tuple(part.strip() for part in cells[k].split(";") if part.strip()) for k in ("hosts", "aliases")]
    return Outlet(cells["name"], *codes, tuple(h.lower() for h in split[0]), split[1])
