"""Charts as Vega-Lite specifications, data included. Colours stand in the page, so that they follow its theme.

Every mark carries the address of what it stands for: a point its event. A specification is a plain dictionary: with thousands of marks a
library that checks each of them takes seconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from visavis.show.views.alignment import LiftPoint
from visavis.show.views.dyad import DyadView
from visavis.show.views.parts import COOPERATIVE, COUNTED, EventLine
from visavis.show.views.timeline import periods_of

Spec = dict[str, Any]
Rows = list[dict[str, Any]]
# More marks than this make a grey band, not a picture, and keep a browser busy.
MARKS = 1000
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
# Blue and vermilion stay apart for the colour-blind (Okabe and Ito 2008); shape and height say the same without colour.
COLOURS = {"cooperative": "#0072B2", "conflictual": "#D55E00"}
AXES = {"closeness": COLOURS["cooperative"], "hostility": COLOURS["conflictual"]}
_DAY = 10
# How many marks stand beside each other in the width of the picture.
_WIDE = 80
# Days below which an axis of time names months.
_SHORT = 700
# Marks for which a low picture is enough.
_FEW = 6


def dyad_charts(view: DyadView, address: Callable[[str], str]) -> dict[str, Spec]:
    """The charts of a dyad by name: `marks` (each event at its day and intensity, with the mean per period), `undated` (those without
    a day, beside each other) and `counts` (events per period, conflictual ones below zero). `address` gives an event's page. A title
    tells where the view holds fewer events than there are."""
    return {"marks": _marks(view, address), "undated": _undated(view, address), "counts": _counts(view)}


def _marks(view: DyadView, address: Callable[[str], str]) -> Spec:
    points = _beside([_point(line, address) for line in view.last if line.date and line.status in COUNTED])
    means = [{"when": _middle(p.period), "mean": p.intensity, "period": p.period} for p in view.periods]
    line = {
        "data": {"name": "means"},
        "mark": {"type": "line", "strokeWidth": 1.5, "opacity": 0.75},
        "encoding": {"x": _time(points), "y": _quantity("mean")},
    }
    layers = [_ZERO, line, _dots(_time(points), "Intensity (−10 to 10)")]
    spec = _spec({"layer": layers}, 260, zero=[{"zero": 0}], means=means, marks=points)
    dated = view.total.events - view.undated
    few = f"The newest {len(points):,} of {dated:,} dated events are drawn as marks" if dated > len(points) else ""
    return spec | {"title": _title(few)} if few else spec


def _undated(view: DyadView, address: Callable[[str], str]) -> Spec:
    points = [_point(line, address) for line in view.last if not line.date and line.status in COUNTED]
    seen: Counter[float] = Counter()
    for point in points:
        point["place"] = seen[point["intensity"]]
        seen[point["intensity"]] += 1
    domain = [-0.5, max(seen.values(), default=1) + 0.5]
    across = {"field": "place", "type": "quantitative", "axis": None, "scale": {"domain": domain}}
    title = _title("Without a date, beside each other")
    layers = {"layer": [_ZERO, _dots(across, "Intensity")], "title": title, "usermeta": {"empty": not points}}
    return _spec(layers, 110 if len(points) <= _FEW else 200, zero=[{"zero": 0}], marks=points)


def _dots(across: Spec, title: str) -> Spec:
    """A mark an event, at its intensity."""
    return {
        "data": {"name": "marks"},
        "mark": {"type": "point", "filled": True, "size": 90, "opacity": 0.85, "cursor": "pointer"},
        "encoding": {
            "x": across,
            "y": _quantity("intensity", title=title, scale={"domain": [-10, 10]}),
            "color": _colour("kind", COLOURS),
            "shape": _name("kind", title=None, scale={"domain": list(COLOURS), "range": ["circle", "triangle-down"]}),
            "href": _name("href"),
            "description": _name("words"),
            "tooltip": [_name(name, title=name) for name in ("date", "type", "who", "sentence")],
        },
    }


def _counts(view: DyadView) -> Spec:
    rows = [
        {"period": p.period, "kind": kind, "events": sign * number, "number": number, "articles": p.articles}
        for p in view.periods
        for kind, sign, number in (("cooperative", 1, p.counts.cooperative), ("conflictual", -1, p.counts.conflictual))
        if number
    ]
    upright = {"tickMinStep": 1, "labelExpr": "datum.value % 1 ? '' : abs(datum.value)"}
    # A period without events has its place too: an axis that leaves it out makes a pause look like none.
    whole = list(periods_of(view.periods[0].period, view.periods[-1].period)) if view.periods else []
    axis = {"labelAngle": 0, "labelOverlap": True}
    encoding = {
        "x": {"field": "period", "type": "ordinal", "title": None, "axis": axis, "scale": {"domain": whole}},
        "y": _quantity("events", title="Events", axis=upright),
        "color": _colour("kind", COLOURS),
        "tooltip": [_name(name, title=name) for name in ("period", "kind", "number", "articles")],
    }
    bars = {"data": {"name": "counts"}, "mark": {"type": "bar", "width": {"band": 0.55}}, "encoding": encoding}
    return _spec(bars, 160, counts=rows)


def lift_chart(series: Sequence[LiftPoint]) -> Spec:
    """Closeness and hostility at the end of each period, with one standard error on either side."""
    rows = [
        {"when": _middle(p.period), "period": p.period, "axis": axis, "lift": lift, "se": se}
        | {"low": lift - se, "high": lift + se}
        for p in series
        for axis, lift, se in (("closeness", p.closeness, p.closeness_se), ("hostility", p.hostility, p.hostility_se))
    ]
    across = {"x": _time(), "color": _colour("axis", AXES, symbolOpacity=1)}
    band = {
        "data": {"name": "lifts"},
        "mark": {"type": "area", "opacity": 0.18},
        "encoding": across | {"y": _quantity("low", title="Log lift"), "y2": {"field": "high"}},
    }
    dashes = {"domain": list(AXES), "range": [[1, 0], [6, 3]]}
    line = {
        "data": {"name": "lifts"},
        "mark": {"type": "line", "strokeWidth": 2, "point": {"size": 45, "filled": True}},
        "encoding": across
        | {
            "y": _quantity("lift"),
            "strokeDash": _name("axis", title=None, scale=dashes),
            "tooltip": [
                _name("period"),
                _name("axis"),
                _quantity("lift", format="+.2f"),
                _quantity("se", format="+.2f"),
            ],
        },
    }
    return _spec({"layer": [_ZERO, band, line]}, 200, zero=[{"zero": 0}], lifts=rows)


def _point(line: EventLine, address: Callable[[str], str]) -> dict[str, Any]:
    day = (line.date or "").partition("/")[0]
    who = " → ".join(", ".join(side) for side in (line.sources, line.targets) if side)
    return {
        "when": _middle(day) if day else None,
        "date": line.date or "undated",
        "intensity": line.intensity,
        "kind": "cooperative" if line.quad in COOPERATIVE else "conflictual",
        "type": line.type,
        "who": who,
        "sentence": line.quote,
        "words": f"{line.date or 'undated'}: {line.type}, {who}",
        "href": address(line.event_id),
    }


def _beside(points: Rows) -> Rows:
    """The points, those that would cover each other moved along the axis of time by the width of a mark each."""
    if not points:
        return points
    days = [date.fromisoformat(point["when"]) for point in points]
    step = max(1, (max(days) - min(days)).days // _WIDE)
    seen: dict[tuple[str, float], int] = {}
    for point, day in zip(points, days, strict=True):
        place = (point["when"], point["intensity"])
        point["when"] = (day + timedelta(days=step * seen.get(place, 0))).isoformat()
        seen[place] = seen.get(place, 0) + 1
    return points


def _middle(period: str) -> str:
    """A day for a date or period that is not known to the day: its middle."""
    year, _, rest = period.partition("-")
    if rest.startswith("Q"):
        return f"{year}-{3 * int(rest[1]) - 1:02d}-15"
    if not rest:
        return f"{year}-07-01"
    return period if len(period) >= _DAY else f"{period}-15"


def _time(rows: Sequence[Mapping[str, Any]] = ()) -> Spec:
    """The axis of time; a short one names its months."""
    days = [date.fromisoformat(row["when"]) for row in rows]
    short = bool(days) and (max(days) - min(days)).days < _SHORT
    axis: Spec = {"labelOverlap": True, "tickCount": 8} | ({"format": "%b %Y"} if short else {})
    return {"field": "when", "type": "temporal", "title": None, "axis": axis}


def _quantity(field: str, **more: Any) -> Spec:
    return {"field": field, "type": "quantitative", **more}


def _name(field: str, **more: Any) -> Spec:
    return {"field": field, "type": "nominal", **more}


def _colour(field: str, colours: Mapping[str, str], **legend: Any) -> Spec:
    scale = {"domain": list(colours), "range": list(colours.values())}
    return _name(field, scale=scale, title=None, legend={"orient": "top", **legend})


def _title(words: str) -> Spec:
    return {"text": words, "anchor": "start", "fontSize": 12, "fontWeight": "normal"}


_ZERO = {
    "data": {"name": "zero"},
    "mark": {"type": "rule", "strokeDash": [2, 3], "opacity": 0.5},
    "encoding": {"y": _quantity("zero")},
}


def _spec(chart: Spec, height: int, **datasets: Rows) -> Spec:
    return {"$schema": _SCHEMA, "width": "container", "height": height, **chart, "datasets": datasets}
