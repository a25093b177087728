"""How fast a pile becomes a record, beside the bare parser and beside parsing everything.

    python benchmarks/pipeline.py                            1,000 generated articles as HTML, two workers
    python benchmarks/pipeline.py --articles 10000 --no-rivals
    python benchmarks/pipeline.py --pile FILE.jsonl          another pile

One run measures, over the same articles: (1) the whole of `visavis read` (read, sift, code, join, write), (2) the bare parser, which is
`nlp.pipe` of the stock spaCy pipeline with the same pipes over the texts that (1) read, without any of our short cuts, and (3) every
sentence parsed and coded in this process by our coder, without the gate. Each of them loads what it needs first and is then timed.
Words are counted by white space in the texts of the articles. A stage's seconds are wall clock; "cpu" is the processor time of this
process and its workers, which other programs on the machine disturb less. Memory is the peak of this process and the largest worker.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from pile import make, write_pages

from visavis.code.parse import plain
from visavis.run import Settings, read_pile
from visavis.store import Record

# Seconds between two lines of progress.
_TELL_EVERY = 15.0


def below(process: int) -> list[int]:
    """The processes that a process started, and those that they started (Linux)."""
    listed = [task.read_text().split() for task in Path(f"/proc/{process}/task").glob("*/children")]
    return [one for found in listed for child in found for one in (int(child), *below(int(child)))]


def cpu() -> float:
    """Processor seconds of this process, of those below it, and of those that ended."""
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    used = own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
    for child in below(os.getpid()):
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        used += sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")  # utime, stime, cutime, cstime
    return used


def peak(process: int | str = "self") -> int:
    """The largest memory that a process has had, in MiB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What the work gives, its wall-clock and its processor seconds."""
    begun, used = time.perf_counter(), cpu()
    found = work()
    return found, time.perf_counter() - begun, cpu() - used


class Watch:
    """Tells on standard error how far a run is, and keeps the processor seconds and the largest memory of its passes."""

    def __init__(self) -> None:
        self.passes: dict[str, dict[str, float]] = {}
        self.worker = 0
        self._name, self._done, self._total, self._told = "", 0, 0, 0.0
        self._begun, self._used = time.perf_counter(), cpu()

    def start(self, name: str, total: int | None) -> None:
        """A pass begins."""
        self.end()
        self._name, self._done, self._total, self._told = name, 0, total or 0, time.perf_counter()
        self._begun, self._used = time.perf_counter(), cpu()

    def advance(self, count: int) -> None:
        """So many more units are done."""
        self._done += count
        if time.perf_counter() - self._told > _TELL_EVERY:
            self._told = time.perf_counter()
            self._look()
            seconds = self._told - self._begun
            of = f" of {self._total}" if self._total else ""
            print(f"{self._name}: {self._done}{of}, {seconds:.0f} s, {peak()} MiB", file=sys.stderr, flush=True)

    def _look(self) -> None:
        self.worker = max([self.worker, *(peak(child) for child in below(os.getpid()))])

    def end(self) -> None:
        """The last pass has ended."""
        self._look()
        if self._name:
            seconds, used = time.perf_counter() - self._begun, cpu() - self._used
            self.passes[self._name] = {"seconds": round(seconds, 1), "cpu": round(used, 1), "peak MiB": peak()}
            print(f"{self._name}: {self.passes[self._name]}", file=sys.stderr, flush=True)


def bare(texts: list[str], workers: int) -> None:
    """The stock parser over the texts, with the pipes that the coder reads."""
    import spacy

    nlp = spacy.load(Settings().parser, exclude=["ner", "senter"])
    for _ in nlp.pipe((plain(text) for text in texts), n_process=workers, batch_size=64):
        pass


def everything(record: Record) -> int:
    """Every sentence parsed and coded: how many events."""
    from visavis.code import Coder
    from visavis.records import Document

    coder = Coder(thorough=True)
    leads = {story.lead_id for story in record.rows("stories")}
    rows = [row for row in record.rows("articles") if row.article_id in leads and row.language in ("", "en")]
    documents = [Document(article_id=row.article_id, text=row.text, published=row.published) for row in rows]
    return sum(len(events) for events in coder.code(documents))


def size(folder: Path) -> int:
    """Bytes of all files under the folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure(pile: Path, workers: int, rivals: bool) -> dict[str, Any]:
    """The figures of one pile."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "record"
        watch = Watch()
        summary, seconds, used = timed(lambda: read_pile([pile], folder, Settings(workers=workers), progress=watch))
        watch.end()
        record = summary.record
        held = peak()
        texts = [row.text for row in record.rows("articles") if row.kind == "article"]
        words = sum(len(text.split()) for text in texts)
        found: dict[str, Any] = {
            "articles": len(texts),
            "stories": summary.total["stories"],
            "events": summary.total["events"],
            "words": words,
            "workers": workers,
            "read": {"seconds": round(seconds, 1), "cpu": round(used, 1), "words/s": round(words / seconds)},
            "stages": {
                name: {"seconds": s, "articles/s": round(len(texts) / s, 1), "words/s": round(words / s)}
                for name, s in summary.run.seconds.items()
                if s
            },
            "an article": {
                "ms": round(1000 * seconds / len(texts), 2),
                "cpu ms": round(1000 * used / len(texts), 2),
                **{f"cpu ms, {name}": round(1000 * at["cpu"] / len(texts), 2) for name, at in watch.passes.items()},
            },
            "passes": watch.passes,
            "bytes": {
                "pile": size(pile) if pile.is_dir() else pile.stat().st_size,
                "record": size(folder),
                **{table.name: size(table) for table in sorted(folder.iterdir()) if table.is_dir()},
            },
            "peak MiB": {
                "writer": held,
                "worker": watch.worker,
            },
        }
        if rivals:
            compare(found, record, texts, words, workers)
    return found


def compare(found: dict[str, Any], record: Record, texts: list[str], words: int, workers: int) -> None:
    """Add the bare parser and parsing everything to the figures."""
    _, seconds, used = timed(lambda: bare(texts, workers))
    found["bare"] = {"seconds": round(seconds, 1), "cpu": round(used, 1), "words/s": round(words / seconds)}
    events, seconds, used = timed(lambda: everything(record))
    found["everything, one process"] = {"seconds": round(seconds, 1), "cpu": round(used, 1), "events": events}
    whole, alone = found["read"], found["bare"]
    found["ratio"] = {
        "wall": round(alone["seconds"] / whole["seconds"], 2),
        "cpu": round(alone["cpu"] / whole["cpu"], 2),
    }


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--copies", type=float, default=0.05)
    parser.add_argument("--pile", type=Path, help="another pile in place of a generated one")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-rivals", action="store_true", help="only `visavis read`")
    given = parser.parse_args()
    made = Path(tempfile.mkdtemp()) / "pile"
    try:
        if given.pile is None:
            write_pages(made, make(given.articles, copies=given.copies))
        figures = measure(given.pile or made, given.workers, not given.no_rivals)
    finally:
        shutil.rmtree(made.parent)
    json.dump(figures, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
