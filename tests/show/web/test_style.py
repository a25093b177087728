"""The style sheet can be read by everybody: contrasts of text on paper and of the roles' tints, in light and dark."""

from __future__ import annotations

import re
from importlib import resources
from itertools import combinations

import pytest

SHEET = (resources.files("visavis.show.web") / "static" / "visavis.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", block))
    for block in re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)[:2]
)
ROLES = ("source", "action", "target", "speaker", "date")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_paper_and_from_every_tint(theme: dict[str, str]) -> None:
    for paper in ("paper", "soft", "sentence"):
        for ink in ("ink", "dim", "link"):
            assert contrast(theme[ink], theme[paper]) >= 4.5, (ink, paper)
    for tint in (*ROLES, "added", "cut", "changed"):
        assert contrast(theme["ink"], theme[tint]) >= 7, tint


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_role_has_a_line_of_its_own_that_can_be_seen(theme: dict[str, str]) -> None:
    for role in ROLES:
        assert contrast(theme[f"{role}-line"], theme["paper"]) >= 3, role
    borders = {role: re.search(rf"mark\.{role} {{(.*?)}}", SHEET).group(1) for role in ROLES}
    shapes = {role: re.sub(r"var\(.*?\)", "", border) for role, border in borders.items()}
    assert all(shapes[a] != shapes[b] for a, b in combinations(ROLES, 2))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_codes_can_be_read_on_every_camp_and_every_square_of_the_map(theme: dict[str, str]) -> None:
    steps = [f"low{n}" for n in (1, 2, 3)] + ["zero"] + [f"high{n}" for n in range(1, 6)]
    for fill in (*steps, *(f"camp{n}" for n in range(1, 8))):
        assert contrast(theme["ink"], theme[fill]) >= 4.5, fill
    assert len({theme[step] for step in steps}) == len(steps)


def test_paper_and_calm_are_provided_for() -> None:
    assert "@media print" in SHEET and "prefers-reduced-motion" in SHEET and ":focus-visible" in SHEET
    assert "http" not in SHEET and "@import" not in SHEET
