"""What a name must hold if what reads it is to be skipped: the same thing, or one made like it in this turn."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from engine.language.values import Thing

Where = tuple[int, int]  # a Value that was made in the turn: the number of the region, and its place there
Made = Sequence[Sequence[Thing]]  # what the regions have made in this turn

SCALARS = frozenset({int, float, bool, str, type(None), range})
LARGE = 128  # elements that are compared one by one; larger things must be the very same


class Expected(NamedTuple):
    """A thing as it was: `parts` of a list, tuple or dict; `where` of a Value that the turn had made itself."""

    thing: Thing
    parts: "tuple[Expected, ...] | None"
    keys: tuple[Thing, ...] | None
    where: Where | None
    fresh: bool  # whether there is such a Value in it
    strict: bool  # whether it must be the very same, because what is skipped hands it on

    def met(self, thing: Thing, made: Made) -> bool:
        """Whether a thing is as it was."""
        if self.where is not None:
            region, place = self.where
            return region < len(made) and thing is made[region][place]
        if not self.fresh and thing is self.thing:
            return True
        if self.strict or type(thing) is not type(self.thing):
            return False
        if self.parts is None:
            return type(thing) in SCALARS and thing == self.thing and repr(thing) == repr(self.thing)
        if self.keys is not None:
            if not same_keys(self.keys, tuple(thing)):
                return False
            thing = list(thing.values())
        return len(thing) == len(self.parts) and all(
            part.met(one, made) for part, one in zip(self.parts, thing, strict=True)
        )


def same_keys(keys: tuple[Thing, ...], others: tuple[Thing, ...]) -> bool:
    """Whether the keys of two dicts are the same texts and numbers, in the same order."""
    if len(keys) != len(others):
        return False
    return all(
        a is b or (type(a) is type(b) and type(a) in SCALARS and a == b) for a, b in zip(keys, others, strict=True)
    )


def expected(thing: Thing, known: Mapping[int, Where], room: list[int]) -> Expected:
    """A thing as it is now. `known` are the Values that the turn itself has made, by identity."""
    where = known.get(id(thing))
    if where is not None:
        return Expected(thing, None, None, where, fresh=True, strict=False)
    if type(thing) not in (list, tuple, dict):
        return Expected(thing, None, None, None, fresh=False, strict=False)
    room[0] -= len(thing) + 1
    if room[0] < 0:
        return Expected(thing, None, None, None, fresh=False, strict=True)
    inside = thing.values() if isinstance(thing, dict) else thing
    parts = tuple([expected(one, known, room) for one in inside])
    strict = any(part.strict for part in parts)
    keys = tuple(thing) if isinstance(thing, dict) else None
    return Expected(thing, parts, keys, None, fresh=any(part.fresh for part in parts), strict=strict)
