"""What an onlooker writes down while a program runs."""

from collections.abc import Sequence
from typing import NamedTuple

from engine.language.values import UNBOUND, Frame, Function, Instance, Thing
from engine.leaf import Input
from engine.origin import Entered, Site


class Call(NamedTuple):
    """A function of the program that runs, and its frame."""

    function: Function
    frame: Frame

    @property
    def first(self) -> Thing:
        """What its first parameter holds; UNBOUND where it has none."""
        return bare(self.frame[1]) if self.function.code.parameters else UNBOUND

    @property
    def operands(self) -> tuple[Thing, ...]:
        """What its parameters hold."""
        return tuple(map(bare, self.frame[1 : len(self.function.code.parameters) + 1]))


class Write(NamedTuple):
    """A number that is assigned to an attribute.

    made    what it was computed by: a Value, or a plain number
    leaf    what stands in its place from now on
    old     what the attribute held before; UNBOUND at first
    calls   the functions that run, innermost first; only so many as anybody asks for
    walk    the frame of the outermost call that was handed one of these objects first
    near    what the names of the innermost function hold
    """

    holder: Instance
    name: str
    made: Thing
    leaf: Input
    old: Thing
    site: Site
    scope: Entered | None
    calls: tuple[Call, ...]
    walk: Frame | None
    near: Sequence[Thing]


class Combined(NamedTuple):
    """What an operator of the program made of two things, and how many numbers had been assigned by then."""

    symbol: str
    x: Thing
    y: Thing
    result: Thing
    site: Site
    at: int


def bare(thing: Thing) -> Thing:
    """What a slot holds, or the cell in it: a list of its own with one object."""
    return thing[0] if thing.__class__ is list and len(thing) == 1 else thing
