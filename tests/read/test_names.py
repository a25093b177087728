"""People are told from other words in bylines, in Latin, Greek and Cyrillic letters."""

from __future__ import annotations

import pytest

from visavis.read.names import byline_names, is_name


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Anna Rosen and Ole Tamm", ("Anna Rosen", "Ole Tamm")),
        ("Автор: Вера Озёрная", ("Вера Озёрная",)),
        ("Текст: Павел Лесной, Ия Гай", ("Павел Лесной", "Ия Гай")),
        ("The harbour froze over", None),
    ],
)
def test_bylines(line: str, names: tuple[str, ...] | None) -> None:
    assert byline_names(line) == names


@pytest.mark.parametrize("name", ["Вера Озёрная", "Ελένη Μάρκου", "Ole van der Tamm"])
def test_names_in_other_letters(name: str) -> None:
    assert is_name(name) and not is_name(name.lower())
