"""Signed networks from files: CSV with columns a, b, sign, or GraphML with the sign as an edge attribute."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from visavis.errors import InputError
from visavis.store.imports.rows import need, table_rows, wrong

Edges = list[tuple[str, str, int]]
_SIGNS = {"+": 1, "-": -1, "positive": 1, "negative": -1}
_NS = "{http://graphml.graphdrawing.org/xmlns}"


def read_signed(path: Path, mixed: str = "refuse") -> tuple[Edges, list[str]]:
    """(edges as (a, b, +1 or -1), names of all nodes).

    `mixed` says what becomes of a pair that is told with both signs: "refuse" raises InputError, "negative" and "positive" keep
    that sign, "drop" leaves the pair out. A sign of 0 is no tie. Raises InputError for what cannot be read, with the line.
    """
    edges, nodes = _graphml(path) if path.suffix.lower() in (".graphml", ".xml") else _csv(path)
    signs: dict[tuple[str, str], set[int]] = {}
    for a, b, sign in edges:
        signs.setdefault((min(a, b), max(a, b)), set()).add(sign)
    both = {pair for pair, found in signs.items() if len(found) > 1}
    if both and mixed == "refuse":
        a, b = min(both)
        raise InputError(
            f"{path.name}: {a!r} and {b!r} are tied with both signs.", "Decide: --mixed negative, positive or drop."
        )
    keep = {"negative": -1, "positive": 1}.get(mixed)
    found = [(a, b, sign) for a, b, sign in edges if (min(a, b), max(a, b)) not in both or sign == keep]
    return found, nodes


def _csv(path: Path) -> tuple[Edges, list[str]]:
    edges: Edges = []
    names: dict[str, None] = {}
    for line, row in table_rows(path):
        need(path, row, "a", "b", "sign")
        a, b = row["a"].strip(), row["b"].strip()
        if not a or not b:
            raise wrong(path, line, "an end of the tie is empty", "a name in a and in b")
        if a == b:
            raise wrong(path, line, f"{a!r} is tied to itself", "two different ends")
        names.update({a: None, b: None})
        sign = _sign(path, line, row["sign"])
        if sign:
            edges.append((a, b, sign))
    return edges, list(names)


def _graphml(path: Path) -> tuple[Edges, list[str]]:
    try:
        root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        raise InputError(f"{path} cannot be read ({error}).", "Give a GraphML or CSV file.") from error
    keys = {key.get("id"): key.get("attr.name") for key in root.iter(f"{_NS}key") if key.get("for") in ("edge", "all")}
    wanted = [key for name in ("sign", "weight") for key, called in keys.items() if called == name]
    if not wanted:
        raise InputError(
            f"{path.name} has no edge attribute called sign or weight.", f"It has {sorted(map(str, keys.values()))}."
        )
    edges: Edges = []
    for edge in root.iter(f"{_NS}edge"):
        a, b = edge.get("source") or "", edge.get("target") or ""
        if a == b:
            raise wrong(path, edge.sourceline or 0, f"{a!r} is tied to itself", "two different ends")
        data = {item.get("key"): (item.text or "").strip() for item in edge.iter(f"{_NS}data")}
        sign = _sign(path, edge.sourceline or 0, data.get(wanted[0], ""))
        if sign:
            edges.append((a, b, sign))
    return edges, [node.get("id") or "" for node in root.iter(f"{_NS}node")]


def _sign(path: Path, line: int, text: str) -> int:
    """-1, 0 or 1; a weight counts by its sign."""
    text = text.strip()
    if text.lower() in _SIGNS:
        return _SIGNS[text.lower()]
    try:
        value = float(text)
    except ValueError:
        raise wrong(path, line, f"the sign is {text!r}", "1 or -1") from None
    if value != value:
        raise wrong(path, line, f"the sign is {text!r}", "1 or -1")
    return (value > 0) - (value < 0)
