"""What the interpreter tells of a loop that trains: its turns, their statements, what these read and assign.

`Trainer` is told, and may do the work of statements in another way. The interpreter knows nothing of how.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from engine.language.errors import Placed
from engine.language.values import Closure, Frame, Thing
from engine.value import Value


class Place(NamedTuple):
    """Where a name lives: in a slot or a cell of the frame, or in a slot of the module's."""

    where: Literal["slot", "cell", "global"]
    slot: int
    name: str


@dataclass(slots=True, eq=False)
class Step:
    """A statement of a turn.

    reads    the names that may be read before it assigns them itself
    assigns  the names that it may assign
    defines  those that it assigns in any case
    constant whether it reads no name, so that it does the same each time
    opaque   whether it must be run in any case: it makes functions or classes, or leaves the turn
    """

    node: Placed
    run: Closure
    traced: Closure  # the same, and all blocks inside it step by step
    reads: tuple[Place, ...]
    assigns: tuple[Place, ...]
    defines: tuple[Place, ...]
    constant: bool
    opaque: bool
    deep: bool = False  # whether it is to be run step by step


@dataclass(slots=True, eq=False)
class Part:
    """Statements of a block that are charged and counted together; the last one's result is theirs."""

    steps: Sequence[Step]
    named: tuple[int, ...]  # the slots of the frame that names of its scope live in
    at_module: bool


@dataclass(slots=True, eq=False)
class Body:
    """The body of a loop that may train."""

    line: int
    counter: int  # of the turns
    run: Closure
    traced: Closure
    settled: bool = False  # whether its turns are to be run as they stand, from now on


@dataclass(slots=True, eq=False)
class Bodies:
    """What all functions of a program run, in both forms."""

    swaps: list[Callable[[], None]] = field(default_factory=list)

    def swap(self) -> None:
        """From one form to the other."""
        for each in self.swaps:
            each()


class Trainer(Protocol):
    """Who does the turns of loops that train."""

    def turn(self, body: Body, frame: Frame) -> Thing:
        """Run one turn; the signal that leaves it."""

    def part(self, part: Part, frame: Frame) -> Thing:
        """Run some statements of a turn one by one; the result of the last."""

    def changed(self, thing: Thing) -> None:
        """A list, set, dict or object, or the label of a Value, is going to be changed."""

    def counts_on(self, value: Value, how: str) -> bool:
        """A number is taken out of a Value; whether the statement is looked at, and need not be run again for that."""

    def passed(self, root: Value) -> int | None:
        """Do a backward pass; how many nodes it comes by, None if it is still to be done."""

    def cleared(self, root: Value) -> int | None:
        """Clear the gradients of all that `root` depends on; how many these are, None if it is still to be done."""

    def let_go(self) -> None:
        """The run is over: what nobody else holds is gone."""
