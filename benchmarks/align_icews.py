"""Write the ICEWS benchmark set back as an ICEWS event file, so that the commands run on real events.

    python benchmarks/align_icews.py --events ../shared/data/forecast/icews0515 --field ../shared/data/align --out icews.tab
    visavis add icews icews.tab --record icews
    visavis align pressure --record icews --states 40 --draws 199

The set (2005 to June 2014, train and valid) lacks the United States and Russia, and tells of an event on one day once.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np
from align_rivalry import codebook, entity_state, facts, letters, names_of

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity", "Target Name",
    "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
)  # fmt: skip


def main() -> None:
    """Write the file and say how many rows it has."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=Path, required=True)
    parser.add_argument("--field", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    entities, relations = (names_of(given.events / f"{name}2id.txt") for name in ("entity", "relation"))
    state = {key: entity_state(name) for key, name in entities.items()}
    known = codebook(given.field / "cameo_codebook_icews.csv")
    rows = 0
    with given.out.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar=None, quotechar=None)
        writer.writerow(COLUMNS)
        for s, r, o, hours in facts(given.events):
            told = known.get(letters(relations[r]))
            if told is not None:
                rows += 1
                day = np.datetime64("2005-01-01") + np.timedelta64(hours // 24, "D")
                first, second = ((entities[key], "", state[key] or "NA") for key in (s, o))
                writer.writerow(
                    [rows, str(day), *first, relations[r], told[0], told[1], *second, "NA", "", "ICEWS05-15"]
                )
    print(f"{rows:,} events in {given.out}")


if __name__ == "__main__":
    main()
