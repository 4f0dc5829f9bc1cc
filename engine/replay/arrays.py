"""A plan as a program that runs: numpy calls bound to one vector of numbers and one of gradients."""

from collections.abc import Sequence

import numpy as np

from engine.op import Op
from engine.replay.forward import Forward
from engine.replay.memory import Memory
from engine.replay.recognise import Plan
from engine.replay.reverse import Reverse
from engine.replay.wiring import Floats, Goal


class Arrays:
    """Computes a plan and the gradients of its inputs, one setting at a time."""

    def __init__(self, plan: Plan, ops: Sequence[Op], goal: Goal) -> None:
        values = Memory(plan.size)
        forward = Forward(plan, ops, values)
        self._output, self._observed = int(plan.cells[goal.output]), plan.cells[list(goal.observed)]
        reverse = Reverse(plan, forward.blocks, self._output)
        self.inputs: Floats = values.cells[: plan.inputs]
        self.gradients = reverse.inputs
        self._values = values.cells
        self._forward = tuple(forward.calls)
        self._both = (*forward.calls, *reverse.calls)

    def forward(self) -> None:
        """Compute all blocks from the inputs that are set."""
        with np.errstate(all="ignore"):
            for call in self._forward:
                call()

    def both(self) -> None:
        """Compute all blocks, and the gradients of the inputs."""
        with np.errstate(all="ignore"):
            for call in self._both:
                call()

    def output(self) -> float:
        """The output."""
        return float(self._values[self._output])

    def observed(self) -> Floats:
        """The observed nodes."""
        return self._values[self._observed]
