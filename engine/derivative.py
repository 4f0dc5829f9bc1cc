"""Derivatives of a graph: exact and again as graphs, along a direction, and by trying.

`grad(y, x)` is itself a Value, so `grad(grad(y, x), x)` is the second derivative and can be drawn; `hessian` has them
all. `jvp` follows one direction forward. `check` compares every exact slope with one measured by moving the leaf.
"""

import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import overload

from engine.op import Op
from engine.value import Value

Number = Value | float
TOLERANCE = 1e-6  # how far measured and exact slope may be apart, relative to the larger one or to 1


@overload
def grad(y: Number, x: Value) -> Value: ...
@overload
def grad(y: Number, x: Sequence[Value]) -> list[Value]: ...
def grad(y: Number, x: Value | Sequence[Value]) -> Value | list[Value]:
    """Compute dy/dx as a Value that can be differentiated again; a list of them where `x` is a list.

    The chain rule is applied to the Values of the graph, which stays as it is: no `.grad` changes, constants stay plain
    numbers. Where y does not depend on x the slope is a new Value, 0. ValueError where x is a plain number.
    """
    if isinstance(x, Value):
        return grad(y, [x])[0]
    tape = Tape(y, x)
    taken = {id(source) for source in tape.sources}
    slopes = [1.0 * slope if id(slope) in taken else slope for slope in tape.pull(tape.sources)]  # never y's own nodes
    return [slope if isinstance(slope, Value) else Value(slope) for slope in slopes]


def hessian(y: Number, xs: Sequence[Value]) -> list[list[Value]]:
    """All second derivatives: row i, column j is d(dy/dxs[i])/dxs[j]."""
    return [grad(slope, xs) for slope in grad(y, xs)]


def jvp(y: Value, xs: Sequence[Value], direction: Sequence[Number]) -> float:
    """How fast y changes while each of xs moves at the speed `direction` gives it: one walk forward, nothing stored."""
    if len(xs) != len(direction):
        raise ValueError(f"a direction has one number per Value, but got {len(direction)} for {len(xs)}")
    speeds: dict[int, float] = {}
    for x, speed in zip(xs, direction, strict=True):
        speeds[id(x)] = speeds.get(id(x), 0.0) + Value(speed).data
    for node in y.history():
        flows = [
            slope * speeds[id(operand)]
            for operand, slope in zip(node.operands, node.locals, strict=True)
            if slope is not None and id(operand) in speeds
        ]
        if flows:
            speeds[id(node)] = speeds.get(id(node), 0.0) + sum(flows)
    return speeds.get(id(y), 0.0)


@dataclass(frozen=True, slots=True)
class Measured:
    """A slope found by moving one number by `step` to both sides."""

    slope: float
    step: float


@dataclass(frozen=True, slots=True)
class Check:
    """One leaf: the slope by the rules, the one measured, and whether they agree."""

    leaf: Value
    analytic: float
    numeric: float
    step: float
    difference: float
    agrees: bool


def check(y: Value, xs: Sequence[Value] | None = None, tolerance: float = TOLERANCE) -> list[Check]:
    """Compare exact and measured slopes of y, for the given leaves or for all, at the numbers they hold now."""
    leaves = [node for node in y.history() if node.op is None] if xs is None else xs
    tape = Tape(y, leaves)
    point = [leaf.data for leaf in leaves]
    exact = [Value(slope).data for slope in tape.pull(tape.run(point))]
    measured = numeric_gradient(tape, point)
    return [_compared(*row, tolerance) for row in zip(leaves, exact, measured, strict=True)]


def numeric_gradient(f: Callable[[Sequence[float]], float], point: Sequence[float]) -> list[Measured]:
    """Measure the slopes of f at a point by central differences, each with a step of its own.

    Large steps miss how the curve bends, small ones drown in rounding. So a ladder of steps is tried, and the one is
    taken whose slope differs least from that of the step before it, with the rounding error to be expected added.
    The slope is nan, and the step 0, where f is finite at no two steps in a row.
    """
    return [_measured(f, point, i) for i in range(len(point))]


class Tape:
    """What leads from some Values to y, as straight-line steps. Called, it computes y at other numbers for them.

    sources  what stands in each slot: the nodes that depend on xs, and the operands they take from elsewhere
    steps    the operations, operands first: the slot of the result, the operation, the slots of its operands
    """

    def __init__(self, y: Number, xs: Sequence[Value]) -> None:
        if isinstance(xs, float | int) or not all(isinstance(x, Value) for x in xs):
            raise ValueError("a derivative is taken by a Value, not by a plain number")
        self.sources: list[Number] = []
        self.steps: list[tuple[int, Op, tuple[int, ...]]] = []
        self.moving: list[bool] = []  # per slot: whether it depends on xs
        slots: dict[int, int] = {}
        self.xs = [self._slot(x, slots, moving=True) for x in xs]
        for node in y.history() if isinstance(y, Value) else ():
            if node.op is not None and any(self._moves(operand, slots) for operand in node.operands):
                operands = tuple(self._slot(operand, slots, moving=False) for operand in node.operands)
                self.steps.append((self._slot(node, slots, moving=True), node.op, operands))
        self.y = self._slot(y, slots, moving=False)

    def __call__(self, point: Sequence[float]) -> float:
        """Compute y with xs, which must be leaves, at other numbers."""
        return self.run(point)[self.y]

    def run(self, point: Sequence[float]) -> list[float]:
        """Compute all slots in the same way."""
        numbers = [source.data if isinstance(source, Value) else source for source in self.sources]
        for slot, number in zip(self.xs, point, strict=True):
            numbers[slot] = number
        for slot, op, operands in self.steps:
            numbers[slot] = op.forward(*[numbers[operand] for operand in operands])
        return numbers

    def pull(self, numbers: Sequence[Number]) -> list[Number]:
        """Apply the chain rule backward, with these numbers or Values in the slots: the slope of y for each of xs."""
        slopes: dict[int, Number] = {self.y: 1.0}
        for slot, op, operands in reversed(self.steps):
            places = [numbers[place] for place in (*operands, slot)]
            for operand, rule in zip(operands, op.slopes, strict=True):
                if self.moving[operand]:
                    flow = _product(slopes[slot], rule(*places))
                    slopes[operand] = slopes[operand] + flow if operand in slopes else flow
        return [slopes.get(x, 0.0) for x in self.xs]

    def _slot(self, source: Number, slots: dict[int, int], *, moving: bool) -> int:
        """Where a source stands: a new slot for each plain number, and for each Value not met before."""
        if isinstance(source, Value) and id(source) in slots:
            return slots[id(source)]
        slots[id(source)] = len(self.sources)
        self.sources.append(source)
        self.moving.append(moving)
        return slots[id(source)]

    def _moves(self, operand: Number, slots: dict[int, int]) -> bool:
        return isinstance(operand, Value) and id(operand) in slots and self.moving[slots[id(operand)]]


def _product(flow: Number, slope: Number) -> Number:
    """Multiply, without a node for a factor that is the plain number 1."""
    if isinstance(flow, float) and flow == 1.0:
        return slope
    return flow if isinstance(slope, float) and slope == 1.0 else flow * slope


def _measured(f: Callable[[Sequence[float]], float], point: Sequence[float], i: int) -> Measured:
    """Measure the slope of f along number `i` with the best step of the ladder."""
    rated = [(math.inf, Measured(math.nan, 0.0))]
    for ladder in _ladders(point[i]):
        tries = [(step, *_central(f, point, i, step)) for step in ladder]
        rated += [
            (abs(finer - coarser) + noise, Measured(finer, step))
            for (_, coarser, _), (step, finer, noise) in pairwise(tries)
            if math.isfinite(finer - coarser)
        ]
    return min(rated, key=lambda pair: pair[0])[1]


def _ladders(x: float) -> list[list[float]]:
    """The steps to try at x, large ones first: parts of 1 or x, whichever is larger, and for a small x parts of it."""
    scales = {max(abs(x), 1.0), abs(x) or 1.0}
    return [[scale * 4.0**-k for k in range(2, 12)] for scale in sorted(scales)]


def _central(f: Callable[[Sequence[float]], float], point: Sequence[float], i: int, step: float) -> tuple[float, float]:
    """Measure the slope of f along number `i` from both sides, and its rounding error."""
    below, above = point[i] - step, point[i] + step
    low, high = (f([*point[:i], moved, *point[i + 1 :]]) for moved in (below, above))
    width = above - below
    if not width > 0:
        return math.nan, math.nan
    return (high - low) / width, sys.float_info.epsilon * (abs(high) + abs(low)) / width


def _compared(leaf: Value, analytic: float, measured: Measured, tolerance: float) -> Check:
    difference = abs(analytic - measured.slope)
    agrees = difference <= tolerance * max(1.0, abs(analytic), abs(measured.slope))
    return Check(leaf, analytic, measured.slope, measured.step, difference, agrees)
