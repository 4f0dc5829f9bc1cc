"""A recorded graph as a program that computes it again, with its gradients, at other inputs.

Three ways there are, and a stated cost decides: number by number (`scalars`); the equal operations of a level together
(`levels`); or, with sums and matrix products recognised, as arrays (`arrays`). The first does what the engine does, in
its order, to the last bit. The others add the same numbers up in another order, so their results agree to some 1e-15
times the largest term, not to the bit; a sum that is 0 may have the other sign. Sums that are equal are computed once,
and hand on their gradients added up: where one of several is 0 and a factor infinite, that is infinite instead of nan.
"""

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

import numpy as np

from engine.optim import Optimizer
from engine.recording import Recording
from engine.replay import explain
from engine.replay.arrays import Arrays
from engine.replay.explain import Line
from engine.replay.group import Groups
from engine.replay.normalise import normalise
from engine.replay.recognise import recognise
from engine.replay.scalars import Scalars
from engine.replay.wiring import NOTHING, Floats, Goal, Wiring, of_recording

Way = Literal["scalars", "levels", "arrays"]
Callback = Callable[[int, float], object]  # the step, from 0, and the output before it

# Nanoseconds, measured: what a scalar operation, a block, and a number that a block reads take, both ways together.
SCALAR, BLOCK, ELEMENT = 500.0, 4_000.0, 4.0
DENSE = 16  # so much cheaper than number by number that nothing else need be looked at


class Computer(Protocol):
    """What computes: `inputs` are set before, `gradients` are there afterwards."""

    inputs: Floats
    gradients: Floats

    def forward(self) -> None:
        """Compute the numbers."""

    def both(self) -> None:
        """Compute the numbers, and the gradients of the inputs."""

    def output(self) -> float:
        """The output."""

    def observed(self) -> Floats:
        """The observed nodes."""


class Program:
    """Computes an output and the slopes of it for each input.

    inputs  the leaves that move, by node
    way     how it is computed
    """

    def __init__(self, computer: Computer, inputs: Sequence[int], way: Way, lines: Callable[[], list[Line]]) -> None:
        self.inputs = tuple(inputs)
        self.way = way
        self._computer = computer
        self._lines = lines

    def __call__(self, values: Floats | Sequence[float]) -> tuple[float, Floats]:
        """The output and its gradients at these inputs, one each. The array of gradients is used again next time."""
        self._set(values)
        self._computer.both()
        return self._computer.output(), self._computer.gradients

    def value(self, values: Floats | Sequence[float]) -> float:
        """The output at these inputs, without gradients."""
        self._set(values)
        self._computer.forward()
        return self._computer.output()

    def observed(self) -> Floats:
        """The numbers of the nodes that were asked to be observed, as of the last call."""
        return self._computer.observed()

    def train(self, optimizer: Optimizer, steps: int, callback: Callback | None = None) -> Floats:
        """Move the inputs against their gradients, as often as `steps` says, by the optimizer's rule; where they end.

        They start where the last call, or the recording, left them. The Values of the optimizer itself are not touched.
        """
        computer = self._computer
        for step in range(steps):
            computer.both()
            if callback is not None:
                callback(step, computer.output())
            optimizer.move(computer.inputs, computer.gradients)
        return computer.inputs.copy()

    def _set(self, values: Floats | Sequence[float]) -> None:
        if len(values) != len(self.inputs):  # numpy would take one number for all
            raise ValueError(f"{len(self.inputs)} numbers are needed, one for each input, not {len(values)}")
        self._computer.inputs[:] = values

    def explain(self) -> list[Line]:
        """The program as text, a line for each array."""
        return self._lines()


def build(
    graph: Recording | Wiring,
    *,
    inputs: Sequence[int] | None = None,
    output: int | None = None,
    observed: Sequence[int] = (),
    deterministic: bool = False,
) -> Program:
    """A program for a recorded graph.

    inputs    the leaves that move, by node: all inputs and parameters unless told
    output    the node to compute: the recording's own unless told
    observed  other nodes to compute
    deterministic  add up in the engine's own order, which gives its results to the last bit

    ValueError where what moves is no leaf or is named twice, or where there is no output.
    """
    wiring = of_recording(graph) if isinstance(graph, Recording) else graph
    goal = _asked(graph, wiring, inputs, output)._replace(observed=observed)
    labels = [graph.nodes.label[node] if isinstance(graph, Recording) else None for node in goal.inputs]
    if deterministic:
        return compiled(wiring, goal, "scalars")
    way, groups = cheapest(wiring, goal)
    return compiled(wiring, goal, way, groups, labels)


def compiled(
    wiring: Wiring, goal: Goal, way: Way, groups: Groups | None = None, labels: Sequence[str | None] = ()
) -> Program:
    """The program of one way; of `groups`, where they have been found."""
    if way == "scalars":
        return Program(Scalars(wiring, goal), goal.inputs, way, list)
    if groups is None:
        groups = Groups(normalise(wiring, goal, fuse=way == "arrays"))
    with np.errstate(all="ignore"):
        plan = recognise(wiring, goal, groups)
        arrays = Arrays(plan, wiring.ops, goal)
    arrays.inputs[:] = wiring.data[list(goal.inputs)]
    return Program(arrays, goal.inputs, way, lambda: explain.explain(plan, wiring.ops, labels))


def cheapest(wiring: Wiring, goal: Goal) -> tuple[Way, Groups]:
    """The way that takes least by the stated cost, and the groups that were looked at last."""
    fused = normalise(wiring, goal)
    arrays, scalars = Groups(fused), SCALAR * fused.operations
    if _cost(arrays) * DENSE <= scalars:
        return "arrays", arrays
    levels = Groups(normalise(wiring, goal, fuse=False))
    way: Way = "arrays" if _cost(arrays) <= _cost(levels) else "levels"
    groups = arrays if way == "arrays" else levels
    return ("scalars" if scalars <= _cost(groups) else way), groups


def _cost(groups: Groups) -> float:
    return BLOCK * len(groups) + ELEMENT * groups.elements


def _asked(graph: Recording | Wiring, wiring: Wiring, inputs: Sequence[int] | None, output: int | None) -> Goal:
    """What moves and what is computed, checked."""
    if isinstance(graph, Recording):
        output = graph.output if output is None else output
        kinds = graph.nodes.kind
        inputs = [i for i, kind in enumerate(kinds) if kind in ("input", "parameter")] if inputs is None else inputs
        if any(kinds[node] == "constant" for node in inputs):
            raise ValueError("what moves is an input or a parameter")
    if inputs is None or output is None:
        raise ValueError("say which leaves move, and what is to be computed")
    if (wiring.code[list(inputs)] != NOTHING).any():
        raise ValueError("what moves is an input or a parameter")
    if len(set(inputs)) < len(inputs):
        raise ValueError("each input is named once")
    return Goal(list(inputs), output)
