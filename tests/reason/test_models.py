"""Exchange, bargain, align and shock: published figures where the data are there, and claims that need none."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reason.conftest import Write
from visavis.errors import ScenarioError
from visavis.reason import scenario
from visavis.reason.kinds import camps, hat, scholz, smp
from visavis.reason.kinds.missions import answer
from visavis.reason.kinds.replies import Exchange, classify, fit

# Published in the paper's table of the emissions example: power, position, salience.
EMISSIONS = [
    (0.08, 4, 0.8), (0.08, 7, 0.4), (0.03, 4, 0.2), (0.16, 4, 0.8), (0.16, 10, 0.6),
    (0.16, 10, 0.6), (0.16, 10, 0.9), (0.05, 7, 0.1), (0.05, 4, 1.0), (0.08, 7, 0.7),
]  # fmt: skip
PATH = [7.390, 7.461, 7.553, 7.590, 7.358, 7.349, 7.415, 7.510, 7.572, 7.325, 7.242]


@pytest.mark.parametrize(
    ("rule", "count"), [("none", 0), ("half", 9), ("match", 18), ("share", 18 / 90 * 30), ("escalate", 30)]
)
def test_replies_by_rule_never_expel_more_than_there_are(rule: str, count: float) -> None:
    assert answer(rule, 18, own=30, hit=90) == count


def test_symmetry_hits_the_smaller_mission_and_equal_missions_flip_it() -> None:
    found = scenario("expulsions.toml")
    figures = found.outcome.figures
    assert figures["loss_share.CZE"] == pytest.approx(18 / 30) and figures["loss_share.RUS"] == pytest.approx(18 / 94)
    assert figures["loss_share.share.CZE"] == pytest.approx(figures["loss_share.share.RUS"])
    assert figures["stops_first.match.CZE"] == 1
    assert [one.name for one in found.flips()] == ["staff.RUS"]


def test_past_replies_are_told_apart_and_fitted_with_intervals() -> None:
    past = [
        Exchange(10, 10),
        Exchange(18, 20),
        Exchange(3, 5),
        Exchange(35, 0),
        Exchange(20, 10),
        Exchange(20, 5, 25, 100),
    ]
    assert [classify(one) for one in past] == ["match", "match", "escalate", "none", "half", "share"]
    kernel = fit(past, "made up")
    assert sum(mean for _, mean, _ in kernel.ranges.values()) == pytest.approx(1)
    assert all(low <= mean <= high for low, mean, high in kernel.ranges.values())


def test_published_expulsions_are_mostly_matched(write: Write, shared: Path) -> None:
    text = f'kind = "exchange"\n[missions]\nA = {{ B = 30 }}\nB = {{ A = 90 }}\n[open]\nby = "A"\non = "B"\ncount = 9\n[replies]\ndata = "{shared / "expulsions.csv"}"\n'
    figures = write(text).outcome.figures
    assert figures["kernel.match"] > 0.6 and figures["kernel.ratio"] == 1.0


def test_the_emissions_path_under_the_named_reading(write: Write, shared: Path) -> None:
    text = f'kind = "bargain"\ndata = "{shared / "bdm_emissions.csv"}"\n[model]\nname = "scholz"\n'
    detail = write(text).outcome.detail
    assert np.round(np.array(detail["mean"])[:, 0], 3).tolist() == pytest.approx(PATH, abs=5e-4)
    assert len(detail["readings"]) == 8
    assert detail["readings"]["denominator pair, compromise weighted"][1] == pytest.approx(7.604, abs=5e-4)


def test_actors_who_agree_stay_where_they_are() -> None:
    power, position, salience = (np.array(column, dtype=float) for column in zip(*EMISSIONS, strict=True))
    still = scholz.solve(scholz.Params(power, np.full_like(position, 5.0), salience))
    assert (still.positions == 5).all()
    moved = smp.solve(smp.Params(power, np.full((10, 1), 0.5), salience[:, None]))
    assert np.allclose(moved.positions, 0.5)


def test_ktabs_example_ends_where_one_actor_stands_out(write: Write, shared: Path) -> None:
    detail = write(f'kind = "bargain"\ndata = "{shared / "ktab_soe_pol_comp.csv"}"\n').outcome.detail
    positions = np.array(detail["positions"])
    assert positions.shape == (28, 13, 2)
    assert positions[0, 0].tolist() == pytest.approx([30, 20])
    assert np.array(detail["chances"]).sum(1)[0] == pytest.approx(1, abs=0.6)
    assert positions[-1, 12].tolist() == pytest.approx([15, 60])


relations = st.integers(3, 6).flatmap(lambda n: st.lists(st.integers(-3, 3), min_size=n * n, max_size=n * n))


@settings(max_examples=40, deadline=None)
@given(relations)
def test_the_landscape_agrees_with_trying_every_configuration(given_numbers: list[int]) -> None:
    n = int(len(given_numbers) ** 0.5)
    p = np.array(given_numbers, dtype=float).reshape(n, n)
    strength = np.arange(1.0, n + 1)
    found = camps.landscape(p, strength)
    weights = p * np.outer(strength, strength)
    for at, tail in enumerate(itertools.product((0, 1), repeat=n - 1)):
        sides = (0, *tail)
        energy = sum(weights[i, j] for i in range(n) for j in range(n) if i != j and sides[i] != sides[j])
        assert found.camps[at].tolist() == list(sides) and found.energies[at] == pytest.approx(energy)
    assert found.energies[found.minima[0]] == pytest.approx(found.energies.min())


def test_the_middle_east_of_2016_has_1024_configurations(write: Write, shared: Path) -> None:
    actors, pairs = (shared / f"landscape_mideast_2016_{name}.csv" for name in ("actors", "pairwise"))
    detail = write(f'kind = "align"\n[data]\nactors = "{actors}"\npairs = "{pairs}"\nneutral = 3\n').outcome.detail
    assert detail["configurations"] == 1024 and len(detail["energies"]) == 1024
    assert [one["energy"] for one in detail["minima"]] == [-83200.0]
    assert detail["minima"][0]["camps"][1] == ["Turkey", "ISIS", "Nursa"]


def test_factions_are_those_of_a_balanced_world_and_pushes_split_by_third_party() -> None:
    side = np.array([1, 1, -1, -1, 1])
    p = np.outer(side, side).astype(float)
    found, time = camps.factions(p)
    assert found.tolist() == [0, 0, 1, 1, 0] and time == pytest.approx(1 / 5)
    pushes = camps.pressure(p, np.ones(5))
    assert pushes[0, 1, 2] == 1.0 and pushes[0, 2].sum() == -3.0


@pytest.mark.parametrize("defence", [1.0, 2.0, 3.0])
def test_no_alliance_network_is_war_stable(defence: float) -> None:
    for strength in ([1, 1, 1, 1], [4, 3, 2, 1]):
        assert [g for g in camps.war_stable(np.array(strength, dtype=float), defence) if g] == []


def flows() -> np.ndarray:
    rng = np.random.default_rng(5)
    trade = rng.uniform(1, 5, (2, 4, 4))
    for at in range(4):
        trade[:, at, at] = 40
    return trade


def test_without_a_cut_nothing_changes_and_markets_always_clear() -> None:
    trade = flows()
    sigma = np.array([6.0, 4.0])
    still = hat.solve(hat.Params(trade, np.ones_like(trade), sigma))
    assert np.allclose(still.real, 1) and np.allclose(still.price, 1)
    factor = np.ones_like(trade)
    factor[0, 0, 1:] = 0.1
    cut = hat.solve(hat.Params(trade, factor, sigma))
    assert np.allclose(cut.trade.sum(2), cut.price * trade.sum(2))
    assert cut.real[0] < 1 and cut.price[0, 0] < cut.price[0, 1:].min()


def test_autarky_costs_what_the_sufficient_statistic_says() -> None:
    """One sector, balanced trade: real income falls to (home share)^(1 / (sigma - 1)) (Arkolakis and others 2012)."""
    trade = np.array([[[30.0, 10.0], [10.0, 30.0]]])
    factor = np.array([[[1.0, 1e-9], [1e-9, 1.0]]])
    result = hat.solve(hat.Params(trade, factor, np.array([5.0])))
    assert result.real.tolist() == pytest.approx([0.75 ** (1 / 4)] * 2, abs=1e-6)


def test_a_shock_needs_domestic_sales(write: Write, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("sector,exporter,importer,value\na,X,Y,1\na,Y,X,1\n")
    with pytest.raises(ScenarioError, match=r"line 4: the data have no domestic sales for X"):
        write('kind = "shock"\ndata = "f.csv"\n')


def test_the_sanctions_claim_turns_on_secondary_sanctions() -> None:
    found = scenario("sanctions-energy.toml")
    assert found.at_best is True
    assert [one.name for one in found.flips()] == ["cut.secondary"]


def test_the_nafta_tariff_change_gives_the_published_welfare(write: Write, shared: Path) -> None:
    text = f'kind = "shock"\ncore = "caliendo-parro"\ndata = "{shared / "cp2015_nafta.npz"}"\n[tariffs]\nbefore = "trade_tariff_bln"\nafter = "trade_tariff_cfl"\n'
    figures = write(text).outcome.figures
    published = {"Mexico": 1.31, "Canada": -0.06, "USA": 0.08}
    for who, welfare in published.items():
        assert round(100 * figures[f"first_order.{who}"], 2) == welfare
    assert 100 * figures["real_income.Mexico"] == pytest.approx(0.0073, abs=1e-3), "exact, not the first-order sum"


def test_a_claim_about_a_third_party_turns_on_the_push(write: Write) -> None:
    found = scenario("third-party.toml")
    assert found.at_best is True and [one.name for one in found.flips()] == ["propensity.CHN.WST"]
    assert json.dumps(found.run(draws=20).json(), default=float)
