"""Seats: so many at a time, and so many of each client."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from app.clients.identity import Client


class Seats:
    """Who has how many."""

    def __init__(self, most: int, each: int = 1) -> None:
        self._most, self._each = most, each
        self._taken: Counter[Client] = Counter()

    @property
    def full(self) -> bool:
        """Whether there is none left, for anybody."""
        return self._taken.total() >= self._most

    def has(self, client: Client) -> bool:
        """Whether a client has all that are for it."""
        return self._taken[client] >= client.times(self._each)

    @contextmanager
    def seat(self, client: Client) -> Iterator[None]:
        """One of them, until the block ends."""
        self._taken[client] += 1
        try:
            yield
        finally:
            self._taken[client] -= 1
            if not self._taken[client]:
                del self._taken[client]
