"""Random programs with structure: small nets of odd wiring, rows that repeat, weights shared, turned and left out."""

import math
from collections.abc import Sequence
from itertools import chain
from random import Random

import pytest

from engine.ops import OPS
from engine.recording import Recording, record
from engine.replay.plain import Replayed, replay
from engine.replay.program import Way, compiled
from engine.replay.wiring import Goal, of_recording
from engine.value import Value
from tests.replay.graphs import applied, bend, leaves, total

WAYS: tuple[Way, ...] = ("scalars", "levels", "arrays")
CLOSE = 1e-11
TAME = 1e6  # numbers beyond say little: rounding is blown up

Number = Value | float
Rows = list[list[Number]]


class Builder:
    """Makes a random program: batches of rows go through layers, and end in a sum."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.inputs: list[Value] = []
        self.made: list[Number] = []
        self.matrices: list[Rows] = []

    def number(self) -> float:
        return self.random.uniform(0.2, 1.5) * self.random.choice((-1, 1))

    def numbers(self, rows: int, columns: int, moving: float) -> Rows:
        found: Rows = [
            [self.leaf() if self.random.random() < moving else self.number() for _ in range(columns)]
            for _ in range(rows)
        ]
        if self.random.random() < 0.3:
            found[-1] = found[0]
        return found

    def leaf(self) -> Value:
        self.inputs.append(Value(self.number()))
        return self.inputs[-1]

    def matrix(self, rows: int, columns: int) -> Rows:
        """New weights, or some that there were already, or these turned."""
        turned = [[list(column) for column in zip(*one, strict=True)] for one in self.matrices]
        known = [one for one in (*self.matrices, *turned) if (len(one), len(one[0])) == (rows, columns)]
        if not known or self.random.random() < 0.5:
            known = [self.numbers(rows, columns, 0.9)]
            self.matrices += known
        return self.random.choice(known)

    def sum(self, row: Sequence[Number], others: Sequence[Number], bias: Number, style: int) -> Number:
        """A sum of products, in one of the ways to write it."""
        terms = [one * other for one, other in zip(row, others, strict=True)]
        if style == 0:
            return sum([*terms, bias], start=0.0)
        if style == 1:
            return -sum([-one for one in terms], start=-bias)
        if style == 2:
            return bias - sum([-one for one in reversed(terms)], start=0.0)
        while len(terms) > 1:
            terms = [sum(terms[i : i + 2], start=0.0) for i in range(0, len(terms), 2)]
        return terms[0] + bias

    def layer(self, rows: Rows) -> Rows:
        weights = self.matrix(self.random.randint(1, 4), len(rows[0]))
        biases = self.numbers(1, len(weights), 0.5)[0]
        style, bent = self.random.randrange(4), self.random.choice((None, "tanh", "sin", "relu"))
        sums = [[self.sum(row, one, b, style) for row, b in zip(weights, biases, strict=True)] for one in rows]
        self.made += chain.from_iterable(sums)
        if bent is None:
            return sums
        return [[bend(bent, one) if isinstance(one, Value) else one for one in row] for row in sums]

    def arranged(self, batches: list[Rows]) -> list[Rows]:
        """The batches as they are, each turned, each beside itself backwards, or cut in two."""
        match self.random.randrange(6):
            case 0:
                return [[list(column) for column in zip(*rows, strict=True)] for rows in batches]
            case 1:
                return [[[*row, *other] for row, other in zip(rows, rows[::-1], strict=True)] for rows in batches]
            case 2:
                return [part for rows in batches for part in (rows[::2], rows[1::2]) if part]
            case _:
                return batches

    def output(self) -> Value:
        batches = [self.numbers(self.random.randint(1, 5), self.random.choice((2, 2, 3)), 0.3) for _ in range(2)]
        for _ in range(self.random.randint(1, 3)):
            batches = self.arranged([self.layer(rows) for rows in batches])
        pool = [*chain.from_iterable(chain.from_iterable(batches)), *self.random.choices(self.made, k=3)]
        for _ in range(4):
            a, b = self.random.choice(pool), self.random.choice(pool)
            pool.append(self.random.choice((a - a, a + a, a * b - b * a, a - b - a + b, -a, a * 0.5 + b * b)))
            pool.append(applied(OPS[self.random.choice(("max", "hypot", "atan2"))], a, b))  # type: ignore[arg-type]
        self.random.shuffle(pool)
        return total([one for one in pool if isinstance(one, Value)] + [self.leaf()])


def agree(found: Sequence[float], wanted: Sequence[float], largest: float) -> None:
    assert list(found) == pytest.approx(list(wanted), rel=CLOSE, abs=CLOSE * max(1.0, largest), nan_ok=True)


def largest(exact: Replayed) -> float:
    numbers = chain(exact.data, *[[one for one in column if one is not None] for column in (exact.adjoint, exact.flow)])
    return max(map(abs, numbers))


def compare(recording: Recording, goal: Goal, settings: Sequence[Sequence[float]]) -> None:
    wiring = of_recording(recording)
    programs = [compiled(wiring, goal, way) for way in WAYS]
    for setting in settings:
        exact = replay(recording, dict(zip(goal.inputs, setting, strict=True)), goal.output)
        size = largest(exact)
        for program in programs if size < TAME else ():
            value, gradients = program(setting)
            agree([value], [exact.data[goal.output]], size)
            agree(gradients.tolist(), [exact.adjoint[node] or 0.0 for node in goal.inputs], size)
            agree(program.observed().tolist(), [exact.data[node] for node in goal.observed], size)


@pytest.mark.parametrize("start", range(0, 80, 20))
def test_programs_with_structure(start: int) -> None:
    for seed in range(start, start + 20):
        builder = Builder(seed)
        recording = record(builder.output(), inputs=builder.inputs)
        random, moving = builder.random, leaves(recording)
        assert recording.output is not None
        begun = [recording.nodes.data[node] for node in moving]
        settings = [begun, [x * random.uniform(0.8, 1.2) for x in begun], begun]
        compare(recording, Goal(moving, recording.output), settings)
        some = random.sample(moving, len(moving) // 2 + 1)
        seen = random.choices(range(len(recording)), k=5)
        elsewhere = Goal(some, random.randrange(len(recording)), seen)
        compare(recording, elsewhere, [[recording.nodes.data[node] for node in some]])


def test_what_is_infinite_or_no_number_stays_so() -> None:
    for seed in range(8):
        builder = Builder(seed)
        recording = record(builder.output(), inputs=builder.inputs)
        moving = leaves(recording)
        assert recording.output is not None
        for bad in (math.inf, -math.inf, math.nan):
            setting = [recording.nodes.data[node] for node in moving]
            setting[seed % len(setting)] = bad
            exact = replay(recording, dict(zip(moving, setting, strict=True)))
            goal = Goal(moving, recording.output, range(len(recording)))
            for way in WAYS:
                program = compiled(of_recording(recording), goal, way)
                program(setting)
                size = max(abs(one) for one in exact.data if math.isfinite(one))
                agree(program.observed().tolist(), exact.data, size)
