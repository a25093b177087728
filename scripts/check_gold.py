"""Check the gold set: format, substrings, codes, duplicates, split, quotas: `python scripts/check_gold.py [--no-quotas]`.

Prints one line per fault and exits 1, or prints the counts and exits 0. The rules are those of docs/coding-guide.md.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from split_gold import GOLD, half

QUADS = {
    1: "AGREE CONSULT SUPPORT CONCEDE",
    2: "COOPERATE AID RETREAT",
    3: "REQUEST ACCUSE REJECT THREATEN SANCTION",
    4: "PROTEST MOBILIZE COERCE ASSAULT",
}
QUAD = {name: quad for quad, names in QUADS.items() for name in names.split()}
MODES = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release return disarm ceasefire access resign ease",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict ban arrest relations expel territory violence",
    "SANCTION": "convict expel withdraw discontinue",
    "PROTEST": "demo riot strike hunger boycott obstruct",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict ban censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "beat torture execute sexual assassinate firearms explosives suicide-attack heavy-weapons crowd-control "
    "cleansing massacre unconventional abduct territory",
}
STATUSES = ("happened", "future", "hypothetical", "denied", "historical")
STYLES = ("wire", "opinion", "translated", "spun", "readout", "headline", "quote")
KINDS = ("government", "media", "expert", "organisation", "person", "unknown")
SECTOR_NAMES = "GOV MIL REB CVL REF OPP ELI COP LEG JUD MED EDU LAB UAF BUS CRM JRN SPY REL NGO"
ORG_NAMES = (
    "UNO EUR NATO SCO APEC ASEAN OPEC OSCE OAS AU ECOWAS IMF WTO WBK G7 G8 G20 BRICS CIS CSTO EAEU ARB GCC OIC IOM ECO "
    "MERCOSUR SADC IGAD COE OECD ICC ICJ IAEA WHO UNHCR IGO NGO MNC IMG WST KOS COMW SAARC CARICOM PIF EAC AFR"
)
SECTORS, ORGS = frozenset(SECTOR_NAMES.split()), frozenset(ORG_NAMES.split())
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?")
Row = dict[str, Any]


def load(name: str) -> list[Row]:
    """The rows of one half."""
    path = GOLD / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def party_faults(party: Row, context: str) -> list[str]:
    """What is wrong with one party: its words must stand in the text, its codes be known."""
    found = []
    if set(party) != {"text", "code", "sector"} or not party["text"] or party["text"] not in context:
        found.append(f"party not in the text: {party}")
    if party.get("code") and not (re.fullmatch(r"[A-Z]{3}", party["code"]) or party["code"] in ORGS):
        found.append(f"unknown code: {party}")
    if party.get("sector") is not None and party["sector"] not in SECTORS:
        found.append(f"unknown sector: {party}")
    return found


def event_faults(event: Row, text: str, context: str) -> list[str]:
    """What is wrong with one event of the sentence `text`, which stands in `context`."""
    kind = event.get("event", "")
    if kind not in QUAD:
        return [f"unknown type {kind!r}"]
    found = []
    if event["quad"] != QUAD[kind]:
        found.append(f"{kind} is quad {QUAD[kind]}")
    if event["mode"] is not None and event["mode"] not in MODES[kind].split():
        found.append(f"{kind} has no mode {event['mode']}")
    if event["cameo"] is not None and not re.fullmatch(r"(0[3-9]|1\d|20)\d{1,2}", event["cameo"]):
        found.append(f"no CAMEO code: {event['cameo']}")
    if event["status"] not in STATUSES:
        found.append(f"no status: {event['status']}")
    if event["date"] is not None and not DATE.fullmatch(event["date"]):
        found.append(f"no date: {event['date']}")
    if not event["words"] or event["words"] not in text:
        found.append(f"words not in the sentence: {event['words']!r}")
    if any(alt not in QUAD or alt == kind for alt in event.get("event_alt", [])):
        found.append(f"odd event_alt: {event['event_alt']}")
    for party in event["source"] + event["target"]:
        found += party_faults(party, context)
    for voice in event["voice"]:
        if (
            voice["kind"] not in KINDS
            or voice["text"] not in context
            or set(voice) - {"text", "code", "kind", "anonymous"}
        ):
            found.append(f"odd voice: {voice}")
    return found


def row_faults(row: Row, context: str) -> list[str]:
    """What is wrong with one row. `context` is the whole document, in which references are resolved."""
    found = []
    if extra := set(row) - {"id", "text", "date", "doc", "style", "events", "doubtful"}:
        found.append(f"unknown fields {sorted(extra)}")
    if row["style"] not in STYLES:
        found.append(f"unknown style {row['style']}")
    if not 2 <= len(row["text"].split()) <= 60:
        found.append(f"{len(row['text'].split())} words")
    for event in row["events"]:
        found += event_faults(event, row["text"], context)
    return found


def shingles(text: str) -> set[tuple[str, ...]]:
    """The sets of four words in a row, lower case."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 4]) for i in range(len(words) - 3)}


def duplicates(rows: list[Row]) -> list[str]:
    """Pairs of rows of which the shorter shares half of its four-word shingles with the other, and ids used twice."""
    found = [f"id used twice: {i}" for i, n in Counter(r["id"] for r in rows).items() if n > 1]
    where: dict[tuple[str, ...], list[int]] = {}
    sets = [shingles(r["text"]) for r in rows]
    for k, grams in enumerate(sets):
        shared = Counter(j for g in grams for j in where.get(g, ()))
        for j, n in shared.items():
            if n >= 2 and n * 2 >= min(len(grams), len(sets[j])):
                found.append(f"near-duplicates: {rows[j]['id']} {rows[k]['id']}")
        for g in grams:
            where.setdefault(g, []).append(k)
    return found


def counts(rows: list[Row]) -> dict[str, Counter[str]]:
    """How many rows and events there are of each kind."""
    events = [e for r in rows for e in r["events"]]
    return {
        "rows": Counter(
            all=len(rows), none=sum(not r["events"] for r in rows), documents=len({r.get("doc") for r in rows} - {None})
        ),
        "events": Counter(
            all=len(events),
            voiced=sum(bool(e["voice"]) for e in events),
            chains=sum(len(e["voice"]) > 1 for e in events),
            dated=sum(bool(e["date"]) for e in events),
        ),
        "types": Counter(e["event"] for e in events),
        "status": Counter(e["status"] for e in events),
        "styles": Counter(r["style"] for r in rows),
        "voiced rows": Counter(all=sum(any(e["voice"] for e in r["events"]) for r in rows)),
    }


def quota_faults(rows: list[Row]) -> list[str]:
    """Which quotas of issue 3 (point 6) do not hold."""
    have = counts(rows)
    floors = [("rows", "all", 1040), ("rows", "none", 420), ("voiced rows", "all", 120)]
    floors += [("types", kind, 35) for kind in QUAD] + [("status", s, 40) for s in STATUSES]
    return [f"only {have[k][n]} {k} {n}, wanted {want}" for k, n, want in floors if have[k][n] < want]


def faults(quotas: bool = True) -> list[str]:
    """Every fault of the gold set, one line each; empty when all is well."""
    halves = {name: load(name) for name in ("dev", "unseen")}
    rows = halves["dev"] + halves["unseen"]
    documents: dict[str, str] = {}
    for row in rows:
        key = row.get("doc") or row["id"]
        documents[key] = documents.get(key, "") + " " + row["text"]
    found = [f"{r['id']}: {fault}" for r in rows for fault in row_faults(r, documents[r.get("doc") or r["id"]])]
    found += [
        f"{r['id']} stands in {name}, belongs to {half(r)}" for name in halves for r in halves[name] if half(r) != name
    ]
    return found + duplicates(rows) + (quota_faults(rows) if quotas else [])


def main() -> None:
    """Print the faults and exit 1, or print the counts."""
    if found := faults(quotas="--no-quotas" not in sys.argv):
        sys.exit("\n".join(found))
    for name, counter in counts(load("dev") + load("unseen")).items():
        sys.stdout.write(f"{name}: {dict(counter.most_common())}\n")


if __name__ == "__main__":
    main()
