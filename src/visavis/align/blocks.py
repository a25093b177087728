"""The biconnected blocks of a graph: every cycle lies in one of them, so what is asked of cycles can be asked block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def biconnected_blocks(size: int, ends: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The edges (as positions in `ends`) of each block, every edge in exactly one; a bridge is a block of one edge.

    Depth-first search with low points, without recursion (Hopcroft and Tarjan 1973, Communications of the ACM 16).
    """
    around: list[list[tuple[int, int]]] = [[] for _ in range(size)]
    for edge, (a, b) in enumerate(ends):
        around[a].append((b, edge))
        around[b].append((a, edge))
    seen = [-1] * size
    low = [0] * size
    clock = 0
    blocks: list[list[int]] = []
    for root in range(size):
        if seen[root] >= 0:
            continue
        clock = _search(root, around, seen, low, clock, blocks)
    return blocks


def _search(
    root: int,
    around: list[list[tuple[int, int]]],
    seen: list[int],
    low: list[int],
    clock: int,
    blocks: list[list[int]],
) -> int:
    """Search from `root`; the clock after it. `open_edges` holds the edges of blocks that are not complete."""
    seen[root] = low[root] = clock
    clock += 1
    open_edges: list[int] = []
    stack: list[tuple[int, int, Iterator[tuple[int, int]]]] = [(root, -1, iter(around[root]))]
    while stack:
        node, by, rest = stack[-1]
        following = next(rest, None)
        if following is None:
            stack.pop()
            if stack:
                parent = stack[-1][0]
                low[parent] = min(low[parent], low[node])
                if low[node] >= seen[parent]:
                    first = open_edges.index(by)
                    blocks.append(open_edges[first:])
                    del open_edges[first:]
            continue
        other, edge = following
        if edge == by:
            continue
        if seen[other] < 0:
            seen[other] = low[other] = clock
            clock += 1
            open_edges.append(edge)
            stack.append((other, edge, iter(around[other])))
        elif seen[other] < seen[node]:
            low[node] = min(low[node], seen[other])
            open_edges.append(edge)
    return clock
