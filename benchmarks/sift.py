"""How fast copies are found on one core, and whether the time grows in step with the pile; rensa and datasketch beside.

    python benchmarks/sift.py                     1,000, 3,000 and 10,000 generated articles
    python benchmarks/sift.py --sizes 100000 --rivals 0

An article has 1,000 words drawn by Zipf's law from 30,000 made-up words and the shipped common words. Of ten articles one is a
copy of an earlier one: wrapped in furniture, cut, reworded (three words in ten), or a block quoted in an article of its own.
Seconds are processor time of this process. Rivals compare whole articles by MinHash with LSH at the threshold of Jaccard .5,
on word triples, and are run on at most `--rivals` articles.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from visavis.records import Article
from visavis.sift import Index, fingerprint, verify
from visavis.sift.words import common_words

WORDS = 1000
Pairs = set[tuple[int, int]]


def articles(count: int, seed: int = 5) -> tuple[list[str], Pairs]:
    """`count` texts, and which of them (copy, source) copy which."""
    pick = np.random.default_rng(seed)
    little = np.array(sorted(common_words()))
    made = np.array(["".join(pick.choice(list("bdfgklmnprstvzaeiou"), 7)) for _ in range(30_000)])
    chance = 1 / np.arange(1, len(made) + 1)
    chance /= chance.sum()
    texts: list[str] = []
    pairs: Pairs = set()
    for number in range(count):
        if number > 10 and pick.random() < 0.1:
            source = int(pick.integers(number))
            texts.append(_copy(texts[source], pick, made))
            pairs.add((number, source))
        else:
            texts.append(_text(pick, little, made, chance))
    return texts, pairs


def _text(pick: np.random.Generator, little: np.ndarray, made: np.ndarray, chance: np.ndarray) -> str:
    words = np.where(pick.random(WORDS) < 0.5, pick.choice(little, WORDS), pick.choice(made, WORDS, p=chance)).tolist()
    for at in pick.integers(WORDS, size=80).tolist():
        words[at] = words[at].capitalize()
    return "\n\n".join(" ".join(words[at : at + 50]) + "." for at in range(0, WORDS, 50))


def _copy(source: str, pick: np.random.Generator, made: np.ndarray) -> str:
    kind = int(pick.integers(4))
    words = source.split(" ")
    if kind == 0:
        return f"Menu\n\nHome\n\n{source}\n\nRelated topics: trade\n\nShare this page"
    if kind == 1:
        return " ".join(words[: len(words) // 2]) + "..."
    swapped = [w if pick.random() > 0.3 or w[0].isupper() else str(pick.choice(made)) for w in words]
    return " ".join(swapped) if kind == 2 else " ".join([*words[200:300], *map(str, pick.choice(made, 900))])


def ours(texts: list[str]) -> Iterator[tuple[str, object]]:
    """The seconds of each pass by name, then the pairs found."""
    pile = [Article(article_id=f"{n:08}", page_id="", spans=(), title="", text=t) for n, t in enumerate(texts)]
    begun = time.process_time()
    prints = [fingerprint(article) for article in pile]
    yield "fingerprint", time.process_time() - begun
    begun = time.process_time()
    pairs = Index.of(prints).pairs()
    yield "search", time.process_time() - begun
    begun = time.process_time()
    copies = verify({article.article_id: article for article in pile}, pairs)
    yield "verify", time.process_time() - begun
    yield "pairs", {(int(c.article_id), int(c.of_article_id)) for c in copies}


def with_datasketch(texts: list[str]) -> Pairs:
    """The pairs that datasketch's MinHash LSH finds."""
    from datasketch import MinHash, MinHashLSH

    index, found = MinHashLSH(threshold=0.5, num_perm=128), set()
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([triple.encode() for triple in _triples(text)])
        found |= {(number, other) for other in index.query(sketch)}
        index.insert(number, sketch)
    return found


def with_rensa(texts: list[str]) -> Pairs:
    """The pairs that rensa's MinHash LSH finds."""
    import rensa

    index, found = rensa.RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32), set()
    for number, text in enumerate(texts):
        sketch = rensa.RMinHash(num_perm=128, seed=42)
        sketch.update(list(_triples(text)))
        found |= {(number, other) for other in index.query(sketch)}
        index.insert(number, sketch)
    return found


def _triples(text: str) -> set[str]:
    words = text.lower().split()
    return {" ".join(words[at : at + 3]) for at in range(len(words) - 2)}


def scores(found: Pairs, true: Pairs) -> dict[str, float]:
    """Precision, recall and F1; copies of one source, which copy each other, are left out."""
    source = dict(true)

    def root(number: int) -> int:
        while number in source:
            number = source[number]
        return number

    labelled = {frozenset(pair) for pair in true}
    hits = len({frozenset(pair) for pair in found} & labelled)
    wrong = sum(root(a) != root(b) for a, b in found)
    precision, recall = hits / max(1, hits + wrong), hits / max(1, len(labelled))
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(1e-9, precision + recall)}


def main() -> None:
    """Print one JSON line for each size and tool."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--sizes", default="1000,3000,10000")
    ask.add_argument("--rivals", type=int, default=1000)
    given = ask.parse_args()
    rivals: dict[str, Callable[[list[str]], Pairs]] = {"datasketch": with_datasketch, "rensa": with_rensa}
    for size in map(int, given.sizes.split(",")):
        texts, true = articles(size)
        told = dict(ours(texts))
        found = told.pop("pairs")
        seconds = sum(float(value) for value in told.values())  # type: ignore[arg-type]
        passes = {name: round(float(value), 2) for name, value in told.items()}  # type: ignore[arg-type]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        _say("visavis", size, seconds, scores(found, true), **passes, peak_mb=memory)  # type: ignore[arg-type]
        for name, find in rivals.items():
            if size <= given.rivals:
                begun = time.process_time()
                try:
                    met = find(texts)
                except ImportError:
                    continue
                _say(name, size, time.process_time() - begun, scores(met, true))


def _say(tool: str, size: int, seconds: float, scored: dict[str, float], **more: float) -> None:
    row = {"tool": tool, "articles": size, "articles_per_second": round(size / seconds)}
    sys.stdout.write(json.dumps(row | {name: round(value, 3) for name, value in scored.items()} | more) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
