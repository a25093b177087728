"""The drafts of the field run as they were written, or say in one sentence what to write instead."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from visavis.errors import ScenarioError
from visavis.reason import scenario

WEST = '[blocs]\nwest = ["USA", "CAN", "GBR", "DEU", "FRA", "ITA", "POL", "NLD", "JPN"]\n'


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """The drafts in a folder below their data, with the one bloc that they leave open defined."""
    folder = tmp_path_factory.mktemp("data")
    for name in ("expulsions.csv", "trade_2013_38x39.csv.gz"):
        (folder / name).symlink_to(shared / name)
    shutil.copytree(shared / "scenarios", folder / "scenarios")
    draft = folder / "scenarios" / "shock_004.toml"
    draft.chmod(0o644)
    draft.write_text(draft.read_text("utf-8") + WEST, "utf-8")
    return folder / "scenarios"


def test_the_exchange_is_fitted_on_the_ratio_of_two_columns(drafts: Path) -> None:
    found = scenario(drafts / "exchange_000.toml")
    assert found.holds == "true" and found.outcome.figures["kernel.match"] > 0.7
    assert found.best["stop"] == 0.1
    assert any("restrict companies" in note for note in found.outcome.notes)


def test_a_bloc_that_nobody_defined_is_asked_for(shared: Path) -> None:
    with pytest.raises(ScenarioError, match=r"line 18: there is no bloc 'west'") as found:
        scenario(shared / "scenarios" / "shock_004.toml")
    assert 'Write a table [blocs] with west = ["USA", "DEU"]' in str(found.value.hint)


def test_the_shock_names_states_by_code_where_its_data_have_names(drafts: Path) -> None:
    found = scenario(drafts / "shock_004.toml")
    assert found.at_best is True
    figures = found.outcome.figures
    assert figures["real_income.CHN"] == figures["real_income.China"] > 0 > figures["real_income.RUS"]
    assert figures["import_share_after.CHN.RUS.energy"] > figures["import_share_before.CHN.RUS.energy"]


def test_the_decision_takes_its_figure_from_the_shock(drafts: Path, shared: Path) -> None:
    found = scenario(drafts / "maximin_004.toml")
    assert found.at_best is True and [one.name for one in found.flips()] == ["level.lose_partner.distance"]
    assert not any("shock_004" in one for one in found.unresolved)
    alone = scenario(shared / "scenarios" / "maximin_004.toml")
    assert any("that scenario does not run" in one for one in alone.unresolved), (
        "a fault elsewhere is listed, not fatal"
    )
