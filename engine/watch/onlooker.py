"""Looks on while a program with an engine of its own runs, and lends it our numbers.

Whatever number an object of such a class is given is kept as a leaf of ours, and what it was computed with beside it.
So every number that the program's engine makes is a small graph over the numbers it was made of, whatever the engine
calls its operations, and every gradient it writes is one over the gradients and numbers that it was made of.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from engine.language import conversions
from engine.language.machine import Machine, fits
from engine.language.names import NAMES
from engine.language.operators import BINARY
from engine.language.values import UNBOUND, VALUES, Builtin, Class, Frame, Function, Instance, Thing
from engine.leaf import Input
from engine.origin import Site
from engine.value import Value
from engine.watch.expression import held
from engine.watch.links import alive, linked
from engine.watch.movable import Movable, Moving
from engine.watch.notes import Call, Combined, Write, bare
from engine.watch.turns import Turns, Window

ROOM = 10_000  # numbers that are kept; from then on the program gets its own again
DEEP = 500  # operations one on another without an object between: beyond that a number is only a number
CALLS = 3  # functions that run, of which a written number remembers
PLAIN = frozenset({int, float})
THEIRS = frozenset({Instance, Class, Builtin})  # nothing of ours
ASKED = ("isinstance", "type", "grad", "SGD", "Adam")  # functions to which a Value is not a number like others
OPERATORS = tuple(f"__{one.name}__" for one in BINARY.values())


class Computing(dict[Class, bool]):
    """Whether classes compute: have a method for an operator."""

    def __missing__(self, of: Class) -> bool:
        found = self[of] = any(of.find(name) is not UNBOUND for name in OPERATORS)
        return found


class Onlooker:
    """One run's."""

    def __init__(self, machine: Machine, window: Window, known: Movable, inputs: Mapping[str, float]) -> None:
        self.machine = machine
        self.turns = Turns(window)
        self.writes: list[Write] = []
        self.lent = set[int]()  # the leaves in them, by identity
        self.combinations: list[Combined] = []
        self.odd: list[tuple[Instance, str, Site]] = []  # where something else than a number was assigned
        self.texts: list[tuple[Instance, str]] = []  # which attributes were given a text as the object was made
        self.full = False
        self.methods: dict[int, Class | None] = {id(None): None}  # by scope of a call whose method it is, if any
        self.computes = Computing()
        self.moving = Moving(known, inputs, self.methods)
        self._walk: tuple[int, Frame | None] = 0, None  # where the last walk stood, and its frame
        self._inner: tuple[Frame | None, tuple[Call, ...]] = None, ()  # the last innermost frame, and its calls

    @property
    def library(self) -> Mapping[str, Thing]:
        """Our numbers are numbers to the program, also where it asks."""
        asked = {name: replace(NAMES[name], function=partial(self.asked, NAMES[name].function)) for name in ASKED}
        return {**asked, "float": replace(NAMES["float"], function=real)}

    def asked(self, function: Callable[..., Thing], m: Machine, /, *things: Thing, **named: Thing) -> Thing:
        """A function of the library that asks what its arguments are."""
        known = [thing if thing.__class__ in THEIRS else self.plain(thing) for thing in things]
        return function(m, *known, **{name: self.plain(thing) for name, thing in named.items()})

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
        """Whether a thing is an object of a class that computes."""
        return thing.__class__ is Instance and self.computes[thing.of]

    def assigned(self, holder: Thing, name: str, thing: Thing, site: Site) -> Thing:
        """Keep a number that an object is given; what it shall hold."""
        if holder.__class__ is not Instance or not self.computes[holder.of]:
            return thing
        old, walk, of = holder.attributes.get(name, UNBOUND), None, thing.__class__
        if of not in PLAIN and of not in VALUES:
            return self.other(holder, name, thing, old, site) if self.turns.open else thing
        if old is not UNBOUND:
            walk = self.walk()
            self.turn(walk, holder)
        if not self.turns.open:
            return self.known(thing)
        number, made = thing, thing
        if of not in PLAIN:
            number, made = thing.data, thing.data if thing.level > DEEP else thing
        if self.full or (number.__class__ is int and not fits(number)):
            return number
        self.full = len(self.writes) >= ROOM
        leaf = Input(thing.written if of is Input else number)
        self.lent.add(id(leaf))
        scope, near = self.machine.scope, () if old is UNBOUND else (*self.machine.frames[-1],)
        if old is UNBOUND and id(scope) not in self.methods:
            self.place()
        self.writes.append(Write(holder, name, made, leaf, old, site, scope, self.calls(), walk, near))
        if self.moving.wanted:
            self.moving.put(self.writes[-1])
        return leaf

    def other(self, holder: Instance, name: str, thing: Thing, old: Thing, site: Site) -> Thing:
        """Remember where something else than a number was assigned."""
        if thing.__class__ is str and thing and old is UNBOUND:
            self.texts.append((holder, name))
        if len(self.odd) < ROOM:
            self.odd.append((holder, name, site))
        return thing

    def turn(self, walk: Frame | None, holder: Instance) -> None:
        """Count the passes; where their window opens, lend the numbers that the program goes on with."""
        slept = not self.turns.open
        self.turns.written(walk, holder)
        if slept and self.turns.open:
            for one in [*alive(self.machine.frames)]:
                if self.watches(one) and not any(
                    map(self.watches, (link for _, link in linked(one, self.machine.meter.charge)))
                ):
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

    def forget(self) -> None:
        """Let go of what was kept: things that hold each other would hold it until the collector looks."""
        for one in self.writes:
            one.holder.attributes.clear()  # objects and their closures hold each other, too
        for kept in (self.writes, self.combinations, self.odd, self.texts, self.methods):
            kept.clear()

    def calls(self) -> tuple[Call, ...]:
        """The innermost functions that run; the same while the innermost one does."""
        frames = self.machine.frames
        frame, found = self._inner
        if frame is not frames[-1]:
            found = tuple([Call(one[0], one) for one in frames[: -CALLS - 1 : -1] if one is not frames[0]])
            self._inner = frames[-1], found
        return found

    def walk(self) -> Frame | None:
        """The frame of the outermost call that was handed one of the objects first; the same while that runs."""
        frames = self.machine.frames
        at, frame = self._walk
        if frame is not None and at < len(frames) and frames[at] is frame:
            return frame
        for at in range(1, len(frames)):
            frame = frames[at]
            if frame[0].code.parameters and self.watches(bare(frame[1])):
                self._walk = at, frame
                return frame
        return None

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


def real(m: Machine, x: Thing = 0.0, /) -> Thing:
    """`float`: our numbers are."""
    return x if x.__class__ in VALUES else conversions.real(m, x)
