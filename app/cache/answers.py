"""Answers that were given before: the same request has the same answer, as long as the engine is the same.

The newest are kept in memory, up to so many bytes; and success only: a budget that a program exceeds on a busy machine
is none that it always exceeds.
"""

from collections import OrderedDict
from hashlib import blake2b
from typing import Protocol

KEEPING = 300  # bytes that an answer takes beside its own
SHARE = 8  # one answer takes at most this part of the room

LASTING = frozenset({"graph", "check", "page", "steps", "export"})
"""The verbs whose answers depend on the request alone; others may say how far a program came in its time."""


def key_of(request: bytes) -> bytes:
    """What a request's answer is kept under."""
    return blake2b(request, digest_size=20).digest()


class Common(Protocol):
    """Answers that servers have in common, somewhere else: what is not there in time is not there."""

    hits: int
    misses: int
    failures: int

    async def get(self, key: bytes) -> bytes | None:
        """The answer to the request of this key, if there is one."""

    def keep(self, key: bytes, answer: bytes) -> None:
        """Keep an answer for the others, some time soon."""

    async def close(self) -> None:
        """Let go of where they are."""


class Answers:
    """The answers of one server process, by key."""

    def __init__(self, most_bytes: int) -> None:
        self.hits = self.misses = self.bytes = 0
        self._most = most_bytes
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()  # the newest last

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: bytes) -> bytes | None:
        """The answer that was kept, if it still is."""
        answer = self._kept.get(key)
        if answer is None:
            self.misses += 1
            return None
        self._kept.move_to_end(key)
        self.hits += 1
        return answer

    def keep(self, key: bytes, answer: bytes) -> None:
        """Keep an answer, and no more of the oldest than there is room for."""
        size = len(answer) + KEEPING
        if size * SHARE > self._most or key in self._kept:
            return
        self._kept[key] = answer
        self.bytes += size
        while self.bytes > self._most:
            _, oldest = self._kept.popitem(last=False)
            self.bytes -= len(oldest) + KEEPING
