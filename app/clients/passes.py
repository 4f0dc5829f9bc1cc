"""Passes: a teacher's word, signed by the operator, that many people ask from behind one address.

A pass is a text for addresses. It is no secret: it raises the limits of whatever address it is shown from, for a while.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from time import time

from app.seal import Seal

PURPOSE = "pass"
LONGEST = 512  # bytes of a pass: longer ones are not looked at
HIGHEST = 1_000.0
DAY = 86_400
REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Pass:
    """Who it was made for, how many times the usual they may have, and until when (Unix time)."""

    name: str
    factor: float
    until: int


class Passes:
    """Makes passes and knows them again, with the secret of a server."""

    def __init__(self, seal: Seal, now: Callable[[], float] = time) -> None:
        self._seal = seal
        self._now = now
        self._read = lru_cache(REMEMBERED)(self._signed)

    def made(self, name: str, factor: float, days: int) -> str:
        """A pass; ValueError where it would not be taken."""
        if not 1 < factor <= HIGHEST:
            raise ValueError(f"a pass raises limits, and at most {HIGHEST:,.0f} times")
        found = self._seal.closed(PURPOSE, asdict(Pass(name, factor, int(self._now()) + days * DAY)))
        if len(found) > LONGEST:
            raise ValueError("the name is too long")
        return found

    def opened(self, shown: bytes) -> Pass | None:
        """What a pass says; None where it is not ours, or over."""
        found = self._read(shown) if len(shown) <= LONGEST else None
        return found if found and self._now() < found.until else None

    def _signed(self, shown: bytes) -> Pass | None:
        content = self._seal.opened(PURPOSE, shown.decode("latin-1"))
        return None if content is None else Pass(**content)
