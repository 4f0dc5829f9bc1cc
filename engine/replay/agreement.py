"""The derivatives of a recording, found in every way there is, side by side: how well they agree, what each costs.

Reverse mode is what a backward pass does. Forward mode carries a speed along with every number (dual numbers), a pass
per input. A central difference moves an input to both sides. A complex step moves it where no two large numbers are
subtracted, so it is exact to the last digits, but only operations that are functions of complex numbers allow it.

The graph is held as it was recorded: branches stay as they were taken, numbers that the program fixed stay fixed.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.derivative import TOLERANCE, Measured, numeric_gradient
from engine.op import Op
from engine.recording import Recording
from engine.replay.lanes import Program
from engine.replay.rules import EXACT, TINY, analytic

Verdict = Literal["agrees", "kink", "undefined", "differs"]

LADDER = 40  # the settings that one central difference tries at most
LANES = 10_000_000  # numbers that one comparison computes at most
MOST = 200  # inputs of one comparison
STEPS = tuple(10.0**-exponent for exponent in range(1, 16))


@dataclass(frozen=True, slots=True)
class Compared:
    """One input: its slope in each way; None where a way is not open.

    difference  the largest of the differences to reverse mode, relative to the slope or to 1
    verdict     they agree; a kink on the way makes the slope a convention; nothing finite to compare; they differ
    """

    node: int
    reverse: float
    forward: float
    central: Measured
    imaginary: float | None
    difference: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Cost:
    """What a way takes for all inputs: passes over the graph, and operations computed or differentiated in them."""

    way: Literal["reverse", "forward", "central", "complex"]
    passes: int
    operations: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """All of it. `kinks` are the nodes where the output's graph has no slope but a convention."""

    rows: tuple[Compared, ...]
    costs: tuple[Cost, ...]
    kinks: tuple[int, ...]


def compare(recording: Recording, inputs: Sequence[int]) -> Agreement:
    """Find the slope of the output for each of some inputs, in every way; the first ones of very many."""
    nodes = recording.nodes
    room = LANES // (LADDER * max(len(nodes.kind), 1))
    chosen = inputs[: max(1, min(MOST, room))]
    program = Program(recording, chosen)
    point = [nodes.data[node] for node in chosen]
    _, reverse = program.gradients(np.array(point).reshape(-1, 1))
    forward = program.tangents(point)
    central = differences(program, point)
    imaginary = steps_aside(program, recording, point)
    kinks = tuple(node for node, op, at in operations(program, recording) if op.kinked(*at))
    return Agreement(
        rows=tuple(
            [
                compared(node, float(reverse[i, 0]), float(forward[i]), central[i], imaginary[i], kinked=bool(kinks))
                for i, node in enumerate(chosen)
            ]
        ),
        costs=costs(len(chosen), len(program.steps), complex_allowed=None not in imaginary),
        kinks=kinks,
    )


def differences(program: Program, point: Sequence[float]) -> list[Measured]:
    """The central differences of all inputs: the settings they ask for are collected, computed at once, handed back."""
    asked: list[Sequence[float]] = []

    def collect(setting: Sequence[float]) -> float:
        asked.append(setting)
        return math.nan

    numeric_gradient(collect, point)
    results = iter(program.values(np.array(asked).reshape(len(asked), len(point)).T))
    return numeric_gradient(lambda _: float(next(results)), point)


def steps_aside(program: Program, recording: Recording, point: Sequence[float]) -> Sequence[float | None]:
    """The slopes by complex steps; None throughout where an operation does not allow it, or leaves its domain."""
    closed = any(
        not analytic(op) or not op.defined(*at) or op.kinked(*at) for _, op, at in operations(program, recording)
    )
    return [None] * len(point) if closed else [float(one) for one in program.imaginary(point, TINY)]


def operations(program: Program, recording: Recording) -> Iterator[tuple[int, Op, list[float]]]:
    """The operations on the way from the inputs to the output: node, record, operands' numbers."""
    data = recording.nodes.data
    for (node, _, operands), op in zip(program.steps, program.ops, strict=True):
        yield node, op, [data[operand] for operand in operands]


def compared(
    node: int, reverse: float, forward: float, central: Measured, imaginary: float | None, *, kinked: bool
) -> Compared:
    """One row."""
    exact = [distance(reverse, one) for one in (forward, imaginary) if one is not None]
    measured = distance(reverse, central.slope)
    finite = [one for one in (*exact, measured) if math.isfinite(one)]
    verdict: Verdict = "differs"
    if all(one <= EXACT for one in exact) and measured <= TOLERANCE:
        verdict = "agrees"
    elif kinked:
        verdict = "kink"
    elif not math.isfinite(reverse) or not math.isfinite(central.slope):
        verdict = "undefined"
    return Compared(node, reverse, forward, central, imaginary, max(finite, default=None), verdict)


def distance(reverse: float, other: float) -> float:
    """How far two slopes are apart, relative to the larger one or to 1."""
    if reverse == other or (math.isnan(reverse) and math.isnan(other)):
        return 0.0
    return abs(reverse - other) / max(1.0, abs(reverse), abs(other))


def costs(inputs: int, operations: int, *, complex_allowed: bool) -> tuple[Cost, ...]:
    """What each way takes: a pass forward and one backward, or passes for each input."""
    found = (
        Cost("reverse", 2, 2 * operations),
        Cost("forward", inputs, 2 * inputs * operations),
        Cost("central", 2 * inputs, 2 * inputs * operations),
    )
    return (*found, Cost("complex", inputs, inputs * operations)) if complex_allowed else found


def one_sided(recording: Recording, node: int) -> list[tuple[float, float]]:
    """(f(x+h) - f(x)) / h for smaller and smaller h: nearer and nearer to the slope, until rounding spoils it."""
    x = recording.nodes.data[node]
    ys = Program(recording, [node]).values(np.array([[x, *(x + h for h in STEPS)]])).tolist()
    return [(h, (y - ys[0]) / h) for h, y in zip(STEPS, ys[1:], strict=True)]
