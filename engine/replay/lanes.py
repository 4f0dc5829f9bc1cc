"""A recording at many settings of its inputs at once: each number becomes an array with one element, a lane, a setting.

Only what depends on the inputs that move is computed again; the rest keeps its recorded numbers. Many lanes are done in
batches, so that memory stays within bounds whatever is asked.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.formula import Function, Number
from engine.op import Op
from engine.recording import Recording, sweep
from engine.replay.rules import Rule, rule

Lanes: TypeAlias = NDArray[np.float64]
Settings = TypeVar("Settings", NDArray[np.float64], NDArray[np.complex128])
Step: TypeAlias = tuple[int, Rule, tuple[int, ...]]  # a result, its rule, the nodes of its operands

BATCH = 1_024  # lanes of one batch: an array of them fits the processor's nearest memory
ROOM = 32 * 1024 * 1024  # bytes of one batch, all nodes together
ONE = 1.0
NONE: Lanes = np.zeros(0)


class Program:
    """What leads from some leaves of a recording to an output.

    inputs  the leaves that move, by node
    output  the node that is computed; the recording's own unless another is given
    steps   the operations on the way, operands before results
    ops     the record of each step
    """

    def __init__(self, recording: Recording, inputs: Sequence[int], output: int | None = None) -> None:
        self.inputs = tuple(inputs)
        self.output = recording.output if output is None else output
        nodes, edges, first = recording.nodes, recording.edges, recording.first
        if any(nodes.op[node] is not None or nodes.kind[node] == "constant" for node in self.inputs):
            raise ValueError("what moves is an input or a parameter")
        self._data: list[Number] = [np.float64(number) for number in nodes.data]
        moving = set(self.inputs)
        needed = _ancestors(recording, self.output)
        self.steps: list[Step] = []
        self.ops: list[Op] = []
        for node, op in enumerate(nodes.op):
            operands = edges.source[first[node] : first[node + 1]]
            if op is not None and node in needed and not moving.isdisjoint(operands):
                moving.add(node)
                self.steps.append((node, rule(op), operands))
                self.ops.append(op)
        self._moving = moving
        _, order = sweep(first, (edges.source, edges.target, edges.local), self.output)
        made = {step[0]: step for step in self.steps}
        self._backward = [made[node] for node in order if node in made]

    def values(self, settings: Lanes) -> Lanes:
        """The output at each setting: `settings` has a row per input and a column per lane."""
        return np.concatenate([self._shown(self._run(batch), batch) for batch in self._batches(settings)])

    def gradients(self, settings: Lanes) -> tuple[Lanes, Lanes]:
        """The output at each setting, and its slopes: a row per input. One pass forward and one backward."""
        found = [self._pull(batch) for batch in self._batches(settings)]
        return np.concatenate([one for one, _ in found]), np.concatenate([slopes for _, slopes in found], axis=1)

    def tangents(self, point: Sequence[float]) -> Lanes:
        """The slopes at one setting by dual numbers, a number and how fast it moves: one lane for each input."""
        width = len(self.inputs)
        batches = [range(at, min(at + self._width(), width)) for at in range(0, width, self._width())]
        return np.concatenate([NONE, *[self._push(point, batch) for batch in batches]])

    def imaginary(self, point: Sequence[float], step: float) -> Lanes:
        """The slopes at one setting by a step in the imaginary direction, a lane for each input.

        TypeError where an operation is not one of complex numbers.
        """
        settings = np.array(point, dtype=np.complex128).reshape(-1, 1) + 1j * step * np.eye(len(self.inputs))
        found = [np.imag(self._shown(self._run(batch), batch)) for batch in self._batches(settings)]
        return np.concatenate([NONE, *found])[: len(point)] / step

    def _batches(self, settings: Settings) -> Iterator[Settings]:
        width = self._width()
        for at in range(0, max(settings.shape[1], 1), width):
            yield settings[:, at : at + width]

    def _width(self) -> int:
        """How many lanes a batch has."""
        return max(1, min(BATCH, ROOM // (np.dtype(np.float64).itemsize * 2 * (len(self.steps) + 1))))

    def _run(self, settings: Settings) -> list[Number]:
        """The numbers of all nodes."""
        data = list(self._data)
        for node, row in zip(self.inputs, settings, strict=True):
            data[node] = row
        with np.errstate(all="ignore"):
            for node, ruled, operands in self.steps:
                data[node] = ruled.forward(*[data[operand] for operand in operands])
        return data

    def _shown(self, data: list[Number], settings: Settings) -> Settings:
        """The output, in every lane."""
        number = np.nan if self.output is None else data[self.output]
        return np.array(np.broadcast_to(number, settings.shape[1:]))

    def _pull(self, settings: Lanes) -> tuple[Lanes, Lanes]:
        """The output and the slopes: what each node is handed, multiplied and handed on."""
        data = self._run(settings)
        handed: dict[int, Number] = {} if self.output is None else {self.output: ONE}
        with np.errstate(all="ignore"):
            for node, ruled, operands in self._backward:
                numbers = [*[data[operand] for operand in operands], data[node]]
                gradient = handed.pop(node)
                for operand, slope in zip(operands, ruled.slopes, strict=True):
                    if operand in self._moving:
                        flow = _times(gradient, slope, numbers)
                        handed[operand] = handed[operand] + flow if operand in handed else flow
        slopes = [np.broadcast_to(handed.get(node, 0.0), settings.shape[1:]) for node in self.inputs]
        return self._shown(data, settings), np.array(slopes).reshape(len(self.inputs), settings.shape[1])

    def _push(self, point: Sequence[float], lanes: range) -> Lanes:
        """How fast the output moves while each of some inputs does."""
        data = [np.float64(np.squeeze(one)) for one in self._run(np.array(point, dtype=np.float64).reshape(-1, 1))]
        speed: dict[int, Number] = {}
        reach: dict[int, NDArray[np.bool_]] = {}
        for place, node in enumerate(self.inputs):
            reach[node] = np.array([place == lane for lane in lanes])
            speed[node] = reach[node].astype(np.float64)
        with np.errstate(all="ignore"):
            for node, ruled, operands in self.steps:
                numbers = [data[one] for one in (*operands, node)]
                moving = [pair for pair in zip(operands, ruled.slopes, strict=True) if pair[0] in self._moving]
                flows = [np.where(reach[one], _times(speed[one], slope, numbers), 0.0) for one, slope in moving]
                speed[node] = sum(flows[1:], flows[0])
                reach[node] = np.logical_or.reduce([reach[one] for one, _ in moving])
        return speed[self.output] if self.output in speed else np.zeros(len(lanes))


def _times(gradient: Number, slope: Function | float, numbers: Sequence[Number]) -> Number:
    """What is handed on; times 1 is nothing to do."""
    if slope == ONE:
        return gradient
    return gradient * (slope if isinstance(slope, float) else slope(*numbers))


def _ancestors(recording: Recording, root: int | None) -> set[int]:
    """What a node is made of, itself included."""
    if root is None:
        return set()
    found = {root}
    for node in range(root, -1, -1):
        if node in found:
            found.update(recording.edges.source[recording.first[node] : recording.first[node + 1]])
    return found
