"""Who makes room where there are too many connections: those who have most, with what they do not need just now."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol, TypeVar


class Connection(Protocol):
    """A connection of a client."""

    @property
    def peer(self) -> str:
        """The address at its other end."""

    @property
    def waiting(self) -> bool:
        """Whether nothing was asked that is still to be answered."""


One = TypeVar("One", bound=Connection)


def giving_way(there: Iterable[One]) -> list[One]:
    """The connections to close: half of those that wait, of the address with most of them."""
    waiting: defaultdict[str, list[One]] = defaultdict(list)
    for one in there:
        if one.waiting:
            waiting[one.peer].append(one)
    most = max(waiting.values(), key=len, default=[])
    return most[: (len(most) + 1) // 2]
