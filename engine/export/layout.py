"""Where the nodes of a static picture stand: columns from left to right, few crossings, few bends.

The steps of Sugiyama, each linear. Columns: an operation stands right of its operands, and what can move towards its
uses without stretching more edges than it shortens does. Edges that cross columns are cut into pieces, from one to the
next; once these outnumber the nodes, the longest edges are left out of the arrangement and drawn straight. Order: as a
walk back from the output meets the nodes, then by the middle of their neighbours. Heights: everything is drawn to the
middle of its neighbours, as far as the order and the room between two leave it free.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

Point = tuple[float, float]
ROOM = 200  # pieces of long edges that any picture may have
SLIM = 0.3  # rows that a piece of an edge takes up; a node takes one
SWEEPS, ROUNDS = 4, 10  # of ordering the columns; of moving everything to the middle of its neighbours


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns and heights, in units of one column and one row.

    places  by node its column and height, each from 0
    bends   by edge the points between its ends, from left to right
    size    how many columns and rows there are
    """

    places: Mapping[int, Point]
    bends: Mapping[tuple[int, int], Sequence[Point]]
    size: Point


@dataclass(frozen=True, slots=True)
class Mesh:
    """What is arranged: nodes, and pieces of edges as negative numbers.

    column  where each of them stands
    left    by one of them, what it is joined to in the column before
    right   the same, in the column after
    """

    column: Mapping[int, int]
    left: Mapping[int, Sequence[int]]
    right: Mapping[int, Sequence[int]]

    def beside(self, one: int) -> list[int]:
        """All that it is joined to."""
        return [*self.left.get(one, ()), *self.right.get(one, ())]


def layout(nodes: Sequence[int], edges: Iterable[tuple[int, int]]) -> Layout:
    """Arrange nodes, given by number from old to new; edges lead from older to newer ones."""
    pairs = sorted({(source, target) for source, target in edges if source < target})
    column = _columns(nodes, pairs)
    chains = _chains(pairs, column)
    mesh = _mesh(chains, column)
    heights = _heights(_ordered(mesh), mesh)
    rows = max(heights.values(), default=-1.0) + 1
    loose = [node for node in nodes if node not in column]
    across = max([*column.values(), math.isqrt(len(loose))]) + 1 if loose else 1
    places = {node: (float(at), heights[node]) for node, at in column.items()}
    places |= {node: (float(at % across), rows + at // across) for at, node in enumerate(loose)}
    bends = {
        (chain[0], chain[-1]): [(float(mesh.column[piece]), heights[piece]) for piece in chain[1:-1]]
        for chain in chains
    }
    size = (max(x for x, _ in places.values()) + 1, max(y for _, y in places.values()) + 1) if places else (0.0, 0.0)
    return Layout(places, bends, size)


def _columns(nodes: Sequence[int], pairs: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The column of each node that has an edge."""
    operands: dict[int, list[int]] = {}
    uses: dict[int, list[int]] = {}
    for source, target in pairs:
        operands.setdefault(target, []).append(source)
        uses.setdefault(source, []).append(target)
    column: dict[int, int] = {}
    for node in nodes:
        if node in operands or node in uses:
            column[node] = max((column[operand] + 1 for operand in operands.get(node, ())), default=0)
    for node in reversed(nodes):
        held = sum(operand in operands for operand in operands.get(node, ()))  # leaves come along
        if held <= len(uses.get(node, ())) > 0:
            column[node] = min(column[target] for target in uses[node]) - 1
    leftmost = min(column.values(), default=0)
    return {node: at - leftmost for node, at in column.items()}


def _chains(pairs: Iterable[tuple[int, int]], column: Mapping[int, int]) -> list[list[int]]:
    """The edges to arrange, each as what it passes through, column by column: its ends, and between them new pieces."""
    chains: list[list[int]] = []
    pieces, most = 0, ROOM + len(column)
    for length, source, target in sorted((column[target] - column[source], source, target) for source, target in pairs):
        chain = [source, *range(-pieces - 1, -pieces - length, -1), target]
        pieces += length - 1
        if pieces > most:
            break
        chains.append(chain)
    return chains


def _mesh(chains: Iterable[Sequence[int]], column: Mapping[int, int]) -> Mesh:
    at = dict(column)
    left: dict[int, list[int]] = {}
    right: dict[int, list[int]] = {}
    for chain in chains:
        at.update({piece: column[chain[0]] + place for place, piece in enumerate(chain)})
        for one, other in pairwise(chain):
            left.setdefault(other, []).append(one)
            right.setdefault(one, []).append(other)
    return Mesh(at, left, right)


def _ordered(mesh: Mesh) -> list[list[int]]:
    """What stands in each column, from top to bottom, so that edges cross little."""
    columns: list[list[int]] = [[] for _ in range(max(mesh.column.values(), default=-1) + 1)]
    pending = [one for one in sorted(mesh.column) if one not in mesh.right]
    met: set[int] = set()
    while pending:
        one = pending.pop()
        if one not in met:
            met.add(one)
            columns[mesh.column[one]].append(one)
            pending += reversed(mesh.left.get(one, ()))
    place = {one: at for column in columns for at, one in enumerate(column)}
    for turn in range(SWEEPS):
        joined, swept = (mesh.right, reversed(columns)) if turn % 2 else (mesh.left, iter(columns))
        for column in swept:
            wanted = {one: _middle(joined.get(one, (one,)), place) for one in column}
            column.sort(key=wanted.__getitem__)
            place.update({one: at for at, one in enumerate(column)})
    return columns


def _heights(columns: Sequence[Sequence[int]], mesh: Mesh) -> dict[int, float]:
    """The height of each, from 0."""
    heights: dict[int, float] = {}
    stacks = [(column, _offsets(column), [mesh.beside(one) or [one] for one in column]) for column in columns]
    for column, offsets, _ in stacks:
        _spread(column, offsets, [0.0] * len(column), heights)
    for turn in range(ROUNDS):
        for column, offsets, joined in stacks if turn % 2 else reversed(stacks):
            _spread(column, offsets, [_middle(one, heights) for one in joined], heights)
    top = min(heights.values(), default=0.0)
    return {one: height - top for one, height in heights.items()}


def _offsets(column: Sequence[int]) -> list[float]:
    """How far below the first of a column each of them stands at least."""
    sizes = [1.0 if node >= 0 else SLIM for node in column]
    return list(accumulate([(above + below) / 2 for above, below in pairwise(sizes)], initial=0.0))


def _middle(joined: Sequence[int], place: Mapping[int, float]) -> float:
    return place[joined[0]] if len(joined) == 1 else sum([place[one] for one in joined]) / len(joined)


def _spread(
    column: Sequence[int], offsets: Sequence[float], wanted: Sequence[float], heights: dict[int, float]
) -> None:
    """Give a column's nodes the heights nearest to the wanted ones that keep the order and the room between them.

    Least squares by pooling: neighbours that want to be closer than they may share the middle of what they want.
    """
    pools: list[tuple[float, int]] = []  # what they want together, and how many they are
    for want, offset in zip(wanted, offsets, strict=True):
        total, count = want - offset, 1
        while pools and pools[-1][0] * count >= total * pools[-1][1]:
            before, more = pools.pop()
            total, count = total + before, count + more
        pools.append((total, count))
    at = 0
    for total, count in pools:
        level = total / count
        for place in range(at, at + count):
            heights[column[place]] = level + offsets[place]
        at += count
