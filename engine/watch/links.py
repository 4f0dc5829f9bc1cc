"""Which objects of a program's classes other things hold: one object, a frame, a container."""

from collections.abc import Iterator, Sequence
from itertools import islice

from engine.language.values import CONTAINERS, Frame, Function, Instance, Thing

ALIVE = 50_000  # things that are looked through for all that is in use
MOST = 1_000  # objects that one attribute may hold to be links of another


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


def linked(holder: Instance) -> Iterator[tuple[str, Instance]]:
    """The objects that an object's attributes hold, and the objects in the containers they hold."""
    for name, thing in holder.attributes.items():
        for one in islice(inside(thing, 2), MOST):
            yield name, one


def inside(thing: Thing, depth: int) -> Iterator[Instance]:
    """The objects in a thing, down to some depth."""
    if isinstance(thing, Instance):
        yield thing
    elif type(thing) in CONTAINERS and depth:
        for part in islice(thing.values() if isinstance(thing, dict) else thing, MOST):
            yield from inside(part, depth - 1)
