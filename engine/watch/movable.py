"""The inputs of a watched program: the leaves of its engine that may be given other numbers, by key.

In another run a leaf is known again by the line that asks for it, and by how many numbers were asked for there before.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from engine.language.values import UNBOUND, Class
from engine.watch.notes import Write
from engine.watch.places import Places
from engine.watch.theirs import Node, Theirs

Spot = tuple[int | None, int]


class Movable(NamedTuple):
    """What may be moved in a program.

    number  the attribute that holds the numbers of its engine; None where it has none
    spots   by key where a leaf is made
    keys    the keys of the inputs that the program has beside its engine
    """

    number: str | None
    spots: Mapping[str, Spot]
    keys: frozenset[str]


def keys(nodes: Sequence[Node], classes: Sequence[str]) -> dict[int, str]:
    """By node the keys of what the program itself asked for: `a`, then `a#2`; by its class what has no name."""
    times = Counter[str]()
    found: dict[int, str] = {}
    for i, node in enumerate(nodes):
        if not (node.operands or node.held or node.wrapped):
            name = node.label or classes[i]
            times[name] += 1
            found[i] = name if times[name] == 1 else f"{name}#{times[name]}"
    return found


def movable(theirs: Theirs | None, others: Iterable[str]) -> Movable:
    """What may be moved in a program: the leaves of its engine, and its other inputs."""
    times = Counter[int | None]()
    spots: dict[str, Spot] = {}
    for i, node in enumerate(theirs.nodes if theirs else ()):
        times[node.line] += 1
        if theirs and i in theirs.keys:
            spots[theirs.keys[i]] = node.line, times[node.line]
    return Movable(theirs.number if theirs else None, spots, frozenset(others))


class Moving:
    """Gives leaves their other numbers as they are made; `methods` says of calls whose method they are."""

    def __init__(self, known: Movable, inputs: Mapping[str, float], methods: Mapping[int, Class | None]) -> None:
        self.number = known.number
        self.wanted = {spot: inputs[key] for key, spot in known.spots.items() if key in inputs}
        self.times = Counter[int | None]()
        self.places = Places(methods)

    def put(self, one: Write) -> None:
        """Give a number that was just written the one that is wanted in its place."""
        if one.name == self.number and one.old is UNBOUND:
            line = self.places.of(one).line
            self.times[line] += 1
            one.leaf.data = self.wanted.get((line, self.times[line]), one.leaf.data)
