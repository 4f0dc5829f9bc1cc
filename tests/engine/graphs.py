"""Random straight-line programs as plain data, to be run on any kind of number: ours, PyTorch's, micrograd's."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from engine.op import Op
from engine.ops import OPS

T = TypeVar("T")
SMALL, LARGE = 0.01, 100.0  # results stay in between, so that rounding is not blown up on the way
STEEP = 10.0  # and so do slopes stay below this


@dataclass(frozen=True, slots=True)
class Step:
    """One operation: an operand is the place of an earlier number, or a plain number of its own."""

    op: Op
    operands: tuple[int | float, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """Numbers to start from, and steps that each add one more; the last is the result."""

    inputs: tuple[float, ...]
    steps: tuple[Step, ...]

    def run(self, inputs: Sequence[T], function: Callable[[Op], Callable[..., object]]) -> list[T]:
        """All numbers, in order, from these inputs, with each operation as `function` makes it."""
        numbers = list(inputs)
        for step in self.steps:
            operands = [numbers[one] if isinstance(one, int) else one for one in step.operands]
            numbers.append(function(step.op)(*operands))  # type: ignore[arg-type]  # what `function` is for
        return numbers


def random_program(
    random: Random,
    inputs: int = 3,
    steps: int = 12,
    ops: Sequence[Op] = tuple(OPS.values()),
    fits: Callable[[Step], bool] = lambda _: True,
) -> Program:
    """A program of tame numbers: inside every domain, away from kinks, neither large nor steep."""
    start = tuple(random.choice((-1, 1)) * random.uniform(0.1, 3.0) for _ in range(inputs))
    numbers, found = list(start), list[Step]()
    while len(found) < steps:
        step = _random_step(random, len(numbers), ops)
        point = tuple(numbers[one] if isinstance(one, int) else one for one in step.operands)
        if fits(step) and tame(step.op, point):
            found.append(step)
            numbers.append(step.op.forward(*point))
    return Program(start, tuple(found))


def tame(op: Op, point: tuple[float, ...]) -> bool:
    """Whether an operation can be followed closely at a point, and a little beside it."""
    if not op.defined(*point) or any(op.kinked(*[x + moved for x in point]) for moved in (-SMALL, 0.0, SMALL)):
        return False
    result = op.forward(*point)
    slopes = [slope(*point, result) for slope in op.slopes]
    return SMALL <= abs(result) <= LARGE and all(math.isfinite(slope) and abs(slope) <= STEEP for slope in slopes)


def _random_step(random: Random, numbers: int, ops: Sequence[Op]) -> Step:
    op = random.choice(ops)
    operands: list[int | float] = [random.choice((numbers - 1, random.randrange(numbers))) for _ in op.params]
    if len(operands) == 2 and random.random() < 0.3:
        operands[random.randrange(2)] = random.choice((-1.5, 0.5, 2.0, 3.0))
    return Step(op, tuple(operands))
