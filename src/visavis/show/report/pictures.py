"""Charts of a report as pictures."""

from __future__ import annotations

from typing import Any

from visavis.show.report.blocks import Chart
from visavis.store.plain import without_controls

_WIDTH = 640


def svg(chart: Chart) -> str:
    """The chart as SVG, its links left out: a picture leads nowhere."""
    import vl_convert

    found: str = vl_convert.vegalite_to_svg(_fixed(chart.spec))
    return found


def png(chart: Chart) -> bytes:
    """The chart as PNG, twice as fine as a screen."""
    import vl_convert

    found: bytes = vl_convert.vegalite_to_png(_fixed(chart.spec), scale=2)
    return found


def _fixed(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification with a width of its own, as there is no page to fill, without links and without characters that XML cannot hold."""
    return {**_plain(spec), "width": _WIDTH, "background": "white"}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if key != "href"}
    if isinstance(value, str):
        return without_controls(value)
    return [_plain(inner) for inner in value] if isinstance(value, list) else value
