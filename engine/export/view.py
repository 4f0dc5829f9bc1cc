"""What of a recording is drawn: all of it, or boxes for scopes, or what is nearest to the output.

A recording of more than `drawn_nodes` nodes is drawn with its scopes (calls, neurons, layers, turns of a loop)
collapsed, outermost first: each becomes one box, unless the request opens it by its id; then its own nodes are drawn,
and boxes for the scopes in it. If that is still too much, what is fewest edges away from the output is kept.

A box has the number of the newest node in it. What enters it keeps one edge per value from outside, in the order of
first use, with the flows to its uses in the box added up and no local slope. What leaves it is the edge to the
operation that uses it, as recorded.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from engine.origin import Scope, named
from engine.recording import Edges, Nodes, Recording


class Box(NamedTuple):
    """A collapsed scope, and how many recorded nodes it stands for."""

    id: int
    scope: Scope
    size: int


class Edge(NamedTuple):
    """One edge of what is drawn: a row of `Edges`."""

    source: int
    target: int
    key: int
    local: float | None
    flow: float | None


@dataclass(frozen=True, slots=True)
class View:
    """What is drawn of a recording.

    numbers    the numbers of the recorded nodes that are drawn as they are
    nodes      the table of these nodes
    boxes      the collapsed scopes
    edges      the edges between them
    output     the number of the node or box that holds the output
    order      operations and boxes, each before what it uses: as the backward walk went if there are no boxes
    scopes     the ids of the scopes to be seen, open or as boxes, each after the one around it
    truncated  whether something recorded is not drawn as it is
    serials    by serial the number of a recorded node that is drawn
    """

    recording: Recording
    numbers: Sequence[int]
    nodes: Nodes
    boxes: Sequence[Box]
    edges: Edges
    output: int | None
    order: Sequence[int]
    scopes: Mapping[Scope, str]
    truncated: bool
    serials: Mapping[int, int]

    def id_of(self, serial: int) -> int | None:
        """The number of the node of that serial; None where it is not drawn as it is."""
        return self.serials.get(serial)

    @property
    def steps(self) -> int:
        """How many steps there are to show: each operation forward, the seed, each operation backward."""
        return 0 if self.output is None else 2 * len(self.order) + 1


def view(recording: Recording, *, drawn_nodes: int, expand: Collection[str] = ()) -> View:
    """What is drawn of a recording; ids in `expand` that it does not have are passed over."""
    names = named(recording.nodes.scope)
    output = recording.output
    if len(recording) <= drawn_nodes:
        return _seen(recording, names, range(len(recording)), (), recording.edges, output)
    boxes, shown = _collapsed(recording, names, frozenset(expand))
    boxed = {box.id for box in boxes}
    edges = _outer(recording.edges, shown, boxed)
    output = None if output is None else shown[output]
    near = _nearest(output, edges, sorted(set(shown)), drawn_nodes)
    kept = [edge for edge in edges if edge.source in near and edge.target in near]
    return _seen(recording, names, sorted(near - boxed), [box for box in boxes if box.id in near], _table(kept), output)


def _seen(
    recording: Recording,
    names: Mapping[Scope, str],
    numbers: Sequence[int],
    boxes: Sequence[Box],
    edges: Edges,
    output: int | None,
) -> View:
    """The view of these nodes and boxes, with what follows from them."""
    whole = len(numbers) == len(recording)
    nodes = recording.nodes if whole else _taken(recording.nodes, numbers)
    drawn = set(numbers)
    order: Sequence[int] = recording.order if whole else [node for node in recording.order if node in drawn]
    if boxes:  # a scope is one stretch of time, so from new to old is from results to operands
        order = sorted([*order, *(box.id for box in boxes)], reverse=True)
    visible = names if whole else _around(chain((box.scope for box in boxes), nodes.scope))
    return View(
        recording=recording,
        numbers=numbers,
        nodes=nodes,
        boxes=boxes,
        edges=edges,
        output=output,
        order=order,
        scopes={scope: name for scope, name in names.items() if scope in visible},
        truncated=not whole,
        serials={serial: number for number, serial in zip(numbers, nodes.serial, strict=True) if serial is not None},
    )


def _around(scopes: Iterable[Scope | None]) -> set[Scope]:
    """These scopes and all those around them."""
    found: set[Scope] = set()
    for innermost in scopes:
        scope = innermost
        while scope is not None and scope not in found:
            found.add(scope)
            scope = scope.parent
    return found


def _collapsed(recording: Recording, names: Mapping[Scope, str], expand: frozenset[str]) -> tuple[list[Box], list[int]]:
    """The boxes, and for each recorded node the number of what is drawn for it: itself, or the box it is in."""
    closed: dict[Scope | None, Scope | None] = {None: None}  # by scope the box it is in, if any
    for scope, name in names.items():
        closed[scope] = closed[scope.parent] or (None if name in expand else scope)
    homes = [closed[scope] for scope in recording.nodes.scope]
    newest = {home: node for node, home in enumerate(homes)}
    shown = [node if home is None else newest[home] for node, home in enumerate(homes)]
    boxes = [
        Box(newest[home], home, count)
        for home, count in Counter(homes).items()
        if home is not None and count > 1  # one node alone is drawn as it is
    ]
    return boxes, shown


def _outer(edges: Edges, shown: Sequence[int], boxed: Collection[int]) -> list[Edge]:
    """The edges that do not end inside the box they begin in; one per box and value that enters it."""
    found: list[Edge] = []
    entries: dict[tuple[int, int], int] = {}
    inputs: Counter[int] = Counter()
    for edge in map(Edge, edges.source, edges.target, edges.key, edges.local, edges.flow):
        begin, end = shown[edge.source], shown[edge.target]
        if end not in boxed:
            found.append(edge._replace(source=begin))
        elif begin != end:
            entry = entries.setdefault((edge.source, end), len(found))
            if entry == len(found):
                found.append(Edge(begin, end, inputs[end], None, edge.flow))
                inputs[end] += 1
            elif edge.flow is not None:
                found[entry] = found[entry]._replace(flow=(found[entry].flow or 0.0) + edge.flow)
    return found


def _nearest(output: int | None, edges: Iterable[Edge], numbers: Sequence[int], most: int) -> set[int]:
    """At most `most` of `numbers`: what is fewest edges away from the output, then what it does not depend on."""
    operands: dict[int, list[int]] = {}
    for edge in edges:
        operands.setdefault(edge.target, []).append(edge.source)
    found = {} if output is None else {output: None}
    queue = list(found)
    for node in queue:
        if len(found) >= most:
            break
        fresh = [operand for operand in dict.fromkeys(operands.get(node, ())) if operand not in found]
        found |= dict.fromkeys(fresh)
        queue += fresh
    return set(list(found | dict.fromkeys(numbers))[:most])


def _table(rows: Sequence[Edge]) -> Edges:
    return Edges(
        source=tuple([edge.source for edge in rows]),
        target=tuple([edge.target for edge in rows]),
        key=tuple([edge.key for edge in rows]),
        local=tuple([edge.local for edge in rows]),
        flow=tuple([edge.flow for edge in rows]),
    )


def _taken(nodes: Nodes, numbers: Sequence[int]) -> Nodes:
    return Nodes(
        kind=tuple([nodes.kind[number] for number in numbers]),
        op=tuple([nodes.op[number] for number in numbers]),
        label=tuple([nodes.label[number] for number in numbers]),
        data=tuple([nodes.data[number] for number in numbers]),
        data_end=tuple([nodes.data_end[number] for number in numbers]),
        grad=tuple([nodes.grad[number] for number in numbers]),
        adjoint=tuple([nodes.adjoint[number] for number in numbers]),
        site=tuple([nodes.site[number] for number in numbers]),
        scope=tuple([nodes.scope[number] for number in numbers]),
        serial=tuple([nodes.serial[number] for number in numbers]),
    )
