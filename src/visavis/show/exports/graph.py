"""The network of who deals with whom, as GEXF 1.3 (Gephi) and GraphML (igraph, networkx, yEd).

Nodes are actors, edges pairs of them (undirected) with counts, first and last day, mean intensity, and, for two states, the log lifts
at the record's end with standard errors (docs/align.md). `weight` is the number of events that happened.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from lxml import etree

from visavis.align.events import event_counts
from visavis.align.lift import KEEP, Array, lift
from visavis.lexicon.crosswalk import state_codes
from visavis.show.names import names
from visavis.store import Limits, Record
from visavis.store.exports.told import Written
from visavis.store.plain import without_controls

_GEXF, _GRAPHML = "http://gexf.net/1.3", "http://graphml.graphdrawing.org/xmlns"
_TYPES = {int: "integer", float: "double", str: "string"}
_GRAPHML_TYPES = {int: "int", float: "double", str: "string"}
_PAIRS = """
with happened as (select *, list_distinct(list_transform(sources, lambda p: p.code)) as s,
                            list_distinct(list_transform(targets, lambda p: p.code)) as t
                  from events where status = 'happened'),
ends as (select *, unnest(s) as a, case when len(t) > 0 then t else s end as others from happened),
faced as (select distinct event_id, quad, intensity, date_from, date_to, a, unnest(others) as b from ends),
pairs as (select distinct event_id, quad, intensity, date_from, date_to, least(a, b) as a, greatest(a, b) as b
          from faced where a <> '' and b <> '' and a <> b)
select a, b, count(*) as events, count(*) filter (quad <= 2) as cooperative, count(*) filter (quad > 2) as conflictual,
       round(avg(intensity), 3) as intensity, min(date_from) as first, max(date_to) as last
from pairs group by a, b order by a, b
"""
_PATIENT = Limits(rows=10_000_000, seconds=1800)
_LIFTS = ("closeness", "closeness_se", "hostility", "hostility_se")


@dataclass(frozen=True)
class Edge:
    """One pair. The lifts are None unless both are states with dated events."""

    a: str
    b: str
    events: int
    cooperative: int
    conflictual: int
    intensity: float
    first: str | None
    last: str | None
    closeness: float | None = None
    closeness_se: float | None = None
    hostility: float | None = None
    hostility_se: float | None = None

    def attributes(self) -> dict[str, Any]:
        """What an edge carries beside its ends."""
        return {name: value for name, value in asdict(self).items() if name not in ("a", "b") and value is not None}


def network(record: Record) -> tuple[Edge, ...]:
    """All pairs of coded actors with events that happened, sorted by code."""
    lifts = _lifts(record)
    rows = record.sql(_PAIRS, limits=_PATIENT).to_pylist()
    return tuple(Edge(**row, **lifts.get((row["a"], row["b"]), {})) for row in rows)


def _lifts(record: Record) -> dict[tuple[str, str], dict[str, Any]]:
    counts = event_counts(record)
    if not counts.periods:
        return {}
    close, hostile = (lift(_latest(axis)[None], keep=1.0) for axis in (counts.cooperative, counts.conflictual))
    told = (counts.cooperative + counts.conflictual).sum(0)
    found = {}
    for i, j in zip(*np.nonzero(np.triu(told, 1)), strict=True):
        figures = (close.value, close.se, hostile.value, hostile.se)
        values = (round(float(axis[0, i, j]), 4) for axis in figures)
        found[counts.states[i], counts.states[j]] = dict(zip(_LIFTS, values, strict=True))
    return found


def _latest(counts: Array) -> Array:
    """The discounted counts (state, state) at the last period: what `lift` would keep of all of them, without all of them."""
    total: Array = np.zeros(counts.shape[1:])
    for now in counts:
        total = KEEP * total + now
    return total


def write_gexf(record: Record, path: Path) -> Written:
    """The network as GEXF. Raises OSError when the file cannot be written."""
    edges, label = network(record), names()
    root = etree.Element("gexf", {"version": "1.3"}, nsmap={None: _GEXF})
    graph = etree.SubElement(root, "graph", {"defaultedgetype": "undirected", "mode": "static"})
    for kind, columns in (("node", _NODE), ("edge", _EDGE)):
        held = etree.SubElement(graph, "attributes", {"class": kind})
        for name, of in columns.items():
            etree.SubElement(held, "attribute", {"id": name, "title": name, "type": _TYPES[of]})
    nodes = etree.SubElement(graph, "nodes")
    for code, events in _nodes(edges).items():
        node = etree.SubElement(nodes, "node", {"id": _xml(code), "label": _xml(label.get(code, code))})
        _gexf_values(node, {"events": events, "state": str(code in state_codes()).lower()})
    held = etree.SubElement(graph, "edges")
    for at, edge in enumerate(edges):
        ends = {"id": str(at), "source": _xml(edge.a), "target": _xml(edge.b), "weight": str(edge.events)}
        _gexf_values(etree.SubElement(held, "edge", ends), edge.attributes())
    return _save(root, path, len(edges))


def write_graphml(record: Record, path: Path) -> Written:
    """The network as GraphML. Raises OSError when the file cannot be written."""
    edges, label = network(record), names()
    root = etree.Element("graphml", nsmap={None: _GRAPHML})
    for kind, columns in (("node", {"label": str, **_NODE}), ("edge", {"weight": int, **_EDGE})):
        for name, of in columns.items():
            key = {"id": f"{kind}-{name}", "for": kind, "attr.name": name, "attr.type": _GRAPHML_TYPES[of]}
            etree.SubElement(root, "key", key)
    graph = etree.SubElement(root, "graph", {"edgedefault": "undirected"})
    for code, events in _nodes(edges).items():
        node = etree.SubElement(graph, "node", {"id": _xml(code)})
        told: dict[str, Any] = {
            "label": label.get(code, code),
            "events": events,
            "state": str(code in state_codes()).lower(),
        }
        _graphml_values(node, "node", told)
    for edge in edges:
        held = etree.SubElement(graph, "edge", {"source": _xml(edge.a), "target": _xml(edge.b)})
        _graphml_values(held, "edge", {"weight": edge.events, **edge.attributes()})
    return _save(root, path, len(edges))


_NODE = {"events": int, "state": str}
_EDGE = {
    "events": int, "cooperative": int, "conflictual": int, "intensity": float, "first": str, "last": str,
    "closeness": float, "closeness_se": float, "hostility": float, "hostility_se": float,
}  # fmt: skip


def _nodes(edges: tuple[Edge, ...]) -> dict[str, int]:
    """{code: events with somebody}, sorted."""
    found: dict[str, int] = {}
    for edge in edges:
        for code in (edge.a, edge.b):
            found[code] = found.get(code, 0) + edge.events
    return dict(sorted(found.items()))


def _gexf_values(at: Any, values: dict[str, Any]) -> None:
    held = etree.SubElement(at, "attvalues")
    for name, value in values.items():
        etree.SubElement(held, "attvalue", {"for": name, "value": _xml(str(value))})


def _graphml_values(at: Any, kind: str, values: dict[str, Any]) -> None:
    for name, value in values.items():
        etree.SubElement(at, "data", {"key": f"{kind}-{name}"}).text = _xml(str(value))


def _xml(text: str) -> str:
    """The text without what XML cannot hold."""
    return without_controls(text).encode("utf-8", "replace").decode()


def _save(root: Any, path: Path, rows: int) -> Written:
    path.write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
    return Written(rows=rows)
