"""Running over things: what `for` takes, membership, as lists where a function wants them whole, and in order."""

from collections.abc import Callable, Iterator
from functools import cmp_to_key

from engine.language.compare import SCALARS, equal, key, order, truth
from engine.language.faults import Fault
from engine.language.machine import Machine
from engine.language.operators import as_number
from engine.language.values import UNBOUND, VALUES, VIEWS, Function, Instance, OrderedSet, Stream, Thing, kind

PLAIN = frozenset({list, tuple, str, range, dict, OrderedSet, Stream}) | VIEWS


def iterate(machine: Machine, thing: Thing) -> Thing:
    """What `for` runs over; the loop charges each turn."""
    if type(thing) in PLAIN:
        return thing
    method = thing.of.find("__iter__") if isinstance(thing, Instance) else UNBOUND
    if isinstance(method, Function):
        found = machine.call(method, thing)
        if not isinstance(found, Stream):
            hint = "let it return a generator: `(x for x in …)`"
            raise Fault("type", f"`__iter__` of {thing.of.name} must return what can be run over once", hint)
        return found
    if isinstance(thing, Instance) and thing.of.find("__getitem__") is not UNBOUND:
        return by_index(machine, thing)
    raise unfit(thing)


def stream(machine: Machine, name: str, items: Iterator[Thing], *sources: Thing) -> Stream:
    """What runs over `sources`, which may be streams themselves, but not any number of them inside one another."""
    depth = 1 + max([source.depth for source in sources if isinstance(source, Stream)], default=0)
    if depth > machine.limits.data_depth:
        raise Fault("limit", "nested too deeply", limit="data_depth")
    return Stream(name, items, depth)


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


def contains(machine: Machine, item: Thing, place: Thing) -> bool:
    """Item in place."""
    if isinstance(place, dict):
        return key(machine, item) in place
    if isinstance(place, OrderedSet):
        return key(machine, item) in place.items
    if isinstance(place, str):
        if not isinstance(item, str):
            raise Fault("type", f"`in` looks for a text in a text, and not for {kind(item)}")
        machine.meter.charge(1 + len(place) // 64)
        return item in place
    if isinstance(place, range):
        number = as_number(machine, item) if item.__class__ in VALUES else item
        whole = isinstance(number, int) or (isinstance(number, float) and number.is_integer())
        return whole and int(number) in place  # of a float Python would look at one element after another
    if type(place) not in PLAIN and not isinstance(place, Instance):
        raise Fault("type", f"`in` does not work on {kind(place)}")
    return any(one is item or equal(machine, one, item) for one in iterate(machine, place))


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


def numbers(machine: Machine, thing: Thing, taker: str) -> list[Thing]:
    """The elements as a list of numbers and Values, which is what `taker` needs."""
    found = items(machine, thing)
    for one in found:
        if one.__class__ not in SCALARS:
            raise Fault("type", f"{taker} needs numbers or Values, and one is {kind(one)}")
    return found


def ordered(machine: Machine, thing: Thing, by: Thing, reverse: bool) -> list[Thing]:  # noqa: FBT001 - as in sorted()
    """The elements in order, by what `by` makes of each."""
    found = items(machine, thing)
    machine.meter.charge(len(found) * len(found).bit_length())
    keys = found if by is None else [machine.call(by, item) for item in found]
    kinds = {one.__class__ for one in keys}
    if not VALUES.isdisjoint(kinds):
        machine.peek("sorts by the numbers of Values")
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


def filtered(machine: Machine, keep: Thing, things: Thing) -> Iterator[Thing]:
    """The elements that `keep` is true for; None keeps what is true itself."""
    for item in things:
        machine.meter.charge(1)
        if truth(machine, item if keep is None else machine.call(keep, item)):
            yield item
