"""`/scenarios` and `/scenario/NAME`: an argument on the table, with its numbers to move."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from visavis.show import scenarios
from visavis.show.web import examples
from visavis.show.web.library import Ask
from visavis.show.web.reply import Reply, page

router = APIRouter()

Name = Annotated[
    str, Path(max_length=80, description="A scenario: the name of its file without .toml.", examples=["maximin"])
]
At = Annotated[
    list[str], Query(max_length=200, description="A number moved inside its range, NAME:VALUE; may be repeated.", examples=[["staff.RUS:40"]])
]  # fmt: skip
Seed = Annotated[int, Query(ge=0, le=1_000_000, description="The seed of the draws.")]


@page(router, "/scenarios", examples.SCENARIOS)
def listed(request: Request, ask: Ask) -> Reply:
    """The scenarios that can be run over this record: its own, and those that come with Visavis."""
    lines = scenarios.fetch_lines(ask.record)
    rows = [{"name": s.name, "title": s.title, "kind": s.kind, "claim": s.claim, "fault": s.fault} for s in lines]
    return Reply("scenarios.html", "Scenarios", {"scenarios": lines}, rows)


@page(router, "/scenario/{name}", examples.SCENARIO)
def scenario(request: Request, ask: Ask, name: Name, at: At = [], seed: Seed = 1) -> Reply:  # noqa: B006
    """One scenario: the claim, the verdict, what carries it and what would flip it, after its numbers were moved."""
    key = f"scenario {scenarios.stamp(ask.record, name)}"
    read = ask.once(key, lambda: scenarios.fetch_scenario(ask.record, name))
    report = scenarios.answer(read, scenarios.read_moves(at), seed)
    swings = {one.name: one for one in report.swings}
    rows = [
        {"assumption": one.name, "low": one.low, "best": one.best, "high": one.high, "basis": one.basis}
        | {"margin_low": swing.margin_low if swing else None, "margin_high": swing.margin_high if swing else None}
        | {"turns_at": "; ".join(map(str, swing.turns_at)) if swing else "", "rests_on": one.rule or one.source}
        for one in report.assumptions
        for swing in (swings.get(one.name),)
    ]
    shown = scenarios.view_of(name, read, report)
    return Reply("scenario.html", report.title, report.json(), rows, {"shown": shown, "seed": seed})
