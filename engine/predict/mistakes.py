"""The mistakes: one closed list, and what is known of one where it is found."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "value",
    "gradient",
    "sign",
    "local_derivative",
    "upstream",
    "slope",
    "overwritten",
    "operand",
    "operation",
    "factor",
    "stale",
    "wrong_node",
    "seed",
    "unreached",
    "unexplained",
    "early",
    "again",
    "leaf",
]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: what somebody gets who makes it, and where it is made.

    number  what comes of it for the node that is asked for
    node    where it is made: this node's number or gradient is wrong, and then all that is made of it
    edge    along which edge; None where it is not about one
    other   the node whose number stands where another belongs
    only    nothing but this edge's part is there, rather than all but this
    symbol  the operation that was done instead
    factor  how many times too large the answer is
    """

    kind: Kind
    number: float
    node: int
    edge: int | None = None
    other: int | None = None
    only: bool = False
    symbol: str | None = None
    factor: float | None = None
