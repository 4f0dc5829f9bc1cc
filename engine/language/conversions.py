"""The types as functions: what `int`, `list`, `Value` and the like make of a thing, and which type a thing has."""

import math
from collections.abc import Callable, Iterator, Mapping

from engine.language import compare
from engine.language.faults import Fault
from engine.language.iterate import items
from engine.language.machine import Machine
from engine.language.operators import as_index, as_number, within
from engine.language.values import Builtin, Class, Instance, OrderedSet, Thing, kind
from engine.leaf import Input
from engine.value import Value

WHOLE, BROKEN = 1, 0.5


def whole(m: Machine, x: Thing = 0, /) -> int:
    """`int`."""
    if isinstance(x, str):
        if len(x) > m.limits.integer_bits // 3:  # more digits than the largest number has
            raise Fault("limit", "integer too large", limit="integer_bits")
        spelled: int = parsed(x, int, "a whole number")
        return within(m, spelled)  # type: ignore[return-value]
    number = as_number(m, x)
    if not finite(number):
        raise Fault("value", f"{number} is no whole number")
    return int(number)


def finite(number: float) -> bool:
    """Whether a number is finite; every whole one is, also one that no double holds."""
    return isinstance(number, int) or math.isfinite(number)


def real(m: Machine, x: Thing = 0.0, /) -> float:
    """`float`."""
    return parsed(x, float, "a number") if isinstance(x, str) else float(as_number(m, x))


def parsed(word: str, of: Callable[[str], Thing], wanted: str) -> Thing:
    """The number that a text spells."""
    try:
        return of(word)
    except ValueError:
        raise Fault("value", f"the text {word[:40]!r} does not spell {wanted}") from None


def rounded(m: Machine, x: Thing, digits: Thing = None) -> Thing:
    """`round`: a plain number."""
    number = as_number(m, x)
    if isinstance(x, Input):
        number = x.written
    places = None if digits is None else as_index(m, digits)
    if places is None and not finite(number):
        raise Fault("value", f"{number} is no whole number")
    return round(number, places if places is None else max(-400, min(places, 400)))


def boolean(m: Machine, thing: Thing = False, /) -> bool:  # noqa: FBT002 - as in bool()
    """`bool`."""
    return compare.truth(m, thing)


def listed(m: Machine, things: Thing = (), /) -> list[Thing]:
    """`list`."""
    return items(m, things)


def tupled(m: Machine, things: Thing = (), /) -> tuple[Thing, ...]:
    """`tuple`."""
    return tuple(items(m, things))


def dictionary(m: Machine, pairs: Thing = (), /, **named: Thing) -> dict[Thing, Thing]:
    """`dict`."""
    if isinstance(pairs, dict):
        m.meter.charge(len(pairs))
        return {**pairs, **named}
    made: dict[Thing, Thing] = {}
    for pair in items(m, pairs):
        two = items(m, pair)
        if len(two) != 2:
            raise Fault("value", f"`dict` needs pairs, and one has {len(two)} elements")
        made[compare.key(m, two[0])] = two[1]
    return {**made, **named}


def unique(m: Machine, things: Thing = (), /) -> OrderedSet:
    """`set`."""
    return OrderedSet({compare.key(m, item): None for item in items(m, things)})


def is_a(m: Machine, thing: Thing, types: Thing, /) -> bool:
    """`isinstance`: an input written as a bare number is that number, and a Value."""
    if isinstance(thing, Input):
        whole, broken = (any(is_one(number, one) for one in each(m, types)) for number in (WHOLE, BROKEN))
        itself = any(is_one(thing, one) for one in each(m, types))
        if whole != broken and not itself:
            m.peek("asks whether a number is whole")
        return itself or (whole if isinstance(thing.written, int) else broken)
    return any(is_one(thing, one) for one in each(m, types))


def each(m: Machine, types: Thing) -> Iterator[Thing]:
    """The types of a tuple, which may hold tuples."""
    pending = [types]
    while pending:
        m.meter.charge(1)
        one = pending.pop()
        if isinstance(one, tuple):
            pending += reversed(one)
        else:
            yield one


def is_one(thing: Thing, types: Thing) -> bool:
    """Whether a thing is of one type."""
    if isinstance(types, Class):
        return isinstance(thing, Instance) and thing.of.builds_on(types)
    if isinstance(types, Builtin) and types.types:
        if isinstance(thing, Instance):
            return types.base is not None and thing.of.builds_on(types.base)
        return isinstance(thing, types.types)
    raise Fault("type", "`isinstance` needs a type, or a tuple of types", "like `isinstance(x, (int, float))`")


def type_of(_m: Machine, thing: Thing, types: Mapping[str, Builtin]) -> Thing:
    """`type`."""
    if isinstance(thing, Instance):
        return thing.of
    exact = (one for one in types.values() if type(thing) in one.types)
    near = (one for one in types.values() if isinstance(thing, one.types))
    found = next(exact, None) or next(near, None)
    if found is None:
        raise Fault("type", f"the type of {kind(thing)} has no name here", "`isinstance` tests for the types that have")
    return found


def value(m: Machine, data: Thing, label: Thing = None) -> Value:
    """`Value`."""
    if not (label is None or isinstance(label, str)):
        raise Fault("type", f"a label is a text, and not {kind(label)}")
    return m.leaf(as_number(m, data), label or None)


def tensor(m: Machine, data: Thing, *, requires_grad: Thing = False, dtype: Thing = None) -> Thing:  # noqa: ARG001
    """`torch.tensor` of a single number."""
    if isinstance(data, list | tuple):
        hint = "one Value per number, in a Python list"
        raise Fault("type", "the playground differentiates single numbers: a tensor here holds one", hint)
    number = as_number(m, data)
    return m.leaf(number, None) if requires_grad else float(number)
