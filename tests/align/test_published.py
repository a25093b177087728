"""Figures that others published come out of the measures, from the votes that they were made of."""

from __future__ import annotations

import csv
import gzip
from functools import cache

import duckdb
import numpy as np

from tests.align.samples import field_file
from visavis.align.similarity import VOTE_LEVELS, agreement, crosstabs

SESSIONS = (5, 45, 67)


@cache
def published() -> dict[tuple[int, str], float]:
    """{(session, COW number): share of votes that agree with the United States} of the textbook's table."""
    with field_file("states_cow.csv").open() as lines:
        number = {row["stateabb"]: row["ccode"] for row in csv.DictReader(lines)}
    with gzip.open(field_file("idealpoints_qss_1946_2012.csv.gz"), "rt") as lines:
        rows = [
            row for row in csv.DictReader(lines) if row["CountryAbb"] in number and row["PctAgreeUS"] not in ("", "NA")
        ]
    return {(int(row["Year"]) - 1945, number[row["CountryAbb"]]): float(row["PctAgreeUS"]) for row in rows}


def shares(session: int, rule: str) -> dict[str, float]:
    path = field_file("unga_votes_s1_69_cow.parquet")
    query = f"select rcid, ccode, vote from '{path}' where session = {session} and vote in (1, 2, 3)"
    found = duckdb.sql(query).fetchnumpy()
    states, at = np.unique(found["ccode"], return_inverse=True)
    calls, row = np.unique(found["rcid"], return_inverse=True)
    choices = np.full((len(calls), len(states)), np.nan)
    choices[row, at] = found["vote"]
    with_usa = agreement(crosstabs(choices, VOTE_LEVELS), VOTE_LEVELS, rule)[list(states).index(2)]
    return {str(state): float(share) for state, share in zip(states, with_usa, strict=True)}


def compared(rule: str) -> tuple[float, float]:
    """(correlation, median absolute difference) over the sessions."""
    known = published()
    pairs = [
        (known[session, state], share)
        for session in SESSIONS
        for state, share in shares(session, rule).items()
        if (session, state) in known and np.isfinite(share)
    ]
    there, here = np.array(pairs).T
    return float(np.corrcoef(there, here)[0, 1]), float(np.median(np.abs(there - here)))


def test_the_textbook_s_shares_of_agreement_with_the_united_states() -> None:
    r, apart = compared("qss")
    assert r > 0.995
    assert apart < 0.002


def test_another_rule_for_abstentions_gives_other_shares() -> None:
    assert compared("bsv")[1] > 0.05
