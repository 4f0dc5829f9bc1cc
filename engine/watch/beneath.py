"""The graph beneath an engine's: our numbers, from its leaves on, as its own arithmetic put them together.

Watched, each number is computed by leaves that were lent for others. Here what was computed stands in their place, so
that it is one graph, which can be recorded, differentiated and replayed as any of ours.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from engine.language.values import UNBOUND
from engine.leaf import Parameter
from engine.origin import Site
from engine.recording import Constant, Recording, record
from engine.value import Value, apply
from engine.watch.notes import Write
from engine.watch.reading import Reading
from engine.watch.theirs import Node


class Recorded(NamedTuple):
    """What one node depends on.

    leaves  by node what may move: the engine's leaves
    part    by number of the recording the node that it is a part of
    """

    recording: Recording
    leaves: dict[int, int]
    part: dict[int, int]


class Beneath:
    """The numbers of an engine's nodes, as Values; `again` is where the program first wrote one of them anew."""

    def __init__(self, reading: Reading, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.numbers: dict[int, list[Value]] = {}  # by node, one more for each time that it was written anew
        self.again: Site | None = None
        self._part: list[int] = []  # by serial number the node
        self._made: dict[int, Value] = {}  # by identity what stands in the place of what was computed
        for one in reading.seen.writes:
            node = reading.node_of.get(id(one.holder))
            if node is not None and one.name != reading.roles.gradient:
                found = self._found(reading, one, node)
                self._made[id(one.leaf)] = found
                if one.name == reading.roles.number:
                    self.numbers.setdefault(node, []).append(found)
        self._made.clear()

    def recorded(self, output: int, shown: Collection[int]) -> Recorded:
        """A node's number as a graph of ours, over its leaves and those of what is shown."""
        root = self.numbers[output][0]
        reached = {id(one) for one in root.history()}
        leaves: dict[int, Value] = {}
        for node, several in self.numbers.items():
            used = [one for one in several if id(one) in reached]
            if not self.nodes[node].operands and not self.nodes[node].wrapped and (used or node in shown):
                leaves[node] = used[-1] if used else several[-1]
        recording = record(root, inputs=leaves.values())
        places = {serial: i for i, serial in enumerate(recording.nodes.serial) if serial is not None}
        return Recorded(
            recording,
            {node: places[serial(one)] for node, one in leaves.items()},
            {i: self._part[made] for made, i in places.items()},
        )

    def _found(self, reading: Reading, one: Write, node: int) -> Value:
        """What stands for a number that was written."""
        number = one.name == reading.roles.number
        if number and (one.old is not UNBOUND or not self.nodes[node].operands):
            self.again = self.again or (None if one.old is UNBOUND else one.site)
            return self._placed(self._leaf(node, one.leaf.data), one.site, node)
        history = reading.work.history(one.made)
        for part in history:
            if id(part) not in self._made:
                site = part.origin[0] if part.origin else one.site
                self._made[id(part)] = self._placed(self._copied(part), site, node)
        return self._made[id(history[-1])] if history else self._placed(Constant(one.leaf.data), one.site, node)

    def _leaf(self, node: int, number: float) -> Value:
        of = self.nodes[node]
        return (Constant if of.wrapped else Parameter if of.held else Value)(number, of.label)

    def _copied(self, part: Value) -> Value:
        """The same of what stands in the place of its operands; a gradient, or what nobody lent, is a fixed number."""
        if part.op is None:
            return Constant(part.data)
        return apply(part.op, *[self._made[id(one)] if isinstance(one, Value) else one for one in part.operands])

    def _placed(self, made: Value, site: Site, node: int) -> Value:
        made.origin = site, None, len(self._part)
        self._part.append(node)
        return made


def serial(made: Value) -> int:
    """The serial number of one of these."""
    return made.origin[2] if made.origin else -1
