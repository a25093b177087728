#!/usr/bin/env python3
"""Write the tables of docs/record.md from the schema; `--check` only says whether they are as they should be (exit 1 if not)."""

from __future__ import annotations

import sys
from pathlib import Path

from visavis.read.reasons import FURNITURE, UNUSED
from visavis.run.reasons import REASONS
from visavis.store.describe import columns, one_row
from visavis.store.query import VIEWS
from visavis.store.tables import TABLES

PAGE = Path(__file__).resolve().parents[1] / "docs" / "record.md"
BEGIN, END = "<!-- generated: scripts/make_record_docs.py -->\n", "<!-- end of generated -->\n"


def tables() -> str:
    """Every table and view with its columns."""
    parts = []
    for name in [*TABLES, *VIEWS]:
        rows = "".join(f"| `{c.name}` | {c.type} | {c.unit} | {c.meaning} |\n" for c in columns(name))
        parts.append(f"### {name}\n\n{one_row(name)}\n\n| column | type | unit | meaning |\n|---|---|---|---|\n{rows}")
    return "\n".join(parts)


def reasons() -> str:
    """The closed lists of names in `drops.reason`."""
    parts = []
    for title, listed in (
        ("Pages and items that were not used (stage `read`)", UNUSED),
        ("Furniture that is no part of an article (stage `read`)", FURNITURE),
        ("Articles that were not coded (stage `code`)", REASONS),
    ):
        rows = "".join(f"| `{name}` | {meaning} |\n" for name, meaning in listed.items())
        parts.append(f"### {title}\n\n| reason | meaning |\n|---|---|\n{rows}")
    return "\n".join(parts)


def page(old: str) -> str:
    """The page with its generated part made anew."""
    head, _, rest = old.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n## Tables\n\n{tables()}\n## Reasons in `drops`\n\n{reasons()}\n{END}{tail}"


def main() -> int:
    """Write, or check."""
    old = PAGE.read_text("utf-8")
    new = page(old)
    if "--check" in sys.argv[1:]:
        return int(old != new)
    PAGE.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
