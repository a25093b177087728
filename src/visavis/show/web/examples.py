"""Examples of answers for the description of the addresses (OpenAPI): short, and of the form that the views have."""

from __future__ import annotations

from typing import Any

_LINE: dict[str, Any] = {
    "event_id": "7fe538dd6aca9057",
    "date": "2020-06-18",
    "type": "REQUEST",
    "quad": 3,
    "status": "happened",
    "sources": ["CHN GOV"],
    "targets": ["IND"],
    "quote": "Wang demanded that India control its troops, the ministry said.",
    "marks": [{"start": 0, "end": 4, "roles": ["source"]}],
    "told_by": ["the ministry"],
    "confidence": 0.98,
    "intensity": -1.0,
}
_COUNTS = {"events": 3, "cooperative": 1, "conflictual": 2, "balance": -0.333}
_ARTICLE = {"article_id": "6603b14434131192", "title": "India and China accuse each other", "published": "2020-06-18"}

EVENTS = {
    "filters": {"q": "troops", "a": "CHN", "b": "IND"},
    "total": 61,
    "more_than_total": False,
    "events": [_LINE],
    "next": 50,
}
EVENT = {
    "event": {key: _LINE[key] for key in ("event_id", "type", "quad", "status", "quote", "marks", "confidence")},
    "paragraphs": [[{"words": "Wang", "roles": ["source"], "sentence": True, "event_id": ""}]],
    "citation": "“India and China accuse each other”, Example Post, 2020-06-18: “Wang demanded ...”",
    "link": "https://post.example/clash#:~:text=Wang%20demanded",
}
STORY = {
    "story_id": "6603b14434131192",
    "articles": 2,
    "tree": {"article": _ARTICLE, "branches": []},
    "events": [_LINE],
}
VERSIONS = {
    "same": 76,
    "changed": 12,
    "added": 4,
    "cut": 2,
    "swaps": [["accused", "blamed"]],
    "rows": [{"original": [["same", "India"]], "copy": [["same", "India"]]}],
}
DYAD = {
    "a": "CHN",
    "b": "IND",
    "by": "year",
    "total": _COUNTS,
    "periods": [{"period": "2020", "counts": _COUNTS, "articles": 40, "intensity": -0.7}],
    "last": [_LINE],
}
ACTOR = {
    "code": "CHN",
    "name": "China",
    "total": _COUNTS,
    "partners": [{"code": "IND", "name": "India", "counts": _COUNTS}],
}
ACTORS = {"actors": [{"code": "CHN", "name": "China", "events": 120}]}
STORIES = {
    "stories": [{"story_id": "6603b14434131192", "title": "India and China accuse each other", "articles": 2}],
    "next": 50,
}
FRONT = {"overview": {"pages": 70, "articles": 73, "stories": 66}, "middle": "2022-04-07", "changed": [], "copied": []}
RECORD = {
    "name": "my-record",
    "citation": "Visavis record “my-record”, run 1 ...",
    "tables": [{"name": "events", "rows": 535}],
}
SQL = {"query": "select count(*) as n from events", "columns": ["n"], "rows": [{"n": 535}]}
NETWORK = {
    "at": "2022-09",
    "dates": ["2022-08", "2022-09", "all"],
    "nodes": [{"code": "CHN", "name": "China", "camp": 1, "margin": 0.6, "events": 41, "x": 500.0, "y": 280.0}],
    "ties": [{"a": "CHN", "b": "RUS", "net": 0.82, "se": 0.4, "cooperative": 22, "conflictual": 3, "against": False}],
    "camps": [["CHN", "RUS"], ["USA"]],
    "frustration": 3,
    "proven": True,
    "balances": [{"measure": "triangle", "value": 0.71, "null_mean": 0.5, "null_sd": 0.07, "p": 0.01}],
}
MAP = {
    "measure": "net",
    "actor": "CHN",
    "at": "all",
    "tiles": [{"code": "RUS", "name": "Russia", "row": 1, "column": 16, "value": 0.82, "se": 0.4, "step": 2}],
    "classes": [[-3, "−1.0 or more"], [0, "within 0.1 of 0"], [3, "+1.0 or more"]],
}
TIMELINE = {
    "by": "year",
    "facet": "type",
    "filters": {"a": "CHN"},
    "periods": ["2020", "2021"],
    "rows": [
        {
            "key": "CONSULT",
            "label": "CONSULT",
            "bars": [{"period": "2020", "cooperative": 4, "conflictual": 0, "since": "2020", "until": "2020"}],
        }
    ],
}
SCENARIOS = {
    "scenarios": [{"name": "maximin", "title": "Beijing's stance", "kind": "decision", "claim": "Neutrality continues"}]
}
SCENARIO = {
    "title": "Beijing's stance",
    "kind": "decision",
    "holds": "depends",
    "verdict": "It depends: the claim holds at the best values, but 1 of 41 assumptions with a range turns it alone.",
    "result": {"figures": {"maximin.neutral": -1.0}},
}
