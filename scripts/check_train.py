"""Checks `model/train.jsonl`, the sentences on which the event classifier is trained.

    python scripts/check_train.py [FILE]

prints one line per problem, then the counts, and exits 1 when there is a problem. Near-duplicates share more than
half of their word trigrams; such pairs teach a classifier names instead of verbs.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

COOPERATION = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT"
CONFLICT = "REQUEST ACCUSE REJECT THREATEN SANCTION PROTEST MOBILIZE COERCE ASSAULT"
TYPES = (*COOPERATION.split(), *CONFLICT.split())
STATUSES = {"happened", "future", "hypothetical", "denied", "historical"}
FIELDS = {"event", "mode", "cameo", "source", "target", "words", "status"}
TOTAL, PER_TYPE, WITHOUT_EVENT, PER_CODE = 4000, 150, 900, 3
MIN_WORDS, MAX_WORDS = 3, 60
NEAR = 0.5  # share of common word trigrams above which two sentences count as one
# Codes of CAMEO 03-20 in which agencies rarely report, or that PLOVER merges with their neighbour.
RARE_CODES = "031 033 034 035 056 070 081 083 084 086 101 104 132 1234 183 200 203 204 2042 144 1451 1454"
RARE = frozenset(RARE_CODES.split())

Row = dict[str, Any]


def read_rows(path: Path) -> list[Row]:
    """The sentences of a JSONL file, in order. Raises ValueError (json) on a broken line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def events_of(row: Row) -> list[Row]:
    """The events of a sentence: none for NONE, the list under `events`, or the row itself."""
    if row.get("event") == "NONE":
        return []
    return list(row.get("events", [row]))


def trigrams(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def event_problems(event: Row, text: str) -> Iterator[str]:
    if event.get("event") not in TYPES:
        yield f"unknown type {event.get('event')!r}"
    if event.get("status") not in STATUSES:
        yield f"unknown status {event.get('status')!r}"
    if not re.fullmatch(r"(0[3-9]|1\d|20)\d{1,2}", event.get("cameo", "")):
        yield f"odd CAMEO code {event.get('cameo')!r}"
    if not event.get("words") or event["words"] not in text:
        yield f"words {event.get('words')!r} are not in the text"
    for party in event.get("source", []) + event.get("target", []):
        if not party["text"] or party["text"] not in text:
            yield f"party {party['text']!r} is not in the text"
        if not re.fullmatch(r"[A-Z0-9]*", party["code"]):
            yield f"odd actor code {party['code']!r}"
    if unknown := set(event) - FIELDS - {"id", "text"}:
        yield f"unknown fields {sorted(unknown)}"


def row_problems(row: Row) -> Iterator[str]:
    text = row.get("text", "")
    if text != " ".join(text.split()):
        yield "stray white space"
    if not MIN_WORDS <= len(text.split()) <= MAX_WORDS:
        yield f"{len(text.split())} words"
    if re.search(r"[\[\]{}|~<>]", text):
        yield "left-over markup"
    if row.get("event") == "NONE" and set(row) != {"id", "text", "event"}:
        yield "a sentence without event carries event fields"
    for event in events_of(row):
        yield from event_problems(event, text)


def near_duplicates(rows: Iterable[Row]) -> Iterator[str]:
    """One line per pair of sentences that share more than `NEAR` of their word trigrams (Jaccard)."""
    grams = {row["id"]: trigrams(row["text"]) for row in rows}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, found in grams.items():
        for gram in found:
            holders[gram].append(key)
    pairs = {pair for keys in holders.values() for pair in combinations(sorted(keys), 2)}
    for a, b in sorted(pairs):
        if len(grams[a] & grams[b]) > NEAR * len(grams[a] | grams[b]):
            yield f"{a} and {b} are near-duplicates"


def problems(rows: list[Row]) -> list[str]:
    """Everything that is wrong with single sentences or pairs of them; empty when all is well."""
    found = [f"{row.get('id')}: {problem}" for row in rows for problem in row_problems(row)]
    for field in ("id", "text"):
        counts = Counter(row.get(field, "").lower() for row in rows)
        found += [f"{field} {value!r} occurs {n} times" for value, n in counts.items() if n > 1]
    return found + list(near_duplicates(rows))


def shortfalls(rows: list[Row]) -> list[str]:
    """The quotas that are missed: sentences in all, without event, per type, per CAMEO code in use."""
    types = Counter(event["event"] for row in rows for event in events_of(row))
    codes = Counter(event["cameo"] for row in rows for event in events_of(row))
    empty = sum(not events_of(row) for row in rows)
    wanted = [("sentences", len(rows), TOTAL), ("sentences without event", empty, WITHOUT_EVENT)]
    wanted += [(name, types[name], PER_TYPE) for name in TYPES]
    wanted += [(f"CAMEO {code}", n, PER_CODE) for code, n in sorted(codes.items()) if code not in RARE]
    return [f"{name}: {n}, wanted {least}" for name, n, least in wanted if n < least]


def main() -> int:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "model" / "train.jsonl"
    rows = read_rows(path)
    found = problems(rows) + shortfalls(rows)
    print("\n".join(found))
    print(f"{len(rows)} sentences, {len(found)} problems")
    for field in ("event", "status"):
        print(dict(Counter(event[field] for row in rows for event in events_of(row)).most_common()))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
