"""A recording at other inputs, one number at a time, by the records' own rules: what all other ways must agree with."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.recording import Recording, sweep


@dataclass(frozen=True, slots=True)
class Replayed:
    """The numbers of a recording at other inputs: data and adjoint by node, local and flow by edge."""

    data: tuple[float, ...]
    adjoint: tuple[float | None, ...]
    local: tuple[float | None, ...]
    flow: tuple[float | None, ...]


def replay(recording: Recording, moved: Mapping[int, float], output: int | None = None) -> Replayed:
    """Evaluate a recording with the leaves `moved`, by node, at other numbers, and differentiate `output`.

    Without an output it is the recording's own. The pass is one on cleared gradients, by PyTorch's rule.
    """
    nodes, edges, first = recording.nodes, recording.edges, recording.first
    data = [moved.get(node, number) for node, number in enumerate(nodes.data)]
    local: list[float | None] = []
    for node, op in enumerate(nodes.op):
        if op is not None:
            span = range(first[node], first[node + 1])
            operands = [data[edges.source[edge]] for edge in span]
            data[node] = op.forward(*operands)
            for edge, slope in zip(span, op.slopes, strict=True):
                constant = edges.local[edge] is None
                local.append(None if constant else slope(*operands, data[node]))
    root = recording.output if output is None else output
    adjoint, _ = sweep(first, (edges.source, edges.target, local), root)
    return Replayed(
        data=tuple(data),
        adjoint=tuple([None if nodes.adjoint[node] is None else brought for node, brought in enumerate(adjoint)]),
        local=tuple(local),
        flow=tuple(
            [None if slope is None else adjoint[node] * slope for node, slope in zip(edges.target, local, strict=True)]
        ),
    )
