"""A plan as a program that runs: numpy calls bound to one vector of numbers and one of gradients."""

from collections.abc import Sequence

import numpy as np

from engine.op import Op
from engine.replay.forward import Forward
from engine.replay.memory import Memory
from engine.replay.recognise import Plan
from engine.replay.reverse import Reverse
from engine.replay.wiring import Floats


class Arrays:
    """Computes a plan, at one setting of the inputs or, given `lanes`, at so many side by side."""

    def __init__(
        self, plan: Plan, ops: Sequence[Op], output: int, observed: Sequence[int], lanes: int | None = None
    ) -> None:
        shape = () if lanes is None else (lanes,)
        values = Memory(plan.size, shape)
        forward = Forward(plan, ops, values)
        reverse = Reverse(plan, forward.blocks, int(plan.cells[output]), shape)
        self.inputs: Floats = values.cells[: plan.inputs]
        self.gradients = reverse.inputs
        self._values = values.cells
        self._output, self._observed = int(plan.cells[output]), plan.cells[list(observed)]
        self._forward = tuple(forward.calls)
        self._reverse = tuple(reverse.calls)

    def forward(self) -> None:
        """Compute all blocks from the inputs that are set."""
        with np.errstate(all="ignore"):
            for call in self._forward:
                call()

    def both(self) -> None:
        """Compute all blocks, and the gradients of the inputs."""
        with np.errstate(all="ignore"):
            for call in self._forward:
                call()
            for call in self._reverse:
                call()

    def output(self) -> float:
        """The output."""
        return float(self._values[self._output])

    def observed(self) -> Floats:
        """The observed nodes."""
        return self._values[self._observed]
