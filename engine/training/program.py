"""A recorded turn as array programs: the numbers of its leaves in, those that can be got at out, then the gradients.

A program is held to the turn that it was made from before it is used: it must say what that turn said.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from engine.replay import build
from engine.replay.wiring import Floats, of_values
from engine.value import Value

CLOSE = 1e-9  # of the largest number


class Graph(NamedTuple):
    """What is computed: leaves, operations in order of execution, and those of them that can be got at."""

    inputs: Sequence[Value]
    operations: Sequence[Value]
    observed: Sequence[Value]


class Said(NamedTuple):
    """What a recorded turn said: the numbers of the inputs, and those of the observed Values."""

    numbers: Sequence[float]
    results: Sequence[float]


class Program:
    """One program for each Value that a pass begins at; the first of them also says what the other Values are."""

    def __init__(self, graph: Graph, roots: Sequence[Value], said: Said, *, deterministic: bool) -> None:
        self.graph, self.roots = graph, roots
        self.at: Sequence[float] | None = None  # the numbers that it was computed with
        self.brought: list[Floats | None] = []
        self._build(deterministic=deterministic)
        if not self._agrees(*said):
            self._build(deterministic=True)

    def _build(self, *, deterministic: bool) -> None:
        graph = self.graph
        values = [*graph.inputs, *graph.operations]
        place = {id(value): i for i, value in enumerate(values)}
        wiring, moved = of_values(values), range(len(graph.inputs))
        seen = [place[id(value)] for value in graph.observed]
        self.programs = [
            build(wiring, inputs=moved, output=place[id(root)], observed=() if i else seen, deterministic=deterministic)
            for i, root in enumerate(self.roots)
        ]

    def forward(self, numbers: Sequence[float]) -> list[float]:
        """The numbers of what is observed, where the inputs hold `numbers`."""
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

    def _agrees(self, numbers: Sequence[float], results: Sequence[float]) -> bool:
        """Whether the programs say what the recorded turn said, gradients included."""
        return alike(self.forward(numbers), results) and all(
            alike(self.gradients(numbers, i), self._walked(root)) for i, root in enumerate(self.roots)
        )

    def _walked(self, root: Value) -> list[float]:
        """The gradients of the inputs by the slopes of the recorded turn."""
        flow = {id(root): 1.0}
        for value in reversed(self.graph.operations):
            grad = flow.get(id(value))
            if grad is None:
                continue
            for operand, slope in ((value.a, value.da), (value.b, value.db)):
                if slope is not None:
                    flow[id(operand)] = flow.get(id(operand), 0.0) + grad * slope
        return [flow.get(id(value), 0.0) for value in self.graph.inputs]


def alike(some: Sequence[float], others: Sequence[float]) -> bool:
    """Whether numbers are the same up to what sums in another order may differ by."""
    largest = max((abs(one) for one in others if math.isfinite(one)), default=0.0)
    return all(
        one == other or (one != one and other != other) or abs(one - other) <= CLOSE * largest  # noqa: PLR0124
        for one, other in zip(some, others, strict=True)
    )
