"""The steps of a graph as data: each operation forward, the seed, then each operation as the pass went through it.

A backward step is one operation giving to all its operands: per edge a deposit, the gradient that comes from above
times the slope there. Sums are those of this pass, from nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.explain.graph import Edge, Graph

Phase = Literal["forward", "backward"]
Kind = Literal["make", "seed", "give"]


@dataclass(frozen=True, slots=True)
class Deposit:
    """What a step does along one edge.

    data      the operand's number; None for a box
    local     the slope; None from a constant, and into a box
    upstream  the gradient that the operation hands on; None forward, and from a box
    amount    upstream * local; None forward, and to a constant
    before    what the operand had in this pass; None if nothing
    after     what it has now; None where it receives nothing, and for a box, which stands for several nodes
    """

    edge: Edge
    data: float | None
    local: float | None
    upstream: float | None = None
    amount: float | None = None
    before: float | None = None
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what happens at a node, and along the edges into it."""

    index: int
    phase: Phase
    kind: Kind
    node: int
    deposits: tuple[Deposit, ...]


def steps(graph: Graph) -> list[Step]:
    """All steps, in order; none where there is nothing to differentiate."""
    if graph.output is None:
        return []
    made = [
        Step(index, "forward", "make", node, _operands(graph, node)) for index, node in enumerate(sorted(graph.order))
    ]
    seed = Step(len(made), "backward", "seed", graph.output, ())
    held: dict[int, float] = {}
    given = [
        Step(index, "backward", "give", node, tuple([_deposit(graph, edge, held) for edge in graph.into[node]]))
        for index, node in enumerate(graph.order, len(made) + 1)
    ]
    return [*made, seed, *given]


def _operands(graph: Graph, node: int) -> tuple[Deposit, ...]:
    return tuple([Deposit(edge, graph.nodes[edge.source].data, edge.local) for edge in graph.into[node]])


def _deposit(graph: Graph, edge: Edge, held: dict[int, float]) -> Deposit:
    """The deposit along an edge; `held` has what each node got so far."""
    operand = graph.nodes[edge.source]
    before = held.get(edge.source)
    after = None
    if edge.flow is not None and operand.kind != "scope":
        after = held[edge.source] = edge.flow if before is None else before + edge.flow
    return Deposit(edge, operand.data, edge.local, graph.nodes[edge.target].handed, edge.flow, before, after)


def ready(graph: Graph) -> Mapping[int, int]:
    """By node from which place of the order on it could give: all that use it have given by then."""
    place = {node: position for position, node in enumerate(graph.order)}
    since = dict.fromkeys(graph.order, 0)
    for node in graph.order:
        for edge in graph.into[node]:
            if edge.source in since:
                since[edge.source] = max(since[edge.source], place[node] + 1)
    return since


def pending(graph: Graph, index: int) -> Sequence[int]:
    """The operations that could give when step `index` runs, in the order in which they will; empty forward."""
    turn = index - len(graph.order) - 1
    if turn < 0:
        return ()
    since = ready(graph)
    return [node for node in graph.order[turn:] if since[node] <= turn]
