"""Looks on while a program with an engine of its own runs, and lends it our numbers.

Whatever number an object of such a class is given is kept as a leaf of ours, and what it was computed with beside it.
So every number that the program's engine makes is a small graph over the numbers it was made of, whatever the engine
calls its operations, and every gradient it writes is one over the gradients and numbers that it was made of.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from engine.language import conversions
from engine.language.machine import Machine, fits
from engine.language.names import NAMES
from engine.language.operators import BINARY
from engine.language.values import UNBOUND, VALUES, Class, Frame, Function, Instance, Thing
from engine.leaf import Input
from engine.origin import Entered, Site
from engine.value import Value
from engine.watch.expression import held
from engine.watch.links import alive, linked
from engine.watch.turns import Turns, Window

ROOM = 10_000  # numbers that are kept; from then on the program gets its own again
DEEP = 500  # operations one on another without an object between: beyond that a number is only a number
PLAIN = frozenset({int, float})
ASKED = ("isinstance", "type", "grad", "SGD", "Adam")  # functions to which a Value is not a number like others
OPERATORS = tuple(f"__{one.name}__" for one in BINARY.values())


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


class Onlooker:
    """One run's."""

    def __init__(self, machine: Machine, window: Window) -> None:
        self.machine = machine
        self.turns = Turns(window)
        self.top = machine.globals
        self.writes: list[Write] = []
        self.lent = set[int]()  # the leaves in them, by identity
        self.combinations: list[Combined] = []
        self.odd: list[tuple[Instance, str, Site]] = []  # where something else than a number was assigned
        self.texts: list[tuple[Instance, str]] = []  # which attributes were given a text as the object was made
        self.full = False
        self.methods: dict[int, Class | None] = {}  # by scope of a call: whose method it is, None for a function
        self._kinds: dict[int, tuple[Class, bool]] = {}

    @property
    def library(self) -> Mapping[str, Thing]:
        """Our numbers are numbers to the program, also where it asks."""
        asked = {name: replace(NAMES[name], function=partial(self.asked, NAMES[name].function)) for name in ASKED}
        return {**asked, "float": replace(NAMES["float"], function=real)}

    def asked(self, function: Callable[..., Thing], m: Machine, /, *things: Thing, **named: Thing) -> Thing:
        """A function of the library that asks what its arguments are."""
        return function(m, *map(self.plain, things), **{name: self.plain(thing) for name, thing in named.items()})

    def plain(self, thing: Thing) -> Thing:
        """A thing, or a list of things, as the program knows it."""
        return thing.__class__(map(self.known, thing)) if thing.__class__ in (list, tuple) else self.known(thing)

    def known(self, thing: Thing) -> Thing:
        """What the program may know of a thing: a number that it was lent, or made of such, is a number and no more."""
        if thing.__class__ not in VALUES:
            return thing
        leaf: Thing = thing
        while leaf.op is not None:
            leaf = leaf.a if isinstance(leaf.a, Value) else leaf.b
        if id(leaf) not in self.lent:
            return thing
        return thing.written if thing.__class__ is Input else thing.data

    def watches(self, thing: Thing) -> bool:
        """Whether a thing is an object of a class that computes: one with a method for an operator."""
        if thing.__class__ is not Instance:
            return False
        of: Class = thing.of
        known = self._kinds.get(id(of))
        if known is None:
            known = self._kinds[id(of)] = of, any(of.find(name) is not UNBOUND for name in OPERATORS)
        return known[1]

    def assigned(self, holder: Thing, name: str, thing: Thing, site: Site) -> Thing:
        """Keep a number that an object is given; what it shall hold."""
        if not self.watches(holder):
            return thing
        old = holder.attributes.get(name, UNBOUND)
        if old is not UNBOUND:
            self.turn(holder)
        if not self.turns.open:
            return self.known(thing)
        if thing.__class__ not in PLAIN and thing.__class__ not in VALUES:
            if thing.__class__ is str and thing and old is UNBOUND:
                self.texts.append((holder, name))
            if len(self.odd) < ROOM:
                self.odd.append((holder, name, site))
            return thing
        number: Thing = thing.data if thing.__class__ in VALUES else thing
        if self.full or (isinstance(number, int) and not fits(number)):
            return number
        self.full = len(self.writes) >= ROOM
        made = number if thing.__class__ in VALUES and thing.level > DEEP else thing
        leaf = Input(thing.written if thing.__class__ is Input else number)
        self.lent.add(id(leaf))
        again = old is not UNBOUND
        if not again:
            self.place()
        self.writes.append(
            Write(
                holder,
                name,
                made,
                leaf,
                old,
                site,
                self.machine.scope,
                self.calls(),
                self.walk() if again else None,
                [*self.machine.frames[-1]] if again else (),
            )
        )
        return leaf

    def turn(self, holder: Instance) -> None:
        """Count the passes; where their window opens, lend the numbers that the program goes on with."""
        slept = not self.turns.open
        self.turns.written(self.walk(), holder)
        if slept and self.turns.open:
            for one in [*alive(self.machine.frames)]:
                if self.watches(one) and not any(map(self.watches, (link for _, link in linked(one)))):
                    self.lend(one)

    def lend(self, holder: Instance) -> None:
        """Lend an object what numbers it has, as if they were assigned now."""
        for name, thing in [*holder.attributes.items()]:
            number = held(thing) if thing.__class__ in PLAIN else None
            if number is not None:
                leaf = Input(int(number) if thing.__class__ is int else number)
                self.lent.add(id(leaf))
                holder.attributes[name] = leaf
                self.writes.append(Write(holder, name, thing, leaf, UNBOUND, self.machine.site, None, (), None, ()))

    def place(self) -> None:
        """Keep whose methods the calls around this place are; those around a known one are known."""
        scope, frames = self.machine.scope, reversed(self.machine.frames)
        while scope is not None and id(scope) not in self.methods:
            if scope[0] == "call":
                self.methods[id(scope)] = owner(next(frames))
            scope = scope[3]

    def calls(self) -> tuple[Call, ...]:
        """The innermost functions that run."""
        frames, top = self.machine.frames, self.top
        return tuple([Call(frame[0], frame) for frame in frames[:-4:-1] if frame is not top])

    def walk(self) -> Frame | None:
        """The frame of the outermost call that was handed one of the objects first."""
        frames = iter(self.machine.frames)
        next(frames)
        return next((one for one in frames if one[0].code.parameters and self.watches(bare(one[1]))), None)

    def combined(self, symbol: str, x: Thing, y: Thing, result: Thing, site: Site) -> None:
        """Keep what an operator made."""
        if self.turns.open and not self.full and self.watches(result):
            self.combinations.append(Combined(symbol, x, y, result, site, len(self.writes)))


def owner(frame: Frame) -> Class | None:
    """The class whose method runs in a frame."""
    me = bare(frame[1]) if len(frame) > 1 else None
    if not isinstance(me, Instance):
        return None
    found = me.of.find(frame[0].code.name)
    return me.of if isinstance(found, Function) and found.code is frame[0].code else None


def bare(thing: Thing) -> Thing:
    """What a slot holds, or the cell in it: a list of its own with one object."""
    return thing[0] if thing.__class__ is list and len(thing) == 1 else thing


def real(m: Machine, x: Thing = 0.0, /) -> Thing:
    """`float`: our numbers are."""
    return x if x.__class__ in VALUES else conversions.real(m, x)
