"""Moving windows in memory, for the library `limits`: what was used, by whom, in the last seconds.

Its own keep a task and a thread busy with looking at everybody whenever anybody asks. Here nothing is done but for who
asks, the longest unseen are forgotten where there are too many, and the clock is one that nobody sets.
"""

from collections import OrderedDict, deque
from collections.abc import Callable
from time import monotonic

from limits.aio.storage import MovingWindowSupport, Storage

REMEMBERED = 20_000  # keys


class Windows(Storage, MovingWindowSupport):
    """The entries of each key, the oldest first."""

    STORAGE_SCHEME = None

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._entries: OrderedDict[str, deque[float]] = OrderedDict()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What can go wrong with the store: nothing."""
        return OSError

    async def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Note so many entries, if there is room for them."""
        now, entries = self._clock(), self._young(key, expiry)
        if len(entries) + amount > limit:
            return False
        entries.extend([now] * amount)
        self._entries[key] = entries
        self._entries.move_to_end(key)
        if len(self._entries) > REMEMBERED:
            self._entries.popitem(last=False)
        return True

    async def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002  # theirs
        """When the oldest entry was made, and how many there are."""
        entries = self._young(key, expiry)
        return (entries[0] if entries else self._clock()), len(entries)

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Note entries without asking."""
        await self.acquire_entry(key, amount + await self.get(key), expiry, amount)
        return await self.get(key)

    async def get(self, key: str) -> int:
        """How many entries there are."""
        return len(self._entries.get(key, ()))

    async def get_expiry(self, key: str) -> float:
        """When the newest entry was made."""
        return self._entries[key][-1] if key in self._entries else self._clock()

    async def check(self) -> bool:
        """Whether the store answers."""
        return True

    async def reset(self) -> int:
        """Forget everything."""
        length = len(self._entries)
        self._entries.clear()
        return length

    async def clear(self, key: str) -> None:
        """Forget a key."""
        self._entries.pop(key, None)

    def _young(self, key: str, expiry: int) -> deque[float]:
        entries = self._entries.get(key) or deque()
        oldest = self._clock() - expiry
        while entries and entries[0] <= oldest:
            entries.popleft()
        return entries
