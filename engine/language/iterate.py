"""Running over things: what `for` takes, as lists where a function wants them whole, and in order."""

from collections.abc import Callable, Iterator
from functools import cmp_to_key

from engine.language.compare import SCALARS, order, truth
from engine.language.faults import Fault
from engine.language.machine import Machine
from engine.language.values import UNBOUND, Function, Instance, OrderedSet, Stream, Thing, kind

PLAIN = frozenset({list, tuple, str, range, dict, OrderedSet, Stream})


def iterate(machine: Machine, thing: Thing) -> Thing:
    """What `for` runs over; the loop charges each turn."""
    while type(thing) not in PLAIN:
        if not isinstance(thing, Instance):
            raise unfit(thing)
        method = thing.of.find("__iter__")
        if isinstance(method, Function):
            thing = machine.call(method, thing)
        elif thing.of.find("__getitem__") is not UNBOUND:
            return by_index(machine, thing)
        else:
            raise unfit(thing)
    return thing


def unfit(thing: Thing) -> Fault:
    """The fault of running over what has no parts."""
    if thing is UNBOUND:
        return Fault("name", "a name is used before anything is assigned to it")
    hint = "write `range(…)` to count" if thing.__class__ in SCALARS else None
    return Fault("type", f"{kind(thing)} cannot be run over", hint)


def by_index(machine: Machine, thing: Instance) -> Iterator[Thing]:
    """The elements that `__getitem__` gives for 0, 1, 2 … until there is none."""
    position = 0
    while True:
        machine.meter.charge(1)
        try:
            yield machine.call(thing.of.find("__getitem__"), thing, position)
        except Fault as fault:
            if fault.code != "index":
                raise
            return
        position += 1


def items(machine: Machine, thing: Thing) -> list[Thing]:
    """The elements as a list, each charged, no longer than a sequence may be."""
    found: list[Thing] = []
    for item in iterate(machine, thing):
        machine.left[0] -= 1
        if machine.left[0] < 0:
            machine.meter.refill()
            machine.meter.sized(len(found))
        found.append(item)
    machine.meter.sized(len(found))
    return found


def ordered(machine: Machine, thing: Thing, by: Thing, reverse: bool) -> list[Thing]:  # noqa: FBT001 - as in sorted()
    """The elements in order, by what `by` makes of each."""
    found = items(machine, thing)
    machine.meter.charge(len(found) * len(found).bit_length())
    keys = found if by is None else [machine.call(by, item) for item in found]
    kinds = {one.__class__ for one in keys}
    if kinds <= SCALARS or kinds <= {str}:
        places = sorted(range(len(found)), key=keys.__getitem__, reverse=reverse)
    else:
        places = sorted(range(len(found)), key=cmp_to_key(_difference(machine, keys)), reverse=reverse)
    return [found[place] for place in places]


def _difference(machine: Machine, keys: list[Thing]) -> Callable[[int, int], int]:
    def difference(i: int, j: int) -> int:
        if order(machine, "Lt", keys[i], keys[j]):
            return -1
        return 1 if order(machine, "Lt", keys[j], keys[i]) else 0

    return difference


def filtered(machine: Machine, keep: Thing, thing: Thing) -> Iterator[Thing]:
    """The elements that `keep` is true for; None keeps what is true itself."""
    for item in iterate(machine, thing):
        machine.meter.charge(1)
        if truth(machine, item if keep is None else machine.call(keep, item)):
            yield item
