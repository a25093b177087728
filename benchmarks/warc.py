"""How much memory a WARC takes to be read, small and large: it should be the same.

    python benchmarks/warc.py                                200 MB and 2,000 MB
    python benchmarks/warc.py --megabytes 20 200 --whole     the whole of `visavis read`, not its reading alone

Pages are like those of large sites: some eight sentences of text in 80 kB of scripts and menus (`--markup`), all of them read, none
a copy of another. Each archive is read in a process of its own, in which one worker reads. Memory is the largest resident set it had.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from pile import Made, make, warc_record

_PARAGRAPHS = 4


@cache
def scripts() -> tuple[str, ...]:
    """Lines of script, of which every page has others."""
    dice = random.Random(1)
    return tuple(f'q({{"k":{dice.getrandbits(40)},"v":"{dice.getrandbits(200):x}"}});' for _ in range(5_000))


@cache
def menus() -> tuple[str, ...]:
    """Lines of menus."""
    dice = random.Random(2)
    return tuple(
        f'<li class="m{n}"><a href="/topic/{dice.getrandbits(30)}">Topic {dice.getrandbits(16)}</a></li>'
        for n in range(2_000)
    )


def padded(made: Made, markup: int) -> bytes:
    """The first sentences of the article in a page with `markup` bytes of scripts and menus."""
    first = made.number * 37
    script = "".join(scripts()[(first + n) % len(scripts())] for n in range(markup // 100))
    menu = "".join(menus()[(first + n) % len(menus())] for n in range(markup // 2500))
    short = made._replace(text="\n\n".join(made.text.split("\n\n")[:_PARAGRAPHS]))
    return warc_record(short, f"<script>{script}</script><nav><ul>{menu}</ul></nav>")


def write(path: Path, megabytes: float, markup: int) -> int:
    """Write the archive; how many pages it has."""
    with path.open("wb") as out:
        for count in itertools.count(1):
            out.write(padded(next(_MADE), markup))
            if out.tell() >= megabytes * 1e6:
                return count


_MADE = make(None)


def read(path: Path, whole: bool) -> dict[str, Any]:
    """What reading the archive took, in this process."""
    from visavis.run import Settings, Silent, passes, read_pile
    from visavis.run.spread import Spread
    from visavis.store import Record

    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        if whole:
            articles = read_pile([path], scratch, Settings()).total["articles"]
        else:
            with Record.create(scratch).writer() as writer, Spread(1) as spread:
                passes.read_pages(writer, [str(path)], None, Settings(), spread, Silent())
                articles = len(writer.column("articles", "article_id"))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "articles": articles,
        "seconds": round(time.perf_counter() - begun, 1),
        "cpu": round(usage.ru_utime + usage.ru_stime, 1),
        "peak MB": round(usage.ru_maxrss / 1000, 1),
    }


def main() -> None:
    """Print one line of JSON an archive, then how far the largest peak is above the smallest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, nargs="+", default=[200.0, 2000.0])
    parser.add_argument("--markup", type=int, default=90_000, help="bytes of scripts and menus a page")
    parser.add_argument("--whole", action="store_true", help="the whole of `visavis read`")
    parser.add_argument("--folder", type=Path, help="where archives and records are written (not kept)")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        print(json.dumps(read(given.read, given.whole)))
        return
    peaks = []
    for megabytes in given.megabytes:
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            archive = Path(folder) / "archive.warc"
            pages = write(archive, megabytes, given.markup)
            print(f"{archive}: {pages} pages", file=sys.stderr)
            command = [sys.executable, __file__, "--read", str(archive), *(["--whole"] if given.whole else [])]
            found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        peaks.append(found["peak MB"])
        print(json.dumps({"megabytes": megabytes, "pages": pages, **found}), flush=True)
    print(json.dumps({"largest over smallest": round(max(peaks) / min(peaks), 3)}))


if __name__ == "__main__":
    main()
