#!/usr/bin/env python3
"""Write the tables of docs/ontology.md from the ontology; `--check` only says whether they are as they should be (exit 1 if not)."""

from __future__ import annotations

import sys
from pathlib import Path

from visavis.lexicon import ontology as o

PAGE = Path(__file__).resolve().parents[1] / "docs" / "ontology.md"
BEGIN, END = "<!-- generated: scripts/make_ontology_docs.py -->\n", "<!-- end of generated -->\n"
TABLES = {"intent": o.INTENT, "demand": o.DEMAND, "refusal": o.REFUSAL, "threat": o.THREAT, "cessation": o.CESSATION}
# What the inner acts of the algebra are, by CAMEO code.
ACTS = {
    "": "anything else", "03": "to agree", "04": "to meet", "042": "a visit", "043": "to host", "045": "to mediate", "05": "to engage in diplomacy",
    "057": "to sign", "06": "to cooperate", "061": "trade", "062": "military cooperation", "063": "judicial cooperation", "064": "shared intelligence",
    "07": "to give aid", "071": "economic aid", "072": "military aid", "073": "humanitarian aid", "074": "protection, peacekeepers", "08": "to yield",
    "081": "to ease restrictions", "082": "to ease dissent", "083": "political reform", "0831": "change of leaders", "0832": "change of policy",
    "0833": "rights", "0834": "change of institutions", "084": "to return, release", "085": "to ease sanctions", "086": "to let observers in",
    "087": "to de-escalate, a truce", "09": "to investigate", "10": "to demand", "104": "to demand reform", "106": "to demand a meeting",
    "107": "to demand a settlement", "11": "to accuse", "12": "to refuse", "13": "to threaten", "14": "to protest", "15": "a show of force",
    "16": "to reduce relations", "161": "to cut ties", "162": "to cut aid", "163": "sanctions, embargo", "164": "to halt negotiations",
    "165": "to halt mediation", "166": "to expel, withdraw missions", "17": "to coerce", "1721": "to restrict freedoms", "1722": "to ban parties",
    "1723": "a curfew", "1724": "emergency, martial law", "173": "to arrest", "175": "repression by force", "18": "to assault", "19": "to fight",
    "190": "force in general", "191": "a blockade", "192": "occupation", "194": "artillery, tanks", "195": "air strikes", "20": "mass violence",
}  # fmt: skip


def types() -> str:
    """The sixteen types with quad class, intensity, CAMEO roots."""
    rows = [
        "| type | quad | intensity | both sides are sources | code of the type | CAMEO |",
        "|---|---|---|---|---|---|",
    ]
    for name in o.TYPES:
        roots = ", ".join(code for code in (f"{n:02d}" for n in range(1, 21)) if o.type_of_cameo(code) == name)
        mutual = "yes" if name in o.RECIPROCAL else ""
        quad = f"{o.QUAD[name]} {o.QUAD_NAMES[o.QUAD[name]]}"
        rows.append(
            f"| {name} | {quad} | {o.INTENSITY[name]:+.1f} | {mutual} | {o.ROOT_CODE[name]} | {roots or 'see below'} |"
        )
    return "\n".join(rows) + "\n"


def exceptions() -> str:
    """The codes whose type is not that of their root."""
    found = [f"{n:03d}" for n in range(10, 210)] + [f"{n:04d}" for n in range(100, 2100)]
    rows = ["| CAMEO | what | type | not |", "|---|---|---|---|"]
    told: set[str] = set()
    for code in found:
        name, root = o.type_of_cameo(code), o.type_of_cameo(code[:2])
        if name != root and code[:3] not in told:
            told.add(code)
            rows.append(f"| {code} | {ACTS.get(code, 'destruction of property')} | {name} | {root} |")
    return "\n".join(rows) + "\n"


def algebra() -> str:
    """One row for each act that some table knows, with the code of the whole under each operator."""
    rows = [f"| the act | | {' | '.join(TABLES)} |", "|---|---|" + "---|" * len(TABLES)]
    for code in sorted({code for table in TABLES.values() for code in table}):
        whole = " | ".join(table.get(code, "") for table in TABLES.values())
        rows.append(f"| {code} | {ACTS[code]} | {whole} |")
    return "\n".join(rows) + "\n"


def page(text: str) -> str:
    """The page with its generated parts made anew."""
    for make in (types, exceptions, algebra):
        before, _, rest = text.partition(f"<!-- {make.__name__} -->\n{BEGIN}")
        text = f"{before}<!-- {make.__name__} -->\n{BEGIN}\n{make()}\n{END}{rest.partition(END)[2]}"
    return text


def main() -> int:
    """Write or check."""
    text = PAGE.read_text(encoding="utf-8")
    made = page(text)
    if "--check" in sys.argv:
        return int(made != text)
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
