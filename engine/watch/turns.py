"""Which backward passes of a program are watched: a window of them, counted while it runs.

A pass is a call that writes to more than one object anew. Between the passes that are watched a program computes with
its own numbers, at its own speed; as the window opens, the numbers that it goes on with are lent anew.
"""

from typing import NamedTuple

from engine.language.values import Frame, Instance


class Window(NamedTuple):
    """The first and the last pass that are watched, counted from 1."""

    first: int = 1
    last: int | None = None

    @classmethod
    def at(cls, turn: int | None) -> "Window":
        """What is watched to see one pass, else the first two: also the pass before it, whose gradients may be left."""
        return cls(1, 2) if turn is None else cls(max(turn - 1, 1), turn)


class Turns:
    """Counts the passes, and says whether what happens now is watched."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.count = 0
        self.open = window.first == 1
        self._walk: Frame | None = None
        self._holder: Instance | None = None

    def written(self, walk: Frame | None, holder: Instance) -> None:
        """A number was written anew, in a call or outside of any."""
        first, last = self.window
        if walk is not self._walk:
            self._walk, self._holder = walk, holder
            self.open = self.count >= first - 1 and (last is None or self.count < last)
        elif walk is not None and self._holder is not None and holder is not self._holder:
            self._holder = None
            self.count += 1
