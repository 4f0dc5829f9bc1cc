"""A recorded turn as array programs: the numbers of its leaves in, those that can be got at out, then the gradients."""

from collections.abc import Sequence

from engine.replay import build
from engine.replay.wiring import Floats, of_values
from engine.value import Value


class Program:
    """One program for each Value that a pass begins at; the first of them also says what the other Values are."""

    def __init__(
        self, inputs: Sequence[Value], operations: Sequence[Value], observed: Sequence[Value], roots: Sequence[Value]
    ) -> None:
        values = [*inputs, *operations]
        place = {id(value): i for i, value in enumerate(values)}
        wiring, moved = of_values(values), range(len(inputs))
        seen = [place[id(value)] for value in observed if value.op is not None]
        self.programs = [
            build(wiring, inputs=moved, output=place[id(root)], observed=() if i else seen)
            for i, root in enumerate(roots)
        ]
        self.brought: list[Floats | None] = [None] * len(roots)
        self.at: Sequence[float] | None = None  # the numbers that it was computed with

    def forward(self, numbers: Sequence[float]) -> list[float]:
        """The numbers of what is observed and no leaf, where the inputs hold `numbers`."""
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
