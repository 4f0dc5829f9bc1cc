"""When the next backward pass is due, where somebody watches so many a second."""

from time import monotonic


class Beat:
    """The time of the next pass: at an even pace, and never to make up for more than one that was late."""

    def __init__(self, pace: float | None = None) -> None:
        self._last = monotonic()
        self.set(pace)

    def set(self, pace: float | None) -> None:
        """So many passes a second from now on; None: as fast as it goes."""
        self._gap = 1 / pace if pace else None

    @property
    def counts(self) -> bool:
        """Whether there is a pace: then each pass is told of."""
        return self._gap is not None

    def left(self) -> float:
        """For how many seconds the next pass has to wait; not at all where that is not more than 0."""
        return 0.0 if self._gap is None else self._last + self._gap - monotonic()

    def strike(self) -> None:
        """The next pass begins."""
        gap = self._gap or 0.0
        self._last = max(self._last + gap, monotonic() - gap)
