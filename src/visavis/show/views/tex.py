"""Plain text for TeX and BibTeX."""

from __future__ import annotations

import re

from visavis.store.plain import without_controls

_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{c: "\\" + c for c in "{}$&#_%"},
}
_SPECIAL = re.compile(r"[\\~^{}$&#_%]")


def tex(text: str) -> str:
    """Text on one line in which nothing is a command of TeX."""
    return _SPECIAL.sub(lambda found: _TEX[found.group()], without_controls(" ".join(text.split())))
