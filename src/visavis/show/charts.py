"""Charts as Vega-Lite specifications, data included, built with Altair. Colours stand in the page, so that they follow its theme.

Every mark carries the address of what it stands for: a point its event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt

from visavis.show.views.alignment import LiftPoint
from visavis.show.views.dyad import DyadView
from visavis.show.views.parts import COOPERATIVE, COUNTED, EventLine

# Blue and vermilion stay apart for the colour-blind (Okabe and Ito 2008); shape and height say the same without colour.
COLOURS = {"cooperative": "#0072B2", "conflictual": "#D55E00"}
AXES = {"closeness": COLOURS["cooperative"], "hostility": COLOURS["conflictual"]}
_KINDS = list(COLOURS)
_DAY = 10
# How many marks stand beside each other in the width of the picture.
_WIDE = 80
# Days below which an axis of time names months.
_SHORT = 700
# Marks for which a low picture is enough.
_FEW = 6


def dyad_charts(view: DyadView, address: Callable[[str], str]) -> dict[str, dict[str, Any]]:
    """The charts of a dyad by name: `marks` (each event at its day and intensity, with the mean per period), `undated` (those without
    a day, beside each other) and `counts` (events per period, conflictual ones below zero). `address` gives an event's page."""
    return {"marks": _marks(view, address), "undated": _undated(view, address), "counts": _counts(view)}


def _marks(view: DyadView, address: Callable[[str], str]) -> dict[str, Any]:
    points = _beside([_point(line, address) for line in view.last if line.date and line.status in COUNTED])
    means = [{"when": _middle(p.period), "mean": p.intensity, "period": p.period} for p in view.periods]
    zero = alt.Chart(_data([{"zero": 0}])).mark_rule(strokeDash=[2, 3], opacity=0.5).encode(y="zero:Q")
    line = alt.Chart(_data(means)).mark_line(strokeWidth=1.5, opacity=0.75).encode(x=_time(points), y="mean:Q")
    dots = _dots(points, _time(points), "Intensity (−10 to 10)")
    return _spec(alt.layer(zero, line, dots), 260)


def _undated(view: DyadView, address: Callable[[str], str]) -> dict[str, Any]:
    points = [_point(line, address) for line in view.last if not line.date and line.status in COUNTED]
    seen: Counter[float] = Counter()
    for point in points:
        point["place"] = seen[point["intensity"]]
        seen[point["intensity"]] += 1
    across = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[-0.5, max(seen.values(), default=1) + 0.5]))
    zero = alt.Chart(_data([{"zero": 0}])).mark_rule(strokeDash=[2, 3], opacity=0.5).encode(y="zero:Q")
    words = alt.TitleParams("Without a date, beside each other", anchor="start", fontSize=12, fontWeight="normal")
    spec = _spec(alt.layer(zero, _dots(points, across, "Intensity"), title=words), 110 if len(points) <= _FEW else 200)
    return spec | {"usermeta": {"empty": not points}}


def _dots(points: list[dict[str, Any]], across: alt.X, title: str) -> Any:
    """A mark an event, at its intensity."""
    shapes = alt.Scale(domain=_KINDS, range=["circle", "triangle-down"])
    return (
        alt.Chart(_data(points))
        .mark_point(filled=True, size=90, opacity=0.85, cursor="pointer")
        .encode(
            x=across,
            y=alt.Y("intensity:Q", title=title, scale=alt.Scale(domain=[-10, 10])),
            color=_colour(),
            shape=alt.Shape("kind:N", scale=shapes, title=None),
            href="href:N",
            description="words:N",
            tooltip=[alt.Tooltip(f"{name}:N", title=name) for name in ("date", "type", "who", "sentence")],
        )
    )


def _counts(view: DyadView) -> dict[str, Any]:
    rows = [
        {"period": p.period, "kind": kind, "events": sign * number, "number": number, "articles": p.articles}
        for p in view.periods
        for kind, sign, number in (("cooperative", 1, p.counts.cooperative), ("conflictual", -1, p.counts.conflictual))
        if number
    ]
    bars = (
        alt.Chart(_data(rows))
        .mark_bar(width={"band": 0.55})
        .encode(
            x=alt.X("period:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y(
                "events:Q",
                title="Events",
                axis=alt.Axis(tickMinStep=1, labelExpr="datum.value % 1 ? '' : abs(datum.value)"),
            ),
            color=_colour(),
            tooltip=[alt.Tooltip(f"{name}:N", title=name) for name in ("period", "kind", "number", "articles")],
        )
    )
    return _spec(bars, 160)


def lift_chart(series: Sequence[LiftPoint]) -> dict[str, Any]:
    """Closeness and hostility at the end of each period, with one standard error on either side."""
    rows = [
        {
            "when": _middle(p.period),
            "period": p.period,
            "axis": axis,
            "lift": lift,
            "se": se,
            "low": lift - se,
            "high": lift + se,
        }
        for p in series
        for axis, lift, se in (("closeness", p.closeness, p.closeness_se), ("hostility", p.hostility, p.hostility_se))
    ]
    axes = alt.Scale(domain=list(AXES), range=list(AXES.values()))
    colour = alt.Color("axis:N", scale=axes, title=None, legend=alt.Legend(orient="top", symbolOpacity=1))
    base = alt.Chart(_data(rows)).encode(x=_time(), color=colour)
    zero = alt.Chart(_data([{"zero": 0}])).mark_rule(strokeDash=[2, 3], opacity=0.5).encode(y="zero:Q")
    band = base.mark_area(opacity=0.18).encode(y=alt.Y("low:Q", title="Log lift"), y2="high:Q")
    line = base.mark_line(strokeWidth=2, point=alt.OverlayMarkDef(size=45, filled=True)).encode(
        y="lift:Q",
        strokeDash=alt.StrokeDash("axis:N", scale=alt.Scale(domain=list(AXES), range=[[1, 0], [6, 3]]), title=None),
        tooltip=[alt.Tooltip("period:N"), alt.Tooltip("axis:N")]
        + [alt.Tooltip(f"{name}:Q", format="+.2f") for name in ("lift", "se")],
    )
    return _spec(alt.layer(zero, band, line), 200)


def _data(rows: list[dict[str, Any]]) -> Any:
    return alt.InlineData(values=rows)


def _point(line: EventLine, address: Callable[[str], str]) -> dict[str, Any]:
    day = (line.date or "").partition("/")[0]
    who = " → ".join(", ".join(side) for side in (line.sources, line.targets) if side)
    return {
        "when": _middle(day) if day else None,
        "date": line.date or "undated",
        "intensity": line.intensity,
        "kind": _KINDS[0] if line.quad in COOPERATIVE else _KINDS[1],
        "type": line.type,
        "who": who,
        "sentence": line.quote,
        "words": f"{line.date or 'undated'}: {line.type}, {who}",
        "href": address(line.event_id),
    }


def _beside(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
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


def _time(rows: Sequence[Mapping[str, Any]] = ()) -> alt.X:
    """The axis of time; a short one names its months."""
    days = [date.fromisoformat(row["when"]) for row in rows]
    short = bool(days) and (max(days) - min(days)).days < _SHORT
    axis = alt.Axis(labelOverlap=True, tickCount=8, format="%b %Y" if short else alt.Undefined)
    return alt.X("when:T", title=None, axis=axis)


def _colour() -> alt.Color:
    scale = alt.Scale(domain=_KINDS, range=[COLOURS[kind] for kind in _KINDS])
    return alt.Color("kind:N", scale=scale, title=None, legend=alt.Legend(orient="top"))


def _spec(chart: Any, height: int) -> dict[str, Any]:
    found: dict[str, Any] = chart.properties(width="container", height=height).to_dict()
    return found
