"""The steps of a watched engine as it took them: each operation as it was made, then each turn of the way back.

A step back is what one call of a backward rule writes without another in between: a seed, deposits from one node, or
gradients that are cleared.
"""

from collections.abc import Collection, Sequence
from itertools import groupby

from engine.language.errors import JSON
from engine.watch.drawing import Drawing
from engine.watch.findings import Finding
from engine.watch.theirs import Deposit, Kind

KINDS: dict[Kind, str] = {"clear": "clear", "seed": "seed", "deposit": "give"}


class Taken:
    """The steps of a drawing, and at which of them a finding shows."""

    def __init__(self, drawn: Drawing) -> None:
        shown = frozenset(drawn.nodes)
        self.drawn = drawn
        self.making = [i for i in drawn.nodes if drawn.theirs.nodes[i].operands]
        deposits = () if drawn.walk is None else drawn.theirs.walks[drawn.walk].deposits
        told = [(number, one) for number, one in enumerate(deposits) if one.node in shown]
        self.turns = [[*several] for _, several in groupby(told, key=lambda pair: turn(pair[1]))]
        self.made = {i: place for place, i in enumerate(self.making, 1)}
        self.written = {
            number: place for place, several in enumerate(self.turns, len(self.making) + 1) for number, _ in several
        }

    @property
    def order(self) -> list[int]:
        """The operations in the order in which they first handed a gradient on, and then those that never did."""
        given = [flow.source for several in self.turns for _, one in several for flow in one.flows[:1]]
        return [*dict.fromkeys([*(i for i in given if i in self.made), *reversed(self.making)])]

    def at(self, step: int | None) -> int | None:
        """After how many steps what is written shows; what should have been written and was not, at the end."""
        if step is None:
            return None
        return self.written.get(step, len(self.making) + len(self.turns))

    def found(self, one: Finding) -> int | None:
        """After how many steps a finding shows; None where it has no place in this pass."""
        if one.cause == "forward" and one.node is not None:
            return self.made.get(one.node)
        return self.at(one.step) if one.walk is not None and one.walk == self.drawn.walk else None

    def rows(self, wrong: Collection[int | None]) -> list[JSON]:
        """The steps as data; `wrong` are the places where a finding shows."""
        steps = [*map(self.computed, self.making), *map(given, self.turns)]
        return [step | {"wrong": place in wrong} for place, step in enumerate(steps, 1)]

    def computed(self, i: int) -> dict[str, JSON]:
        """An operation that is made."""
        line = self.drawn.theirs.nodes[i].line
        return {"phase": "forward", "kind": "compute", "node": i, "line": line, "deposits": []}


def given(several: Sequence[tuple[int, Deposit]]) -> dict[str, JSON]:
    """A step of the way back."""
    first, deposits = several[0][1], [deposit(one) for _, one in several]
    kind, node = KINDS[first.kind], giver(first)
    return {"phase": "backward", "kind": kind, "node": node, "line": first.line, "deposits": deposits}


def turn(one: Deposit) -> tuple[str, int, int]:
    """What the deposits of one step have in common."""
    return (one.kind, one.line, -1) if one.kind == "clear" else (one.kind, one.visit, giver(one))


def giver(one: Deposit) -> int:
    """Whose gradient is handed on; for what comes from no other, whose it is."""
    return one.flows[0].source if one.flows else one.node


def deposit(one: Deposit) -> dict[str, JSON]:
    """A gradient that was written."""
    flow = one.flows[0] if one.flows else None
    return {
        "node": one.node,
        "source": flow.source if flow else None,
        "before": one.before,
        "after": one.after,
        "added": one.kept == 1.0,
        "upstream": flow.upstream if flow else None,
        "local": flow.local if flow else None,
        "line": one.line,
    }
