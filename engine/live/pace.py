"""When the next frame is due: often enough to look alive, and so that the budget of events lasts to the end."""

from math import inf
from time import monotonic, process_time

from engine.language.limits import Limits

FASTEST = 1 / 60  # seconds between two frames
AGAIN = 0.005  # seconds between two looks at whether the last one has been taken
SHARE = 4  # so many times as long as a frame takes to make, the program runs
BESIDE = 2  # events that are not frames: the first and the last


class Pace:
    """The time of the next frame. Half of the events come as fast as a screen shows them, the others are spread."""

    def __init__(self, limits: Limits) -> None:
        self.left = limits.events - BESIDE
        self._half = self.left // 2
        self._deadline = process_time() + limits.cpu_seconds
        self._due = self._look = self._began = monotonic()

    def late(self) -> float:
        """For how many seconds a frame has been due; less than 0 before that."""
        return monotonic() - self._due

    def ready(self) -> bool:
        """Whether it is time for one."""
        return monotonic() >= self._look

    def begin(self) -> None:
        """A frame is being made."""
        self._began = monotonic()

    def made(self) -> None:
        """It is made: the next one is due after a while."""
        self.left -= 1
        now = monotonic()
        gap = max(FASTEST, SHARE * (now - self._began))
        if self.left < self._half:
            gap = max(gap, (self._deadline - process_time()) / (self.left + 1)) if self.left else inf
        self._due = self._look = self._began + gap

    def put_off(self) -> None:
        """The last one has not been taken yet: look again a little later."""
        self._look = monotonic() + AGAIN
