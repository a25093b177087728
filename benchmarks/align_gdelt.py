"""How long a GDELT file takes to import, by the column and by the row: `python benchmarks/align_gdelt.py --rows 1000000 --folder DIR`.

Writes a synthetic GDELT 2.0 file of so many rows (61 columns, 240 bytes a row) and imports it into a new record; the reader of rows, which
judges odd files, is timed on a tenth. Seconds are those of the processor.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path

import numpy as np

from visavis.store.imports.gdelt import SECOND, read_gdelt
from visavis.store.imports.load import add_file

STATES = ("USA", "CHN", "RUS", "GBR", "FRA", "DEU", "TUR", "IRN", "ISR", "ROM", "IND", "PAK", "", "EUR", "JPN")
TYPES = ("GOV", "MIL", "MED", "", "CVL", "BUS")
# Codes with their quad class and Goldstein weight in GDELT.
CODES = (
    ("010", 1, 0.0), ("020", 1, 3.0), ("036", 1, 4.0), ("042", 1, 1.9), ("051", 1, 3.4), ("057", 1, 8.0), ("084", 2, 7.0), ("111", 3, -2.0),
    ("112", 3, -2.0), ("120", 3, -4.0), ("138", 3, -7.0), ("173", 4, -5.0), ("190", 4, -10.0), ("1056", 3, -5.0), ("0311", 1, 5.2),
)  # fmt: skip


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, required=True)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    file, small = given.folder / "gdelt.export.CSV", given.folder / "small.export.CSV"
    write(file, given.rows)
    write(small, given.rows // 10)
    begun = time.process_time()
    added = add_file("gdelt", file, given.folder / "record")
    spent, peak = time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    begun = time.process_time()
    rows = sum(1 for _ in read_gdelt(small))
    naive = (time.process_time() - begun) / rows * given.rows
    print(
        json.dumps(
            {
                "rows": added.new,
                "seconds": round(spent, 1),
                "naive seconds, reading alone": round(naive, 1),
                "peak MB": peak,
            }
        )
    )


def write(path: Path, rows: int) -> None:
    """A file of so many rows, the same for the same number."""
    rng = np.random.default_rng(1)
    at = {name: number for number, name in enumerate(SECOND)}
    who, kind = rng.integers(0, len(STATES), (rows, 2)), rng.integers(0, len(TYPES), (rows, 2))
    codes, days, sites = (
        rng.integers(0, len(CODES), rows),
        rng.integers(1, 32, rows),
        rng.integers(0, rows // 3 + 1, rows),
    )
    with path.open("w", encoding="utf-8") as out:
        for n in range(rows):
            code, quad, weight = CODES[codes[n]]
            told = {
                "GLOBALEVENTID": 1_150_000_000 + n, "SQLDATE": f"202403{days[n]:02d}", "MonthYear": "202403", "Year": "2024",
                "EventCode": code, "EventBaseCode": code[:3], "EventRootCode": code[:2], "QuadClass": quad, "GoldsteinScale": weight,
                "ActionGeo_FullName": "Lakeside, Ruritania (general), Ruritania",
                "SOURCEURL": f"https://site{sites[n] % 97}.example/news/{sites[n]}",
            }  # fmt: skip
            for side, actor in enumerate(("Actor1", "Actor2")):
                state, type = STATES[who[n, side]], TYPES[kind[n, side]]
                told |= {
                    f"{actor}Code": state + type,
                    f"{actor}Name": state and f"NAME {who[n, side]}",
                    f"{actor}CountryCode": state,
                }
                told[f"{actor}Type1Code"] = type
            cells = [""] * len(SECOND)
            for name, value in told.items():
                cells[at[name]] = str(value)
            out.write("\t".join(cells) + "\n")


if __name__ == "__main__":
    main()
