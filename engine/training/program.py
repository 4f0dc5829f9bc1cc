"""A recorded turn as array programs: the numbers of its leaves in, those that can be got at out, then the gradients.

A program is held to the turn that it was made from before it is used: it must say what that turn said.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.replay import build
from engine.replay.wiring import Floats, Ordered, Wiring, below
from engine.training.reasons import Unfit

CLOSE = 1e-9  # of the largest number


class Said(NamedTuple):
    """What the recorded turn said: the numbers of the inputs, and those of the observed operations."""

    numbers: Sequence[float]
    results: Sequence[float]


class Wired(NamedTuple):
    """The Values of the graph, operands before results, and their wiring."""

    values: Ordered
    wiring: Wiring


class Asked(NamedTuple):
    """What is computed: the places of leaves that move, of what can be got at, and of what passes begin at."""

    inputs: Sequence[int]
    observed: Sequence[int]
    roots: Sequence[int]


class Program:
    """One program for each Value that a pass begins at; the first of them also says what the other Values are."""

    def __init__(self, wired: Wired, asked: Asked, said: Said, *, deterministic: bool) -> None:
        self.values, self.wiring = wired
        self.asked = asked
        self.at: Sequence[float] | None = None  # the numbers that it was computed with
        self.brought: list[Floats | None] = []
        self._build(deterministic=deterministic)
        if not self._agrees(said):
            self._build(deterministic=True)
            if not self._agrees(said):
                raise Unfit("assigned")

    def _build(self, *, deterministic: bool) -> None:
        inputs, observed, roots = self.asked
        self.programs = [
            build(
                self.wiring,
                inputs=inputs,
                output=root,
                observed=() if i else observed,
                deterministic=deterministic,
            )
            for i, root in enumerate(roots)
        ]

    def forward(self, numbers: Sequence[float]) -> list[float]:
        """The numbers of the observed operations, where the inputs hold `numbers`."""
        self.at = numbers
        first, *others = self.programs
        self.brought = [first(numbers)[1], *[None for _ in others]]
        return first.observed().tolist()  # type: ignore[no-any-return]

    def gradients(self, numbers: Sequence[float], root: int) -> list[float]:
        """What a pass from a root brings each input, where they hold `numbers`."""
        if self.at is not numbers:
            self.forward(numbers)
        found = self.brought[root]
        if found is None:
            found = self.brought[root] = self.programs[root](numbers)[1]
        return found.tolist()  # type: ignore[no-any-return]

    def _agrees(self, said: Said) -> bool:
        """Whether the programs say what the recorded turn said, gradients included."""
        held = [self.values[node].grad for node in self.asked.inputs]  # by a pass of the engine's, in most loops
        return alike(self.forward(said.numbers), said.results) and all(
            (any(held) and alike(found, held)) or alike(found, self._walked(root))
            for i, root in enumerate(self.asked.roots)
            for found in [self.gradients(said.numbers, i)]
        )

    def _walked(self, root: int) -> list[float]:
        """The gradients of the inputs by the slopes of the recorded turn."""
        values, left, right = self.values, self.wiring.left.tolist(), self.wiring.right.tolist()
        flow = [0.0] * len(values)
        flow[root] = 1.0
        for node in np.flatnonzero(below(self.wiring, [root])[: len(values)])[::-1].tolist():
            value, grad = values[node], flow[node]
            if value.da is not None:
                flow[left[node]] += grad * value.da
            if value.db is not None:
                flow[right[node]] += grad * value.db
        return [flow[node] for node in self.asked.inputs]


def alike(some: Sequence[float], others: Sequence[float]) -> bool:
    """Whether numbers are the same up to what sums in another order may differ by."""
    largest = max((abs(one) for one in others if math.isfinite(one)), default=0.0)
    return all(
        one == other or (one != one and other != other) or abs(one - other) <= CLOSE * largest  # noqa: PLR0124
        for one, other in zip(some, others, strict=True)
    )
