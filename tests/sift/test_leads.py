"""The search for leads finds every lead that agrees, and not every lead there is."""

from __future__ import annotations

import random
from itertools import combinations

from msgspec.structs import replace

from tests.sift.factory import event, rows
from visavis.records import Event
from visavis.sift.agreement import agree
from visavis.sift.details import Details
from visavis.sift.leads import Leads

TOLD = [event(f"{n}{side}", row[side]) for n, row in enumerate(rows("happening_pairs.jsonl")) for side in "ab"]


def test_every_lead_that_agrees_is_found() -> None:
    dice = random.Random(7)
    events = [varied(each, dice) for each in TOLD for _ in range(3)]
    held = [Details(each) for each in events]
    leads = Leads()
    for number, each in enumerate(events):
        leads.add(number, each, held[number])
    near = [set(leads.near(each, held[number])) for number, each in enumerate(events)]
    agreeing = 0
    for a, b in combinations(range(len(events)), 2):
        if agree(events[a], held[a], events[b], held[b]) is not None:
            agreeing += 1
            assert a in near[b]
            assert b in near[a]
    assert agreeing > 200


def test_a_lead_of_another_season_is_not_asked() -> None:
    spring = replace(TOLD[0], date_from="2019-03-02", date_to="2019-03-02", date_precision="day")
    leads = Leads()
    for number in range(12):
        day = f"2021-{number + 1:02}-11"
        other = replace(spring, date_from=day, date_to=day)
        leads.add(number, other, Details(other))
    assert leads.near(spring, Details(spring)) == []


def varied(told: Event, dice: random.Random) -> Event:
    """The event with another date, place or article, now and then with its sides exchanged."""
    day = f"{dice.choice((2020, 2021))}-{dice.randint(1, 3):02}-{dice.randint(1, 27):02}"
    last, precision = dice.choice(((day, "day"), (f"{day[:8]}28", "interval"), (f"{day[:4]}-12-31", "year")))
    dated = replace(told, date_from=day, date_to=last, date_precision=precision, date_basis="text")
    told = dice.choice((told, dated, replace(told, date_from=None, date_to=None, date_precision="unknown")))
    if dice.random() < 0.2:
        told = replace(told, sources=told.targets, targets=told.sources)
    article = dice.choice((told.article_id, f"{dice.randint(0, 9):016x}"))
    place = dice.choice((told.place, "", "Paris", "near Paris"))
    return replace(told, article_id=article, start=told.start + dice.randint(0, 3), place=place)
