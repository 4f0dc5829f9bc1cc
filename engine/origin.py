"""Where a node was written. The language fills one slot of each Value after the call that made it returned."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias


class Site(NamedTuple):
    """A place in a program: the half-open span of the text in code points, and its first line (from 1)."""

    span: tuple[int, int]
    line: int


class Scope(NamedTuple):
    """One turn of a loop, one call of a function, neuron, layer or net: what groups nodes into a box.

    kind is one of call, neuron, layer, net, turn; parent is the scope around it, None at the top of the program. Two
    turns are two scopes, however alike.
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


Entered: TypeAlias = tuple[str, str, int, "Entered | None"]
"""A scope as long as the program runs: one is made per call and per turn, so it is no more than a tuple."""

Origin = tuple[Site, Entered | None, int]  # the place, the scope, and the serial number: the order of execution


def scopes(entered: Iterable[Entered | None]) -> list[Scope | None]:
    """The scopes that nodes were made in, the same object for the same one."""
    made: dict[int, Scope | None] = {id(None): None}
    found: list[Scope | None] = []
    for inner in entered:
        around: list[Entered] = []
        scope = inner
        while scope is not None and id(scope) not in made:
            around.append(scope)
            scope = scope[3]
        for one in reversed(around):
            kind, name, line, parent = one
            made[id(one)] = one if isinstance(one, Scope) else Scope(kind, name, line, made[id(parent)])
        found.append(made[id(inner)])
    return found


def named(scopes: Iterable[Scope | None]) -> dict[Scope, str]:
    """An id for each scope and those around it: name and number, in order of first appearance, the outer one first."""
    names: dict[Scope, str] = {}
    times: Counter[str] = Counter()
    for innermost in scopes:
        unnamed: list[Scope] = []
        scope = innermost
        while scope is not None and scope not in names:
            unnamed.append(scope)
            scope = scope.parent
        for one in reversed(unnamed):
            times[one.name] += 1
            names[one] = f"{one.name}#{times[one.name]}"
    return names
