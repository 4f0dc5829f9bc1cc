"""Which objects of a program's classes other things hold: one object, a frame, a container."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from engine.language.values import CONTAINERS, Frame, Function, Instance, Thing

ALIVE = 50_000  # things that are looked through for all that is in use
AT_ONCE = 8  # things of a container that are looked at in one step
MOST = 1_000  # things that one attribute may hold in which links are looked for


def alive(frames: Sequence[Frame]) -> Iterator[Instance]:
    """The objects that a program can still get at, each once."""
    seen = set[int]()
    pending: list[Thing] = [thing for frame in frames for thing in frame]
    while pending and len(seen) < ALIVE:
        thing = pending.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, Instance):
            yield thing
            pending += thing.attributes.values()
        elif isinstance(thing, Function):
            pending += thing.closure
        elif type(thing) in CONTAINERS:
            pending += thing.values() if isinstance(thing, dict) else thing


def linked(holder: Instance, take: Callable[[int], None]) -> Iterator[tuple[str, Instance]]:
    """The objects that an object's attributes hold, and the objects in the containers they hold.

    `take` is told how many steps that is, before they are taken.
    """
    for name, thing in holder.attributes.items():
        if thing.__class__ is Instance:
            yield name, thing
        elif type(thing) in CONTAINERS:
            there = inside(thing)
            take(1 + len(there) // AT_ONCE)
            for one in there:
                if one.__class__ is Instance:
                    yield name, one


def inside(thing: Thing) -> list[Thing]:
    """The first things in a container, and in the containers there."""
    first = islice(contents(thing), MOST)
    return [*islice(chain.from_iterable(contents(one) if type(one) in CONTAINERS else (one,) for one in first), MOST)]


def contents(thing: Thing) -> Iterable[Thing]:
    """What a container holds; of a dict its values."""
    return thing.values() if isinstance(thing, dict) else thing
