"""The deposits that a gradient is made of, for one pass and for several.

By PyTorch's rule an interior node begins each pass anew, and leaves add up. By micrograd's rule nothing is cleared, so
what an interior node hands on grows with every pass: 12, then 36 where PyTorch says 24.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.explain.graph import Edge, Graph
from engine.value import Accumulation


@dataclass(frozen=True, slots=True)
class Entry:
    """One deposit to a node: in which pass (from 1), along which edge (None for the seed), how much, and the sum then.

    The amount is None where it comes out of a box and is not known: in later passes by micrograd's rule.
    """

    turn: int
    edge: Edge | None
    amount: float | None
    total: float | None


def ledger(graph: Graph, rule: Accumulation = "pytorch", passes: int = 1) -> Mapping[int, Sequence[Entry]]:
    """By node its deposits when the backward pass runs `passes` times from cleared gradients; none after none."""
    entries: dict[int, list[Entry]] = {node: [] for node in graph.nodes}
    grads: dict[int, float | None] = {}
    for turn in range(1, passes + 1 if graph.output is not None else 1):
        _seed(graph, rule, turn, grads, entries)
        touched = set()
        for node in graph.order:
            for edge in graph.into[node]:
                if edge.flow is not None:
                    amount = _amount(graph, edge, grads, known=rule == "pytorch" or turn == 1)
                    interior = edge.source in graph.into and graph.into[edge.source]
                    fresh = rule == "pytorch" and interior and edge.source not in touched
                    touched.add(edge.source)
                    grads[edge.source] = _sum(0.0 if fresh else grads.get(edge.source, 0.0), amount)
                    entries[edge.source].append(Entry(turn, edge, amount, grads[edge.source]))
    return entries


def _seed(
    graph: Graph, rule: Accumulation, turn: int, grads: dict[int, float | None], entries: dict[int, list[Entry]]
) -> None:
    """The 1 that a pass starts with: an output that is a leaf adds it up, by PyTorch's rule."""
    if graph.output is None:
        return
    leaf = not graph.into[graph.output]
    grads[graph.output] = _sum(grads.get(graph.output, 0.0), 1.0) if leaf and rule == "pytorch" else 1.0
    entries[graph.output].append(Entry(turn, None, 1.0, grads[graph.output]))


def _amount(graph: Graph, edge: Edge, grads: Mapping[int, float | None], *, known: bool) -> float | None:
    if graph.nodes[edge.target].kind == "scope":
        return edge.flow if known else None
    upstream = grads.get(edge.target, 0.0)
    return None if upstream is None or edge.local is None else upstream * edge.local


def _sum(before: float | None, amount: float | None) -> float | None:
    return None if before is None or amount is None else before + amount
