"""The causes of a wrong gradient: one closed list, and what is said of each where it is found."""

from dataclasses import dataclass
from typing import Literal

Cause = Literal[
    "overwritten",
    "order",
    "visited_twice",
    "seed",
    "local_derivative",
    "upstream",
    "operand",
    "stale",
    "wrong_node",
    "unwrapped",
    "forward",
    "recursion",
    "domain",
    "missing",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause: the pass and the step in it, where there is one, the nodes, the numbers, and the line.

    node   whose gradient or number is wrong
    other  the node that has to do with it: the operation, or the one whose number stands there
    theirs, true  what the engine has, and what is right
    text   a name, and `held` the type of what it holds
    """

    cause: Cause
    line: int | None = None
    walk: int | None = None
    step: int | None = None
    later: int | None = None  # the step that should have come before
    node: int | None = None
    other: int | None = None
    theirs: float | None = None
    true: float | None = None
    text: str | None = None
    held: str | None = None
