"""Where a node was written. The language fills one slot of each Value after the call that made it returned."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Site:
    """A place in a program: the half-open span of the text in code points, and its first line (from 1)."""

    span: tuple[int, int]
    line: int


class Scope(NamedTuple):
    """One turn of a loop, one call of a function, neuron, layer or net: what groups nodes into a box.

    kind is one of call, neuron, layer, net, turn; parent is the scope around it, None at the top of the program. Two
    turns are two scopes, however alike. (A tuple, because one is made per call and per turn.)
    """

    kind: str
    name: str
    line: int
    parent: "Scope | None"

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __hash__(self) -> int:
        return id(self)


def enter(kind: str, name: str, line: int, parent: Scope | None) -> Scope:
    """A new scope inside `parent`, in half the time of calling the class."""
    return tuple.__new__(Scope, (kind, name, line, parent))


Origin = tuple[Site, Scope | None, int]  # the place, the scope, and the serial number: the order of execution
