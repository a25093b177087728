"""Put coded sentences into the two halves of the gold set: `python scripts/split_gold.py SENTENCES.jsonl`.

The half is decided by a seeded hash of the document (or, for a sentence that stands alone, of its id), so it never
depends on what a sentence says nor on when it was written, and adding sentences moves no older one. Lines are kept in
the order of that hash, with the sentences of one document consecutive.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

SEED = "visavis gold 1"
GOLD = Path(__file__).resolve().parents[1] / "gold"


def draw(row: dict[str, Any]) -> str:
    """The seeded hash that decides a row's half and its place in it."""
    return hashlib.sha256(f"{SEED}|{row.get('doc') or row['id']}".encode()).hexdigest()


def half(row: dict[str, Any]) -> str:
    """`dev` or `unseen`: the parity of the hash."""
    return "dev" if int(draw(row), 16) % 2 == 0 else "unseen"


def split(rows: list[dict[str, Any]], folder: Path) -> dict[str, int]:
    """Write `dev.jsonl` and `unseen.jsonl` into `folder`; the number of rows in each."""
    counts = {}
    for name in ("dev", "unseen"):
        part = sorted((r for r in rows if half(r) == name), key=lambda r: (draw(r), r["id"]))
        text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in part)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
        counts[name] = len(part)
    return counts


def main() -> None:
    """Read the file named on the command line, write the halves, say how many went where."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines() if line]
    sys.stdout.write(f"{split(rows, GOLD)}\n")


if __name__ == "__main__":
    main()
