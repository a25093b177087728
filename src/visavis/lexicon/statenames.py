"""From the names that data sets write for states ("Russian Federation", "Czechia") to ISO codes."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from importlib import resources

from visavis.lexicon.crosswalk import spells, state_of

# Names that data sets use and reports do not.
_OTHER = {
    "Occupied Palestinian Territory": "PSE", "Palestinian Territory, Occupied": "PSE", "Iran, Islamic Republic of": "IRN",
    "Korea, Republic of": "KOR", "Republic of Korea": "KOR", "Korea, Democratic People's Republic of": "PRK", "Viet Nam": "VNM",
    "Lao People's Democratic Republic": "LAO", "Syrian Arab Republic": "SYR", "United States of America": "USA",
    "Tanzania, United Republic of": "TZA", "Moldova, Republic of": "MDA", "Macedonia": "MKD", "Swaziland": "SWZ",
    "Congo, Democratic Republic of the": "COD", "Congo": "COG", "Congo - Brazzaville": "COG", "Congo - Kinshasa": "COD",
    "Micronesia (Federated States of)": "FSM", "Federated States of Micronesia": "FSM", "Bolivia, Plurinational State of": "BOL",
    "Venezuela, Bolivarian Republic of": "VEN", "German Democratic Republic": "DDR", "Federal Republic of Germany": "DEU",
    "Yugoslavia": "YUG", "Czechoslovakia": "CSK", "Yemen Arab Republic": "YEM", "Yemen People's Republic": "YMD",
    "Zanzibar": "EAZ", "Soviet Union": "RUS", "USSR": "RUS", "Côte d’Ivoire": "CIV", "Côte d'Ivoire": "CIV",
    "Myanmar (Burma)": "MMR", "Hong Kong SAR China": "HKG", "Brunei Darussalam": "BRN", "Holy See": "VAT",
    "Republic of Vietnam": "VDR", "Gambia, The": "GMB", "Bahamas, The": "BHS", "East Timor": "TLS", "Cabo Verde": "CPV",
}  # fmt: skip


def state_named(name: str) -> str:
    """The ISO code of the state that is called so, or whose code this is; "" when no state is.

    >>> state_named("Russian Federation"), state_named("são tomé & príncipe"), state_named("the West")
    ('RUS', 'STP', '')
    """
    return _names().get(_folded(name), "") or (state_of(name) if len(name.strip()) == 3 else "")


@cache
def _names() -> dict[str, str]:
    lines = (resources.files("visavis.lexicon") / "actors" / "states.csv").read_text("utf-8").splitlines()
    found: dict[str, str] = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        for name in (row["name"], *row["other"].split("|")):
            if not name.startswith("~"):
                found.setdefault(_folded(name), row["code"])
    for spell in spells():
        if spell.iso3:
            found.setdefault(_folded(spell.name), spell.iso3)
    found.update({_folded(name): code for name, code in _OTHER.items()})
    found.pop("", None)
    return found


def _folded(name: str) -> str:
    """Letters only: case, accents, "St." and "&" do not matter."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    words = plain.replace("&", " and ").replace("st. ", "saint ").replace(".", "").split()
    return "".join(c for c in "".join(words) if c.isalnum())
