"""The coder's measured figures, as docs/accuracy.md gives them: that page ships with the package, so that datasheets can quote it."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import Any

_TABLE = re.compile(r"<!-- figures -->\n(.*?)<!-- end of figures -->", re.DOTALL)
NOTE = (
    "F1 unless said otherwise, with 95 % intervals, of the coder that this version of Visavis ships, on its gold sets. The gold "
    "readings are machine-assisted; sets marked (read) were open to whoever wrote the rules. What the figures mean and where they "
    "fail: docs/accuracy.md."
)


def figures() -> dict[str, Any]:
    """{"note", "sets": names of the gold sets, "figures": [{"figure", "values": one for each set, "" where it was not measured}]}."""
    found = _TABLE.search(_page())
    rows = (
        [[cell.strip() for cell in line.strip("|").split("|")] for line in found[1].splitlines() if "|" in line]
        if found
        else []
    )
    sets = rows[0][1:] if rows else []
    return {"note": NOTE, "sets": sets, "figures": [{"figure": row[0], "values": row[1:]} for row in rows[2:]]}


def _page() -> str:
    package = Path(str(resources.files("visavis")))
    for path in (package / "_accuracy.md", package.parents[1] / "docs" / "accuracy.md"):
        if path.is_file():
            return path.read_text("utf-8")
    return ""
