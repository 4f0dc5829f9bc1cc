"""Statements, one after the other, that can be skipped together: when, what they leave, and what they cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.language.turns import Place, Step
from engine.language.values import Frame, Thing
from engine.origin import Entered
from engine.training.expected import Expected, Made, Where
from engine.training.recipes import Recipe
from engine.value import Value


@dataclass(frozen=True, slots=True)
class Cost:
    """What statements are charged, and what they count: steps, nodes, lines, inputs by name."""

    steps: int
    nodes: int
    hits: tuple[tuple[int, int], ...]
    named: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Key:
    """The key of an input that the statements make: its name, and how many of that name they had made by then."""

    name: str
    times: int


@dataclass(slots=True, eq=False)
class Region:
    """Such statements.

    number    its place among those of its turn
    first     the first statement; there are `length`
    expected  what the names that are read must hold, and the cells that can be reached
    counted   leaves whose numbers were taken as whole ones
    effects   what the names hold afterwards
    result    what the last statement gives
    made      the Values that can be got at afterwards, with their labels and numbers; `keys` of those that are inputs
    leaves    the leaves that can be reached, with their numbers, by identity
    relabels  the labels that Values of earlier regions get
    elements  how many elements the containers have that are made anew
    start     the serial of the first node, `scope` the scope around
    """

    number: int
    first: Step
    length: int
    expected: Sequence[tuple[Place, Expected]]
    cells: Sequence[tuple[list[Thing], Thing]]
    counted: Sequence[tuple[Value, float]]
    effects: Sequence[tuple[Place, Recipe]]
    result: Recipe
    made: Sequence[tuple[Value, str | None, float]]
    leaves: dict[int, float]
    keys: dict[int, Key]
    relabels: Sequence[tuple[Where, str | None]]
    cost: Cost
    elements: int
    start: int
    scope: Entered | None

    def fits(self, outside: Frame, frame: Frame, made: Made) -> bool:
        """Whether all is as it was; `outside` is the module's frame."""
        for (where, slot, _), wanted in self.expected:
            thing = outside[slot] if where == "global" else frame[slot][0] if where == "cell" else frame[slot]
            if not wanted.met(thing, made):
                return False
        return all(cell[0] is thing for cell, thing in self.cells) and all(
            value.data == number for value, number in self.counted
        )

    def leave(self, outside: Frame, frame: Frame, made: Made) -> Thing:
        """Put into the names what the statements leave there; what the last of them gives."""
        for (where, slot, _), recipe in self.effects:
            if where == "slot":
                frame[slot] = recipe(made)
            elif where == "global":
                outside[slot] = recipe(made)
            else:
                frame[slot][0] = recipe(made)
        return self.result(made)
