"""The mistakes that can be made with a gradient, each with the number that comes of it.

One way to count them all: a mistake at a node `m` makes its gradient wrong by so much, and the gradient that is asked
for by so much times d m / d asked. The rulebook says what slopes other numbers would give, the graph all the rest.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain

from engine.predict.mistakes import Mistake
from engine.recording import Recording

PLACES = 200  # nodes above the asked one at which mistakes are looked for, the nearest first
USES = 50  # of a node that are looked at


@dataclass(frozen=True, slots=True)
class Part:
    """What a node gets along one edge: slope times the gradient from above."""

    edge: int
    local: float
    upstream: float

    @property
    def flow(self) -> float:
        """The product."""
        return self.local * self.upstream


def parts(recording: Recording) -> dict[int, list[Part]]:
    """By node what it gets in the last pass, oldest operation first; only nodes that get something."""
    nodes, edges, found = recording.nodes, recording.edges, dict[int, list[Part]]()
    for target in sorted(recording.order):
        upstream = nodes.adjoint[target]
        for edge in range(recording.first[target], recording.first[target + 1]):
            local = edges.local[edge]
            if local is not None and upstream is not None:
                found.setdefault(edges.source[edge], []).append(Part(edge, local, upstream))
    return found


def received(recording: Recording, node: int) -> list[Part]:
    """What one node gets."""
    nodes, edges, live = recording.nodes, recording.edges, set(recording.order)
    found = [(edge, edges.target[edge]) for edge, source in enumerate(edges.source) if source == node]
    return [
        Part(edge, local, upstream)
        for edge, target in found
        if target in live and (local := edges.local[edge]) is not None
        if (upstream := nodes.adjoint[target]) is not None
    ]


def influence(recording: Recording, node: int) -> dict[int, float]:
    """By node above, how much it changes with this one; the nearest first."""
    edges, found = recording.edges, {node: 1.0}
    for target in sorted(recording.order):
        if target <= node:
            continue
        for edge in range(recording.first[target], recording.first[target + 1]):
            local, source = edges.local[edge], edges.source[edge]
            if local is not None and source in found:
                found[target] = found.get(target, 0.0) + local * found[source]
    return found


def mistakes(recording: Recording, node: int) -> Iterator[Mistake]:
    """The mistakes with the gradient of a node: those of its own first, then those made above it."""
    nodes = recording.nodes
    true = nodes.adjoint[node] or 0.0
    yield Mistake("value", nodes.data[node], node)
    yield Mistake("sign", -true, node)
    if (held := nodes.grad[node]) is not None:
        yield Mistake("stale", held, node)
    given = parts(recording)
    own = given.get(node, [])
    for one in lost(node, own):
        yield replace(one, number=true + one.number)
    for chosen in (own, *([one] for one in own[:USES])):
        if chosen:
            yield Mistake("local_derivative", sum(one.local for one in chosen), node, chosen[0].edge)
    for place, weight in list(influence(recording, node).items())[:PLACES]:
        above = given.get(place, [])
        for one in chain(lost(place, above), misgiven(recording, place, above)) if weight else ():
            yield replace(one, number=true + one.number * weight)


def lost(node: int, own: Sequence[Part]) -> Iterator[Mistake]:
    """The mistakes in adding up what a node gets; their numbers say how wrong its gradient is."""
    whole = sum(part.flow for part in own)
    for part in own[:USES] if len(own) > 1 else ():
        yield Mistake("overwritten", -part.flow, node, part.edge)
        yield Mistake("overwritten", part.flow - whole, node, part.edge, only=True)


def misgiven(recording: Recording, node: int, own: Sequence[Part]) -> Iterator[Mistake]:
    """The mistakes in what a node gets along an edge; their numbers say the same."""
    for part in own[:USES]:
        yield Mistake("upstream", part.local - part.flow, node, part.edge)
        yield Mistake("slope", part.upstream - part.flow, node, part.edge)
        yield Mistake("sign", -2 * part.flow, node, part.edge)
        for other, local in wrong_slopes(recording, part.edge):
            yield Mistake("operand", part.upstream * local - part.flow, node, part.edge, other)


def wrong_slopes(recording: Recording, edge: int) -> Iterator[tuple[int, float]]:
    """The slopes along an edge that the rule gives for wrong numbers, and whose number stands where another belongs."""
    target, key = recording.edges.target[edge], recording.edges.key[edge]
    op = recording.nodes.op[target]
    if op is None:
        return
    around = [*recording.edges.source[recording.first[target] : recording.first[target + 1]], target]
    right = [recording.nodes.data[node] for node in around]
    tried: list[tuple[int, list[float], int]] = []
    if len(op.params) == 2:
        tried.append((1 - key, right, around[key]))
        swapped = right[1], right[0]
        tried += [(key, [*swapped, result], around[key]) for result in (right[2], op.forward(*swapped))]
    for place in range(len(right)):
        for instead, other in enumerate(around):
            if instead != place:
                tried.append((key, [*right[:place], right[instead], *right[place + 1 :]], other))
    for which, numbers, other in tried:
        with suppress(ArithmeticError, ValueError, TypeError):
            yield other, float(op.slopes[which](*numbers))


def strangers(recording: Recording, node: int) -> Iterator[Mistake]:
    """The gradients of other nodes."""
    for other, gradient in enumerate(recording.nodes.adjoint):
        if gradient is not None and other != node:
            yield Mistake("wrong_node", gradient, node, other=other)
