"""The graph as frozen plain data: what everything that only reads a graph reads.

`record` takes a Value and writes down what it depends on, the numbers of the forward run, and the last backward pass.
A recording is a table of nodes and a table of edges, kept as columns: `nodes.data[i]` is the number of node `i`,
`edges.source[e]` is where edge `e` comes from. It holds no Value and never changes.

Nodes are numbered in order of execution, so operands come before results. The edges into node `i`, in operand order,
are `first[i]` up to `first[i + 1]`; `x*x` has two. A plain number is a constant: a node of its own per use, just before
the operation that uses it, and placed where that stands. No gradient goes to it.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate, chain

from engine.op import Op
from engine.origin import Scope, Site, scopes
from engine.value import Accumulation, Value

Assigned = Sequence[tuple[Value, int, float]]
"""Which Values got another `.data` since the last pass: the Value, the serial that the next node was to get then, and
the number that was replaced; oldest first."""


class Constant(Value):
    """A plain number among the operands, while a graph is recorded."""

    __slots__ = ()
    kind = "constant"


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes, a column a fact.

    kind      operation, input, parameter or constant
    op        the record of the operation, None for a leaf
    label     the name it was given, if any
    data      the number that the forward run used
    data_end  what `.data` holds at the end, where it was assigned after that; else None
    grad      what `.grad` holds at the end; None for a constant
    adjoint   d(output) / d(this), by the last pass alone; None for a constant
    site      where it was written; None outside the playground's language, as are scope and serial
    scope     the call or turn of a loop it was made in
    serial    its place in the order of execution; None for a constant
    """

    kind: tuple[str, ...]
    op: tuple[Op | None, ...]
    label: tuple[str | None, ...]
    data: tuple[float, ...]
    data_end: tuple[float | None, ...]
    grad: tuple[float | None, ...]
    adjoint: tuple[float | None, ...]
    site: tuple[Site | None, ...]
    scope: tuple[Scope | None, ...]
    serial: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges, a column a fact: from an operand to the operation that uses it.

    key    the operand's position
    local  d(target) / d(source), the other operand held still; None from a constant
    flow   what the last pass sent back along the edge: the target's gradient times `local`; None from a constant
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    key: tuple[int, ...]
    local: tuple[float | None, ...]
    flow: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """A graph and its last backward pass.

    first      per node where its edges begin, and at the end how many edges there are
    output     the node that was differentiated; None if there is no Value at all
    order      the operations in the order in which the pass went through them
    structure  a hash of the topology: equal for equal graphs, whatever their numbers and names

    The gradient that a node hands on in a pass is its `adjoint`. By micrograd's rule it is its `grad`, in which earlier
    passes still stand: there `adjoint` is only what the last pass brought, and what the program itself does to the
    `.grad` of an interior node after that pass shows in the flows.
    """

    nodes: Nodes
    edges: Edges
    first: tuple[int, ...]
    output: int | None
    order: tuple[int, ...]
    structure: str
    accumulation: Accumulation

    def __len__(self) -> int:
        return len(self.nodes.kind)


def record(
    output: Value | None,
    *,
    inputs: Iterable[Value] = (),
    assigned: Assigned = (),
    accumulation: Accumulation = "pytorch",
) -> Recording:
    """What `output` depends on, and those of the leaves `inputs` that it does not."""
    values = _chronological(output, inputs)
    drawn, source, local, place = _numbered(values)
    first = tuple(accumulate([0 if value.op is None else len(value.op.params) for value in drawn], initial=0))
    target = [node for node in range(len(drawn)) for _ in range(first[node], first[node + 1])]
    root = None if output is None else place[id(output)]
    handed = None if accumulation == "pytorch" else [value.grad for value in drawn]
    adjoint, order = sweep(first, (source, target, local), root, handed)
    upstream = handed or adjoint
    nodes = _nodes(drawn, adjoint, _replaced(values, assigned))
    return Recording(
        nodes=nodes,
        edges=Edges(
            source=tuple(source),
            target=tuple(target),
            key=tuple([edge - first[node] for edge, node in enumerate(target)]),
            local=tuple(local),
            flow=tuple([None if k is None else upstream[node] * k for node, k in zip(target, local, strict=True)]),
        ),
        first=first,
        output=root,
        order=tuple(order),
        structure=fingerprint(nodes, source, root),
        accumulation=accumulation,
    )


def _chronological(output: Value | None, inputs: Iterable[Value]) -> list[Value]:
    """Everything to be drawn, in order of execution: by serial, and where there is none as soon as it could be made."""
    values = {id(value): value for value in chain(output.history() if output is not None else (), inputs)}
    time: dict[int, int] = {}
    for name, value in values.items():
        made = value.origin[2] if value.origin else 0
        time[name] = made if value.op is None else max(made, time.get(id(value.a), 0), time.get(id(value.b), 0))
    return [values[name] for name in sorted(values, key=time.__getitem__)]


def _numbered(values: list[Value]) -> tuple[list[Value], list[int], list[float | None], dict[int, int]]:
    """The nodes, constants included; per edge its source and slope; the number of each Value, by `id`."""
    drawn: list[Value] = []
    source: list[int] = []
    local: list[float | None] = []
    place: dict[int, int] = {}
    for value in values:
        for operand, slope in ((value.a, value.da), (value.b, value.db)):
            if isinstance(operand, Value):
                source.append(place[id(operand)])
                local.append(slope)
            elif operand is not None:
                source.append(len(drawn))
                local.append(None)
                drawn.append(Constant(operand))
                drawn[-1].origin = value.origin
        place[id(value)] = len(drawn)
        drawn.append(value)
    return drawn, source, local, place


def _replaced(values: list[Value], assigned: Assigned) -> dict[int, float]:
    """By `id` the number that the forward run used, where another one was assigned after the first use."""
    used: dict[int, float] = {}
    first: dict[int, int] = {}  # the serial of what used it first
    for value in values if assigned else ():
        for operand in (value.a, value.b):
            first.setdefault(id(operand), value.origin[2] if value.origin else 0)
    for value, at, number in assigned:
        if at > first.get(id(value), at):
            used.setdefault(id(value), number)
    return used


def sweep(
    first: Sequence[int],
    edges: tuple[Sequence[int], Sequence[int], Sequence[float | None]],
    root: int | None,
    handed: Sequence[float] | None = None,
) -> tuple[list[float], list[int]]:
    """What one pass from `root` brings each node, and the operations in the order of the walk.

    The same walk and the same sums as `Value.backward`, so that the numbers agree to the last bit. `edges` are their
    sources, targets and slopes; `handed` is what nodes hand on where that is not what the pass brings (micrograd).
    """
    source, target, local = edges
    level = [0] * (len(first) - 1)
    for operand, node in zip(source, target, strict=True):
        if level[node] <= level[operand]:
            level[node] = level[operand] + 1
    # -0.0 + x is x to the last bit: an interior node holds its first deposit, a leaf adds it to 0.0
    adjoint = [-0.0 if height and handed is None else 0.0 for height in level]
    order: list[int] = []
    if root is None:
        return adjoint, order
    adjoint[root] = 1.0
    waiting: list[list[int]] = [[] for _ in range(level[root] + 1)]
    waiting[level[root]].append(root)
    queued = bytearray(len(level))
    for stack in reversed(waiting):
        for node in reversed(stack):
            gradient = adjoint[node] if handed is None else handed[node]
            for edge in range(first[node], first[node + 1]):
                slope = local[edge]
                if slope is not None:
                    operand = source[edge]
                    adjoint[operand] += gradient * slope
                    if level[operand] and not queued[operand]:
                        queued[operand] = True
                        waiting[level[operand]].append(operand)
            if level[node]:
                order.append(node)
    return adjoint, order


def _nodes(drawn: list[Value], adjoint: list[float], used: dict[int, float]) -> Nodes:
    constant = [isinstance(value, Constant) for value in drawn]
    origins = [value.origin or (None, None, None) for value in drawn]
    return Nodes(
        kind=tuple([value.kind if value.op is None else "operation" for value in drawn]),
        op=tuple([value.op for value in drawn]),
        label=tuple([value.label for value in drawn]),
        data=tuple([used.get(id(value), value.data) for value in drawn]),
        data_end=tuple([value.data if id(value) in used else None for value in drawn]),
        grad=tuple([None if fixed else value.grad for value, fixed in zip(drawn, constant, strict=True)]),
        adjoint=tuple([None if fixed else brought for brought, fixed in zip(adjoint, constant, strict=True)]),
        site=tuple([origin[0] for origin in origins]),
        scope=tuple(scopes([origin[1] for origin in origins])),
        serial=tuple([None if fixed else origin[2] for origin, fixed in zip(origins, constant, strict=True)]),
    )


def fingerprint(nodes: Nodes, source: Sequence[int], root: int | None) -> str:
    """A hash of what the graph is made of and how it hangs together, the same in every process."""
    names = " ".join([kind if op is None else op.name for kind, op in zip(nodes.kind, nodes.op, strict=True)])
    hashed = blake2b(names.encode(), digest_size=16)
    hashed.update(struct.pack(f"<{len(source) + 1}q", -1 if root is None else root, *source))
    return hashed.hexdigest()
