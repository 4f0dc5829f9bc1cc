"""Comparison, truth, hashing: Python's rules, every element charged."""

import operator
from collections.abc import Callable, Mapping

from engine.language.faults import Fault
from engine.language.machine import Machine
from engine.language.operators import as_index
from engine.language.values import (
    NUMBERS,
    PAIRS,
    UNBOUND,
    VALUES,
    Function,
    Instance,
    OrderedSet,
    Thing,
    kind,
)
from engine.leaf import Input

SCALARS = NUMBERS | VALUES
ORDERS: Mapping[str, tuple[str, str, str, Callable[[Thing, Thing], bool]]] = {
    "Lt": ("<", "lt", "gt", operator.lt),
    "LtE": ("<=", "le", "ge", operator.le),
    "Gt": (">", "gt", "lt", operator.gt),
    "GtE": (">=", "ge", "le", operator.ge),
}
EXACT = 2**53  # larger integers are refused as keys: many of them would share one place


def truth(machine: Machine, thing: Thing) -> bool:
    """Whether `if` takes the branch."""
    if isinstance(thing, Instance):
        method = thing.of.find("__len__")
        return length(machine, thing, method) > 0 if isinstance(method, Function) else True
    if isinstance(thing, OrderedSet):
        return bool(thing.items)
    if thing.__class__ in VALUES:
        machine.peek("asks whether a Value is 0")
    return bool(thing)


def length(machine: Machine, thing: Instance, method: Function) -> int:
    """What the program's own `__len__` says: a whole number from 0."""
    number = as_index(machine, machine.call(method, thing))
    if number is None:
        raise Fault("type", f"`__len__` of {thing.of.name} must return a whole number")
    if number < 0:
        raise Fault("value", f"`__len__` of {thing.of.name} must not be negative")
    return int(number)


def equal(machine: Machine, x: Thing, y: Thing) -> bool:
    """x == y, element by element without recursion; identity counts inside containers, as in Python."""
    pending = [(x, y)]
    top = True
    while pending:
        machine.meter.charge(1)
        a, b = pending.pop()
        if (a is b and not top) or _same(machine, a, b, pending):
            top = False
            continue
        return False
    return True


def _same(machine: Machine, a: Thing, b: Thing, pending: list[tuple[Thing, Thing]]) -> bool:
    """Whether a and b may be equal; their elements are left in `pending`."""
    if isinstance(a, Instance) or isinstance(b, Instance):
        for owner, other in ((a, b), (b, a)):
            method = owner.of.find("__eq__") if isinstance(owner, Instance) else UNBOUND
            if isinstance(method, Function):
                return truth(machine, machine.call(method, owner, other))
        return a is b
    if type(a) in SCALARS and type(b) in SCALARS:
        compared(machine, a, b)
        return bool(a == b)
    if type(a) is not type(b):
        return False
    if isinstance(a, list | tuple | OrderedSet | dict):
        if len(a) != len(b):
            return False
        machine.meter.charge(len(a))
    if isinstance(a, list | tuple):
        pending += zip(reversed(a), reversed(b), strict=True)
        return True
    if isinstance(a, OrderedSet):
        return bool(a.items.keys() == b.items.keys())
    if isinstance(a, dict):
        pending += ((value, b.get(key, UNBOUND)) for key, value in a.items())
        return True
    if type(a) is PAIRS:
        machine.meter.charge(len(a) + len(b))
        pending.append((dict(a), dict(b)))
        return True
    same: bool = a == b
    return same


def order(machine: Machine, name: str, x: Thing, y: Thing) -> bool:
    """x < y and its kin: numbers and Values by number, texts, lists and tuples by their first difference."""
    symbol, method, reflected, compare = ORDERS[name]
    while True:
        if type(x) in SCALARS and type(y) in SCALARS:
            compared(machine, x, y)
            return compare(x, y)
        if isinstance(x, str) and isinstance(y, str):
            machine.meter.charge(1 + min(len(x), len(y)) // 64)
            return compare(x, y)
        if isinstance(x, OrderedSet) and isinstance(y, OrderedSet):
            machine.meter.charge(len(x) + len(y))
            return compare(x.items.keys(), y.items.keys())
        if isinstance(x, Instance) or isinstance(y, Instance):
            return _instances(machine, (symbol, method, reflected), x, y)
        if not (isinstance(x, list | tuple) and type(x) is type(y)):
            raise Fault("type", f"`{symbol}` does not work on {kind(x)} and {kind(y)}")
        machine.meter.charge(min(len(x), len(y)))
        for a, b in zip(x, y, strict=False):
            if not (a is b or equal(machine, a, b)):
                x, y = a, b
                break
        else:
            return compare(len(x), len(y))


def compared(machine: Machine, x: Thing, y: Thing) -> None:
    """Take note of two numbers that are compared, if one is a Value."""
    if type(x) in VALUES or type(y) in VALUES:
        machine.peek("compares a Value")


def _instances(machine: Machine, names: tuple[str, str, str], x: Thing, y: Thing) -> bool:
    symbol, method, reflected = names
    for owner, other, name in ((x, y, method), (y, x, reflected)):
        found = owner.of.find(f"__{name}__") if isinstance(owner, Instance) else UNBOUND
        if isinstance(found, Function):
            return truth(machine, machine.call(found, owner, other))
    owner = x if isinstance(x, Instance) else y
    message = f"`{symbol}` does not work on {kind(x)} and {kind(y)}"
    raise Fault("type", message, f"give class {owner.of.name} a method `__{method if owner is x else reflected}__`")


def key(machine: Machine, thing: Thing) -> Thing:
    """A thing as a key of a dict or an element of a set; a bare number's input is the number."""
    pending, depth = [(thing, 0)], machine.limits.data_depth
    while pending:
        machine.meter.charge(1)
        part, level = pending.pop()
        if isinstance(part, OrderedSet | slice) or type(part).__hash__ is None:
            hint = "a tuple can" if isinstance(part, list) else None
            raise Fault("type", f"{kind(part)} cannot be a key of a dict or an element of a set", hint)
        if isinstance(part, int | float) and abs(part) > EXACT and part - part == 0:
            raise Fault("value", "a number beyond 2**53 cannot be a key of a dict or an element of a set")
        if isinstance(part, tuple):
            if level >= depth:
                raise Fault("limit", "nested too deeply", limit="data_depth")
            pending += ((item, level + 1) for item in part)
    return written(machine, thing)


def written(machine: Machine, thing: Thing) -> Thing:
    """A bare number's input as the number, in tuples too: what is assigned to it later changes no key."""
    if isinstance(thing, tuple):
        return tuple([written(machine, part) for part in thing])
    if not isinstance(thing, Input):
        return thing
    machine.peek("takes a Value as a key")
    return thing.written
