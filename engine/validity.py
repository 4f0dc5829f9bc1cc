"""What makes a recording true to itself: `validate` says the first thing that is wrong with one.

The sums are made again from the flows as recorded, in the order of the walk as recorded, and compared to the last bit;
the walk itself is not repeated.
"""

import math
from collections.abc import Iterator
from itertools import chain

from engine.recording import Recording, fingerprint

LEAVES = frozenset({"input", "parameter", "constant"})


def validate(recording: Recording) -> None:
    """Nothing, or a ValueError with the first violation as a sentence."""
    for sentence in chain.from_iterable(rule(recording) for rule in (_columns, _kinds, _wiring, _walk, _sums)):
        raise ValueError(sentence)


def _columns(recording: Recording) -> Iterator[str]:
    nodes, edges = recording.nodes, recording.edges
    for table in (nodes, edges):
        lengths = {name: len(getattr(table, name)) for name in table.__dataclass_fields__}
        if len(set(lengths.values())) > 1:
            yield f"columns of one table differ in length: {lengths}"
    if len(recording.first) != len(recording) + 1 or recording.first[-1] != len(edges.source):
        yield "`first` must have one entry per node and end with the number of edges"
    if recording.output is not None and not 0 <= recording.output < len(recording):
        yield f"the output {recording.output} is no node"
    if recording.structure != fingerprint(nodes, edges.source, recording.output):
        yield "the hash is not that of this topology"


def _kinds(recording: Recording) -> Iterator[str]:
    nodes, first = recording.nodes, recording.first
    for node, (kind, op) in enumerate(zip(nodes.kind, nodes.op, strict=True)):
        edges = first[node + 1] - first[node]
        if kind == "operation":
            if op is None:
                yield f"operation {node} has no record"
            elif edges != len(op.params):
                yield f"node {node} is {op.name}, which takes {len(op.params)} operands, and has {edges}"
        elif kind not in LEAVES:
            yield f"node {node} is of no known kind: {kind}"
        elif op is not None or edges:
            yield f"the {kind} {node} is a leaf, and cannot have operands"
        if {nodes.grad[node] is None, nodes.adjoint[node] is None} != {kind == "constant"}:
            yield f"node {node}: constants have no gradient, and all others have one"


def _wiring(recording: Recording) -> Iterator[str]:
    nodes, edges, first = recording.nodes, recording.edges, recording.first
    handed = nodes.grad if recording.accumulation == "micrograd" else nodes.adjoint
    upstream = [math.nan if gradient is None else gradient for gradient in handed]
    for target in range(len(recording)):
        for key, edge in enumerate(range(first[target], first[target + 1])):
            source, local, flow = edges.source[edge], edges.local[edge], edges.flow[edge]
            if (edges.target[edge], edges.key[edge]) != (target, key):
                yield f"edge {edge} stands where operand {key} of node {target} should"
            if not 0 <= source < target:
                yield f"node {target} uses node {source}, which is not older"
            if {local is None, flow is None} != {nodes.kind[source] == "constant"}:
                yield f"edge {edge}: no gradient goes to a constant, and one to all others"
            elif local is not None and not same(flow, upstream[target] * local):
                yield f"edge {edge} carries {flow}, and not the gradient of node {target} times {local}"


def _walk(recording: Recording) -> Iterator[str]:
    """The walk goes through exactly the operations that the output depends on, each before its operands."""
    edges, first = recording.edges, recording.first
    walked = {node: turn for turn, node in enumerate(recording.order)}
    if len(walked) != len(recording.order):
        yield "the walk visits a node twice"
    reached = [False] * len(recording)
    if recording.output is not None:
        reached[recording.output] = True
    for node in reversed(range(len(recording))):
        if (node in walked) is not (reached[node] and recording.nodes.kind[node] == "operation"):
            yield f"the walk must visit the operations that the output depends on, and only them: see node {node}"
        for edge in range(first[node], first[node + 1]) if reached[node] else ():
            source = edges.source[edge]
            reached[source] = True
            if walked.get(source, len(walked)) <= walked.get(node, -1):
                yield f"the walk visits node {source} before node {node}, which uses it"


def _sums(recording: Recording) -> Iterator[str]:
    """The adjoint of a node is the seed, if it is the output, and what flows back from its uses."""
    nodes, edges, first = recording.nodes, recording.edges, recording.first
    fresh = recording.accumulation == "pytorch"
    sums = [-0.0 if fresh and kind == "operation" else 0.0 for kind in nodes.kind]
    if recording.output is not None:
        sums[recording.output] = 1.0
    for node in recording.order:
        for edge in range(first[node], first[node + 1]):
            flow = edges.flow[edge]
            if flow is not None:
                sums[edges.source[edge]] += flow
    for node, (adjoint, total) in enumerate(zip(nodes.adjoint, sums, strict=True)):
        if adjoint is not None and not same(adjoint, total):
            yield f"the adjoint of node {node} is {adjoint}, and its uses send back {total}"


def same(x: float | None, y: float) -> bool:
    """Whether two floats are equal to the last bit; any NaN is like any other."""
    if x is None or x != y:
        return x is not None and math.isnan(x) and math.isnan(y)
    return x != 0.0 or math.copysign(1.0, x) == math.copysign(1.0, y)
