"""`visavis reason` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Visavis


def test_the_memo_says_claim_verdict_and_sources(visavis: Visavis, tmp_path: Path) -> None:
    code, out, err = visavis("reason", "vote-iom.toml", "--draws", 20, "--flips", "--html", tmp_path / "m.html")
    assert code == 0 and "written" in err
    assert all(part in out for part in ("Claim ", "Verdict ", "What would flip it", "Sources"))
    assert "<svg" in (tmp_path / "m.html").read_text("utf-8")


def test_json_is_complete_and_alone_on_standard_output(visavis: Visavis) -> None:
    code, out, _ = visavis("reason", "vote-security-council.toml", "--json")
    found = json.loads(out)
    assert code == 0 and found["holds"] is True
    assert found["result"]["power"]["shapley"]["CHN"] == "421/2145"


def test_a_trace_names_the_source(visavis: Visavis) -> None:
    code, out, _ = visavis("reason", "vote-iom.toml", "--trace", "count.for")
    assert code == 0 and "116 states voted for it" in out


def test_the_shipped_ones_are_listed_and_an_unknown_one_is_an_error(visavis: Visavis) -> None:
    assert "maximin.toml" in visavis("reason", "--list")[1].split()
    code, _, err = visavis("reason", "nowhere.toml")
    assert code == 1 and "There is no scenario" in err and "maximin.toml" in err
