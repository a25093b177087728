"""Article -> Event: sentences, actors, acts, roles, status, voices, time and place; and the evaluation of all that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from visavis.code.coder import Coder
    from visavis.code.interchange import code_lines

__all__ = ["Coder", "code_lines"]


def __getattr__(name: str) -> Any:
    """The coder is loaded when it is first asked for: it brings spaCy with it."""
    if name == "Coder":
        from visavis.code.coder import Coder

        return Coder
    if name == "code_lines":
        from visavis.code.interchange import code_lines

        return code_lines
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
