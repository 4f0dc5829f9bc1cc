"""A graph as columns of numbers: which operation made each node, of which others, and what number came out.

It is what the array programs are made from: less than a recording (no names, no places, no pass), so that a loop that
is recorded again and again does not pay for what it never looks at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.op import Op
from engine.recording import Recording
from engine.value import Value

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]

NOTHING = -1  # where there is no operation, or no operand
UNKNOWN = -2  # a plain number has no place yet
PLAIN = (float, type(None))  # what an operand is where it is no Value
LEVEL = attrgetter("level")


@dataclass(frozen=True, slots=True, eq=False)
class Wiring:
    """The nodes, a column a fact: operands come before results, but plain numbers may stand anywhere.

    ops          the operations that occur
    code         per node the place of its operation in `ops`; NOTHING for a leaf
    left, right  per node its operands; NOTHING where there is none
    data         per node its number
    """

    ops: tuple[Op, ...]
    code: Ints
    left: Ints
    right: Ints
    data: Floats

    def __len__(self) -> int:
        return len(self.code)


class Goal(NamedTuple):
    """What moves, and what is to be computed: the output, with its slopes for all inputs, and other nodes."""

    inputs: Sequence[int]
    output: int
    observed: Sequence[int] = ()


def of_recording(recording: Recording) -> Wiring:
    """The wiring of a recording: node for node."""
    nodes, first = recording.nodes, np.array(recording.first, dtype=np.int64)
    table = {op: i for i, op in enumerate(dict.fromkeys([None, *nodes.op]), NOTHING)}
    source = np.array([*recording.edges.source, NOTHING], dtype=np.int64)
    count = np.diff(first)
    return Wiring(
        ops=tuple([op for op in table if op is not None]),
        code=np.array([table[op] for op in nodes.op], dtype=np.int64),
        left=np.where(count > 0, source[first[:-1]], NOTHING),
        right=np.where(count > 1, source[np.minimum(first[:-1] + 1, len(source) - 1)], NOTHING),
        data=np.array(nodes.data, dtype=np.float64),
    )


def gathered(*roots: Value) -> list[Value]:
    """Everything some Values depend on, themselves included: operands before results."""
    found = list(roots)
    seen = set(map(id, found))
    for value in found:  # which grows
        for operand in (value.b, value.a):
            if operand.__class__ not in PLAIN and id(operand) not in seen:
                seen.add(id(operand))
                found.append(operand)  # type: ignore[arg-type]  # a Value, as just seen
    found.reverse()  # so that what was made first comes first, level by level
    found.sort(key=LEVEL)
    return found


def of_values(values: Sequence[Value]) -> Wiring:
    """The wiring of Values, operands before results: each at its place, and behind them the plain numbers they use."""
    where = {id(value): i for i, value in enumerate(values)}
    where[id(None)] = NOTHING
    place = where.get
    left, right, data, ops = list[int](), list[int](), list[float](), list[Op | None]()
    for value in values:  # all in one go: it is reaching the Values that takes the time
        left.append(place(id(value.a), UNKNOWN))
        right.append(place(id(value.b), UNKNOWN))
        data.append(value.data)
        ops.append(value.op)
    for column, side in ((left, attrgetter("a")), (right, attrgetter("b"))):
        for at, found in enumerate(column):
            if found == UNKNOWN:
                column[at] = len(data)
                data.append(side(values[at]))
    plain = [NOTHING] * (len(data) - len(values))
    table = {op: i for i, op in enumerate(dict.fromkeys([None, *ops]), NOTHING)}
    return Wiring(
        ops=tuple([op for op in table if op is not None]),
        code=np.array([table[op] for op in ops] + plain, dtype=np.int64),
        left=np.array(left + plain, dtype=np.int64),
        right=np.array(right + plain, dtype=np.int64),
        data=np.array(data, dtype=np.float64),
    )
