"""What is explained: a graph as it is drawn, by node, with the order of its backward walk.

A recording gives one, and so does a view of it, in which boxes stand for collapsed scopes. A box has no numbers of its
own: what goes in and out of it is known, and not how.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from engine.explain.names import Name, named
from engine.op import Op
from engine.recording import Edges, Nodes, Recording
from engine.value import Accumulation


class Box(Protocol):
    """A collapsed scope: its number, what opens it, and the kind and name of the scope."""

    @property
    def id(self) -> int: ...  # noqa: D102 - the class says it
    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Edge:
    """An operand of a node: where it stands among the edges, its number, its slope and what the last pass sent."""

    index: int
    source: int
    target: int
    key: int
    local: float | None
    flow: float | None


@dataclass(frozen=True, slots=True)
class Node:
    """A node: `kind` is the recording's or "scope"; `handed` is the gradient that it hands on in the last pass.

    It has no `op` if it is a leaf, a box, or stands at the edge of what is drawn, its operands beyond it.
    """

    kind: str
    op: Op | None
    name: Name
    data: float | None
    handed: float | None
    scope: str | None = None  # a box's kind of scope


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by number, the edges into each in operand order, and the order of the last backward walk."""

    nodes: Mapping[int, Node]
    into: Mapping[int, Sequence[Edge]]
    order: Sequence[int]
    output: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The columns of what is drawn: `numbers` are those of the rows of `nodes`, `boxes` have theirs."""

    numbers: Sequence[int]
    nodes: Nodes
    edges: Edges
    boxes: Sequence[Box] = ()
    order: Sequence[int]
    output: int | None
    accumulation: Accumulation


def graph_of(recording: Recording, source: str = "") -> Graph:
    """The whole of a recording; `source` is the program's text, for the names of nodes that have none."""
    whole = Drawn(
        numbers=range(len(recording)),
        nodes=recording.nodes,
        edges=recording.edges,
        order=recording.order,
        output=recording.output,
        accumulation=recording.accumulation,
    )
    return graph_of_drawn(whole, source)


def graph_of_drawn(drawn: Drawn, source: str) -> Graph:
    """The graph of what is drawn."""
    numbers, table = drawn.numbers, drawn.nodes
    handed = table.adjoint if drawn.accumulation == "pytorch" else table.grad
    spans = [None if site is None else site.span for site in table.site]
    keys = {box.id: box.key for box in drawn.boxes}
    names = named(zip(numbers, table.kind, table.label, spans, table.data, strict=True), keys, source)
    rows = zip(numbers, table.kind, table.op, table.data, handed, strict=True)
    nodes = {number: Node(kind, op, names[number], data, given) for number, kind, op, data, given in rows}
    nodes |= {box.id: Node("scope", None, names[box.id], None, None, box.kind) for box in drawn.boxes}
    into: dict[int, list[Edge]] = {number: [] for number in sorted(nodes)}
    for index, (begin, end, key, local, flow) in enumerate(_rows(drawn.edges)):
        into[end].append(Edge(index, begin, end, key, local, flow))
    return Graph(
        {number: _whole(nodes[number], edges) for number, edges in into.items()}, into, drawn.order, drawn.output
    )


def _whole(node: Node, operands: Sequence[Edge]) -> Node:
    """The node; without its rule where not all it was made of is drawn."""
    return node if node.op is None or len(operands) == len(node.op.params) else replace(node, op=None)


def _rows(edges: Edges) -> Iterable[tuple[int, int, int, float | None, float | None]]:
    return zip(edges.source, edges.target, edges.key, edges.local, edges.flow, strict=True)


def uses(graph: Graph, node: int) -> Counter[int]:
    """How often each operand stands in an operation."""
    return Counter(edge.source for edge in graph.into[node])
