"""A function of a few numbers at many settings side by side, while the other numbers it depends on are held.

A net over the plane: two coordinates move from point to point, the weights are the same everywhere, and change only
when training moves them. So a layer is one matrix product for all points.
"""

from collections.abc import Sequence

import numpy as np

from engine.replay.forward import Forward
from engine.replay.group import Groups
from engine.replay.memory import Memory
from engine.replay.normalise import normalise
from engine.replay.recognise import recognise
from engine.replay.wiring import Floats, Goal, Wiring

ROOM = 2_000_000  # numbers in memory: so many settings are computed together as fit, at least one


class Spread:
    """Computes some nodes at so many settings of `moving`; `held` are leaves that are the same in all.

    held     an array to set, with a number per held leaf
    moving   an array to set, with a row per moving leaf and a column per setting
    """

    def __init__(
        self, wiring: Wiring, moving: Sequence[int], held: Sequence[int], outputs: Sequence[int], settings: int
    ) -> None:
        inputs = [*held, *moving]
        goal = Goal(inputs, outputs[0], outputs)
        with np.errstate(all="ignore"):
            plan = recognise(wiring, goal, Groups(normalise(wiring, goal)))
            self._outputs = plan.cells[list(outputs)]
            self._together = max(1, min(settings, ROOM // plan.size))
            self._values, self._held = Memory(plan.size, (self._together,)), Memory(len(held))
            forward = Forward(plan, wiring.ops, self._values, self._held)
        self._calls = forward.calls
        self._copied = np.unique(np.concatenate([*forward.mixed, self._outputs[self._outputs < len(held)]]))
        self._lanes = self._values.cells[len(held) : len(inputs)]
        self.held: Floats = self._held.cells
        self.moving: Floats = np.empty((len(moving), settings))
        self.held[:], self.moving[:] = wiring.data[list(held)], wiring.data[list(moving), np.newaxis]

    def __call__(self) -> Floats:
        """The outputs, a row each, at all settings; the last ones are computed together with some before them."""
        settings, together = self.moving.shape[1], self._together
        self._values.cells[self._copied] = self.held[self._copied, np.newaxis]
        found = np.empty((len(self._outputs), settings))
        for begin in range(0, settings, together):
            start = min(begin, settings - together)
            self._lanes[:] = self.moving[:, start : start + together]
            with np.errstate(all="ignore"):
                for call in self._calls:
                    call()
            found[:, start : start + together] = self._values.cells[self._outputs]
        return found
