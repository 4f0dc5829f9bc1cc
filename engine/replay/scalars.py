"""A graph evaluated again number by number: not much faster than building it, but the same to the last bit."""

from collections.abc import Sequence

import numpy as np

from engine.recording import sweep
from engine.replay.normalise import reached
from engine.replay.wiring import NOTHING, Floats, Goal, Wiring


class Scalars:
    """Computes what leads from some leaves to the output and the observed nodes, in the engine's own order."""

    def __init__(self, wiring: Wiring, goal: Goal) -> None:
        inputs, output, observed = goal
        moving, wanted = reached(wiring, goal)
        pairs = zip(wiring.left.tolist(), wiring.right.tolist(), strict=True)
        operands = [tuple([one for one in pair if one != NOTHING]) for pair in pairs]
        self.inputs: Floats = wiring.data[list(inputs)]
        self.gradients: Floats = np.zeros(len(inputs))
        self._places, self._output, self._observed = list(inputs), output, list(observed)
        self._data: list[float] = wiring.data.tolist()
        self._clear = [-0.0 if several else 0.0 for several in operands]  # as `sweep` has it
        code = wiring.code.tolist()
        self._steps = [
            (node, wiring.ops[code[node]].forward, operands[node]) for node in np.flatnonzero(wanted).tolist()
        ]
        moves = moving.tolist()
        self._backward = [
            (
                node,
                operands[node],
                [pair for pair in zip(operands[node], wiring.ops[code[node]].slopes, strict=True) if moves[pair[0]]],
            )
            for node in _walk(operands, moves, output)
        ]

    def forward(self) -> None:
        """Compute the numbers."""
        data = self._data
        for node, number in zip(self._places, self.inputs.tolist(), strict=True):
            data[node] = number
        for node, forward, operands in self._steps:
            data[node] = forward(*[data[operand] for operand in operands])

    def both(self) -> None:
        """Compute the numbers, and the gradients of the inputs."""
        self.forward()
        data, gradients = self._data, self._clear.copy()
        gradients[self._output] = 1.0
        for node, operands, ways in self._backward:
            gradient = gradients[node]
            numbers = [data[operand] for operand in operands]
            for operand, slope in ways:
                gradients[operand] += gradient * slope(*numbers, data[node])
        self.gradients[:] = [gradients[node] for node in self._places]

    def output(self) -> float:
        """The output."""
        return self._data[self._output]

    def observed(self) -> Floats:
        """The observed nodes."""
        return np.array([self._data[node] for node in self._observed])


def _walk(operands: Sequence[tuple[int, ...]], moving: Sequence[bool], output: int) -> list[int]:
    """The operations that depend on the inputs, in the order of a backward pass from the output."""
    first = [0]
    for several in operands:
        first.append(first[-1] + len(several))
    source = [one for several in operands for one in several]
    target = [node for node, several in enumerate(operands) for _ in several]
    slopes = [1.0 if moving[one] else None for one in source]
    return [node for node in sweep(first, (source, target, slopes), output)[1] if moving[node]]
