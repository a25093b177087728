"""Signed networks from files: CSV with columns a, b, sign, or GraphML with the sign as an edge attribute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from visavis.errors import InputError
from visavis.store.imports.rows import Row, need, open_text, plain_id, table_rows, wrong

Edge = tuple[int, str, str, str]  # line, ends, sign as it is written
Edges = list[tuple[str, str, int]]
_SIGNS = {"+": 1, "-": -1, "−": -1, "positive": 1, "negative": -1, "pos": 1, "neg": -1}
MIXED = ("refuse", "negative", "positive", "drop")
LOOPS = ("refuse", "drop")
# Other names that files give to the columns a, b, sign; the first that is there holds.
_PAIRS = (
    ("a", "b"),
    ("source", "target"),
    ("from", "to"),
    ("node1", "node2"),
    ("ccode1", "ccode2"),
    ("state1", "state2"),
)
_ATTRIBUTES = ("sign", "weight", "polarity", "value")


@dataclass(frozen=True)
class Reading:
    """How a network is read. `mixed`: what becomes of a pair that is told with both signs; `loops`: of a tie with itself. `where` keeps
    the rows of a table whose columns have these values."""

    mixed: str = "refuse"
    loops: str = "refuse"
    where: Mapping[str, str] = field(default_factory=dict)


def read_signed(path: Path, how: Reading = Reading()) -> tuple[Edges, list[str]]:
    """(edges as (a, b, +1 or -1), names of all nodes).

    A sign of 0 is no tie, a weight counts by its sign. Raises InputError for what cannot be read, with the line.
    """
    for given, known in ((how.mixed, MIXED), (how.loops, LOOPS)):
        if given not in known:
            raise InputError(f"{given!r} is not a way to decide.", f"One of {', '.join(known)}.")
    rows, nodes = _graphml(path) if _is_xml(path) else (list(_table(path, how.where)), [])
    names = dict.fromkeys(nodes)
    edges: Edges = []
    for line, a, b, text in rows:
        if not a or not b:
            raise wrong(path, line, "an end of the tie is empty", "a name at both ends")
        names.update({a: None, b: None})
        sign = _sign(path, line, text)
        if a == b and how.loops == "refuse":
            raise wrong(path, line, f"{a!r} is tied to itself", "two different ends; --loops drop leaves such ties out")
        if sign and a != b:
            edges.append((a, b, sign))
    return _settled(path, edges, how.mixed), list(names)


def _settled(path: Path, edges: Edges, mixed: str) -> Edges:
    """The edges with one sign for each pair."""
    signs: dict[tuple[str, str], set[int]] = {}
    for a, b, sign in edges:
        signs.setdefault((min(a, b), max(a, b)), set()).add(sign)
    both = {pair for pair, found in signs.items() if len(found) > 1}
    if both and mixed == "refuse":
        a, b = min(both)
        raise InputError(
            f"{path.name}: {a!r} and {b!r} are tied with both signs.",
            "Decide: --mixed negative, positive or drop; or choose among several networks in one file: --where window=46-49.",
        )
    keep = {"negative": -1, "positive": 1}.get(mixed)
    return [(a, b, sign) for a, b, sign in edges if (min(a, b), max(a, b)) not in both or sign == keep]


def _table(path: Path, where: Mapping[str, str]) -> Iterator[Edge]:
    wanted = {name.lower(): plain_id(value) for name, value in where.items()}
    columns: tuple[str, str, str] | None = None
    chosen = False
    for line, row in table_rows(path, folded=True):
        columns = columns or _columns(path, row)
        need(path, row, *wanted)
        if all(plain_id(row[name]) == value for name, value in wanted.items()):
            chosen = True
            a, b, sign = (row[name].strip() for name in columns)
            yield line, plain_id(a), plain_id(b), sign
    if wanted and not chosen:
        raise InputError(
            f"{path.name} has no row with {', '.join(f'{k} {v}' for k, v in wanted.items())}.", "Look at it."
        )


def _columns(path: Path, row: Row) -> tuple[str, str, str]:
    pair = next((pair for pair in _PAIRS if set(pair) <= set(row)), _PAIRS[0])
    sign = next((name for name in _ATTRIBUTES if name in row), "sign")
    need(path, row, *pair, sign)
    return (*pair, sign)


def _is_xml(path: Path) -> bool:
    if path.suffix.lower() in (".parquet", ".pq"):
        return False
    with open_text(path) as text:
        return text.readline().lstrip().startswith("<")


def _graphml(path: Path) -> tuple[list[Edge], list[str]]:
    """(edges, nodes) of a GraphML file, with or without its namespace."""
    try:
        with open_text(path) as text:
            source = text.read().encode("utf-8")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, encoding="utf-8")
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{path} cannot be read ({error}).", "Give a GraphML or CSV file.") from error
    keys = [key for key in root.iter("{*}key") if key.get("for") in ("edge", "all", None)]
    called = {(key.get("attr.name") or key.get("id") or "").lower(): key for key in reversed(keys)}
    key = next((called[name] for name in _ATTRIBUTES if name in called), None)
    if key is None:
        raise InputError(f"{path.name} has no edge attribute called sign or weight.", f"It has {sorted(called)}.")
    default = next((item.text or "" for item in key.iter("{*}default")), "")
    edges = []
    for edge in root.iter("{*}edge"):
        told = {item.get("key"): item.text or "" for item in edge.iter("{*}data")}
        sign = told.get(key.get("id"), default)
        edges.append((edge.sourceline or 0, edge.get("source") or "", edge.get("target") or "", sign))
    return edges, [node.get("id") or "" for node in root.iter("{*}node")]


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
