"""What a program's own engine did, as frozen plain data: its graph, and every gradient that it wrote.

Nodes are numbered in the order they were made. Beside what the engine says stands what is true: each edge has the slope
that the arithmetic of the program itself gives it, whatever the engine makes of it on the way back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from engine.origin import Scope
from engine.watch.inside import Part

Kind = Literal["clear", "seed", "deposit"]


class Edge(NamedTuple):
    """An operand: its node, the true slope towards it, and whether the engine keeps a link to it.

    `bent` says that there is no single slope there: the engine's own, if it lies between those on both sides, is right.
    """

    node: int
    local: float
    linked: bool
    bent: bool


class Node(NamedTuple):
    """One number of the engine: its name, what made it, its operands in the order of the call.

    op      what the engine calls the operation, else the method; None for a leaf
    method  the method that made it, and the line where that stands
    line    where the operation is asked for
    scope   the innermost call or turn it was made in, the engine's own methods left out
    held    whether an object of another class made it to keep it: a weight
    wrapped whether an operation of the engine made it on the way: a plain number among the operands
    inside  the elementary operations that its number was computed by; none where it is only one
    """

    label: str | None
    op: str | None
    method: str | None
    defined: int | None
    line: int | None
    data: float
    grad: float | None
    operands: tuple[Edge, ...]
    scope: Scope | None
    held: bool
    wrapped: bool
    inside: tuple[Part, ...]

    def local(self, operand: int) -> float:
        """The true slope towards a node; 0 where it is no operand."""
        return sum([edge.local for edge in self.operands if edge.node == operand])


class Flow(NamedTuple):
    """What a written gradient takes from another: whose, what that was then, the factor, and whether it is complete.

    `instead` are two nodes: with the number of the second where that of the first stands, the factor would be right.
    """

    source: int
    upstream: float | None
    local: float | None
    instead: tuple[int, int] | None = None


class Deposit(NamedTuple):
    """One written gradient.

    kept    the factor of what was there before: 1 where it is added to, 0 where it is replaced
    flows   what it takes from others
    handed  whether the gradient from above came as an argument
    visit   the call of a backward rule that it belongs to, by number
    """

    kind: Kind
    node: int
    before: float
    after: float
    kept: float
    line: int
    span: tuple[int, int]
    function: str | None
    flows: tuple[Flow, ...]
    handed: bool
    visit: int

    @property
    def amount(self) -> float:
        """What was added."""
        return self.after - self.kept * self.before if self.kept else self.after


@dataclass(frozen=True, slots=True)
class Walk:
    """One backward pass: where it began, and what was written; `root` is None where nobody can tell."""

    root: int | None
    deposits: tuple[Deposit, ...]


@dataclass(frozen=True, slots=True)
class Forward:
    """An operation whose number is not what it should be."""

    node: int
    symbol: str
    operands: tuple[float, ...]
    theirs: float
    true: float
    line: int


@dataclass(frozen=True, slots=True)
class Theirs:
    """All of it. `number`, `gradient` and `links` are the attributes that hold them.

    updates says before which deposit each leaf's number was last written anew; `whole` is false where the program did
    more than was looked at, or did not get to its end: then the last pass may be half of one.
    """

    number: str
    gradient: str | None
    links: tuple[str, ...]
    nodes: tuple[Node, ...]
    walks: tuple[Walk, ...]
    forwards: tuple[Forward, ...]
    moved: tuple[tuple[int, int, float], ...]  # which node got another number, before which walk, and which
    keys: Mapping[int, str]  # of the leaves that may be given other numbers, by node
    initial: Mapping[int, float]  # the numbers that the program gives those which were given others
    circle: tuple[int, int] | None  # two nodes that are made of each other, by their links
    whole: bool
