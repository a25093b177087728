"""How well copies are found: predicted pairs against labelled ones.

A predicted pair is right when it is labelled (whichever side is named first), left out when the two documents share a source,
and a false alarm otherwise. Core recall leaves out the kinds in `FRINGE`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from visavis.errors import InputError
from visavis.records import Article, Copy

from .link import link

FRINGE = frozenset({"teaser", "stitched_teaser", "verbatim_host", "edited_insert"})


class KindScore(Struct, frozen=True, kw_only=True):
    """One kind of copy: how many are labelled, the recall, the mean overlap (intersection over union, 0..1) of the copied span
    with the labelled one and the share of right directions, both over the pairs found."""

    pairs: int
    recall: float
    span_overlap: float | None
    direction: float | None


class CopyScores(Struct, frozen=True, kw_only=True):
    """Precision, recall and F1 (0..1) with Wilson's 95 % intervals, and each kind by name."""

    precision: float
    recall: float
    core_recall: float
    f1: float
    precision_interval: tuple[float, float]
    core_recall_interval: tuple[float, float]
    false_alarms: int
    span_overlap: float
    kinds: dict[str, KindScore]


def find_pairs(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The copies among documents {"id", "text"}: {"copy", "source", "kind", "score", "span", "direction", "why"}, by id.

    `span` is the copied part in the copy (code points, end exclusive). Raises InputError when an id stands twice with other
    text."""
    for copy in link(_articles(rows)).copies:
        yield {
            "copy": copy.article_id,
            "source": copy.of_article_id,
            "kind": copy.kind,
            "score": copy.score,
            "span": _hull(copy),
            "direction": copy.direction,
            "why": list(copy.why),
        }


def score_pairs(found: Sequence[Mapping[str, Any]], labels: Sequence[Mapping[str, Any]]) -> CopyScores:
    """The scores of pairs as `find_pairs` gives them against labels {"copy", "source", "kind", "span"}."""
    sources: defaultdict[str, set[str]] = defaultdict(set)
    labelled: dict[frozenset[str], Mapping[str, Any]] = {}
    for label in labels:
        sources[label["copy"]].add(label["source"])
        sources[label["source"]].add(label["source"])
        labelled[frozenset((label["copy"], label["source"]))] = label
    hits: dict[frozenset[str], Mapping[str, Any]] = {}
    alarms = 0
    for pair in found:
        key = frozenset((pair["copy"], pair["source"]))
        if key in labelled:
            hits[key] = pair
        elif not sources[pair["copy"]] & sources[pair["source"]]:
            alarms += 1
    return _scores(labelled, hits, alarms)


def _scores(
    labelled: Mapping[frozenset[str], Mapping[str, Any]], hits: Mapping[frozenset[str], Mapping[str, Any]], alarms: int
) -> CopyScores:
    names = sorted({label["kind"] for label in labelled.values()})
    kinds = {name: _kind(name, labelled, hits) for name in names}
    core = [key for key, label in labelled.items() if label["kind"] not in FRINGE]
    core_hits = sum(key in hits for key in core)
    precision, recall = _ratio(len(hits), len(hits) + alarms), _ratio(len(hits), len(labelled))
    core_recall = _ratio(core_hits, len(core))
    overlaps = [_overlap(pair, labelled[key]) for key, pair in hits.items() if labelled[key]["kind"] not in FRINGE]
    return CopyScores(
        precision=precision,
        recall=recall,
        core_recall=core_recall,
        f1=_ratio(2 * precision * core_recall, precision + core_recall),
        precision_interval=wilson(len(hits), len(hits) + alarms),
        core_recall_interval=wilson(core_hits, len(core)),
        false_alarms=alarms,
        span_overlap=_mean(overlaps) or 0.0,
        kinds=kinds,
    )


def _kind(
    name: str,
    labelled: Mapping[frozenset[str], Mapping[str, Any]],
    hits: Mapping[frozenset[str], Mapping[str, Any]],
) -> KindScore:
    keys = [key for key, label in labelled.items() if label["kind"] == name]
    met = [key for key in keys if key in hits]
    return KindScore(
        pairs=len(keys),
        recall=_ratio(len(met), len(keys)),
        span_overlap=_mean([_overlap(hits[key], labelled[key]) for key in met if labelled[key].get("span")]),
        direction=_mean([float(hits[key]["copy"] == labelled[key]["copy"]) for key in met]),
    )


def _overlap(pair: Mapping[str, Any], label: Mapping[str, Any]) -> float:
    """Intersection over union of the two spans in the copy; 0 when the pair names the other side as the copy."""
    if pair["copy"] != label["copy"] or not label.get("span") or not pair.get("span"):
        return 0.0
    (a, b), (c, d) = pair["span"], label["span"]
    return float(max(0, min(b, d) - max(a, c)) / max(1, max(b, d) - min(a, c)))


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval for a share (Wilson, JASA 22(158), 1927); (0, 1) when there is nothing to count."""
    if not total:
        return (0.0, 1.0)
    z, share = 1.959964, hits / total
    middle = share + z * z / (2 * total)
    reach = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return (max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale))


def _articles(rows: Iterable[Mapping[str, Any]]) -> list[Article]:
    articles: dict[str, Article] = {}
    for row in rows:
        article = Article(article_id=str(row["id"]), page_id="", spans=(), title="", text=str(row["text"]))
        if articles.setdefault(article.article_id, article).text != article.text:
            raise InputError(f"The id {article.article_id!r} stands twice, with different texts.", "Give each an id.")
    return list(articles.values())


def _hull(copy: Copy) -> list[int]:
    return [min(span.start for span in copy.spans), max(span.end for span in copy.spans)]


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
