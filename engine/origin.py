"""Where a node was written. The language fills one slot of each Value after the call that made it returned."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """A place in a program: the half-open span of the text in code points, and its first line (from 1)."""

    span: tuple[int, int]
    line: int


@dataclass(slots=True, eq=False)  # not frozen: one is made per call and per turn of a loop, and freezing triples that
class Scope:
    """One turn of a loop, one call of a function, neuron, layer or net: what groups nodes into a box.

    kind is one of call, neuron, layer, net, turn; parent is the scope around it, None at the top of the program.
    """

    kind: str
    name: str
    line: int
    parent: "Scope | None"


Origin = tuple[Site, Scope | None, int]  # the place, the scope, and the serial number: the order of execution
