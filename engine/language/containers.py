"""The methods of lists, dicts and sets: Python's, every element charged and every length checked."""

from collections.abc import Callable, Mapping

from engine.language.compare import equal, key
from engine.language.faults import Fault
from engine.language.iterate import items, ordered
from engine.language.machine import Machine
from engine.language.operators import as_index
from engine.language.text import text
from engine.language.values import UNBOUND, OrderedSet, Thing, kind

Method = Callable[..., Thing]
FAR = 2**60  # beyond the ends of any list; Python itself takes no positions of any size


def append(m: Machine, xs: list[Thing], item: Thing) -> None:
    """`append`."""
    m.meter.sized(len(xs) + 1)
    if m.trainer is not None:
        m.trainer.changed(xs)
    xs.append(item)


def extend(m: Machine, xs: list[Thing], more: Thing) -> None:
    """`extend`."""
    added = items(m, more)
    m.meter.sized(len(xs) + len(added))
    m.change(xs)
    xs.extend(added)


def insert(m: Machine, xs: list[Thing], position: Thing, item: Thing) -> None:
    """`insert`."""
    m.meter.charge(m.meter.sized(len(xs) + 1))
    m.change(xs)
    xs.insert(position_of(m, position), item)


def pop(m: Machine, xs: list[Thing], position: Thing = -1, /) -> Thing:
    """`pop` of a list."""
    m.meter.charge(1 + len(xs) // 64)
    m.change(xs)
    try:
        return xs.pop(position_of(m, position))
    except IndexError:
        raise Fault("index", f"`pop` finds nothing there: the list has {len(xs)} elements") from None


def position_of(m: Machine, thing: Thing) -> int:
    """A position in a list."""
    number = as_index(m, thing)
    if number is None:
        raise Fault("type", f"a position is a whole number, and not {kind(thing)}")
    return max(-FAR, min(number, FAR))


def find(m: Machine, xs: Thing, item: Thing) -> int:
    """`index`."""
    for position, one in enumerate(xs):
        m.meter.charge(1)
        if one is item or equal(m, one, item):
            return position
    raise Fault("value", f"{text(m, item)[:40]} is not in {kind(xs)}")


def remove(m: Machine, xs: list[Thing], item: Thing) -> None:
    """`remove` of a list."""
    position = find(m, xs, item)
    m.change(xs)
    del xs[position]


def count(m: Machine, xs: Thing, item: Thing) -> int:
    """`count`."""
    m.meter.charge(len(xs))
    return sum(one is item or equal(m, one, item) for one in xs)


def sort(m: Machine, xs: list[Thing], *, key: Thing = None, reverse: Thing = False) -> None:
    """`sort`."""
    found = ordered(m, xs, key, bool(reverse))
    m.change(xs)
    xs[:] = found


def reverse(m: Machine, xs: list[Thing]) -> None:
    """`reverse`."""
    m.meter.charge(len(xs))
    m.change(xs)
    xs.reverse()


def copy(m: Machine, holder: Thing) -> Thing:
    """`copy` of a list or a dict."""
    m.meter.charge(len(holder))
    return holder.copy()


def get(m: Machine, d: dict[Thing, Thing], name: Thing, default: Thing = None, /) -> Thing:
    """`get`."""
    return d.get(key(m, name), default)


def view(pick: Callable[[dict[Thing, Thing]], Thing]) -> Method:
    """`items`, `keys`, `values`: Python's own views."""
    return lambda _m, d: pick(d)


def pop_key(m: Machine, d: dict[Thing, Thing], name: Thing, default: Thing = UNBOUND, /) -> Thing:
    """`pop` of a dict."""
    place = key(m, name)
    m.change(d)
    found = d.pop(place, default)
    if found is UNBOUND:
        raise missing(m, name)
    return found


def missing(m: Machine, name: Thing) -> Fault:
    """The fault of a key that a dict does not have."""
    shown = repr(name)[:40] if isinstance(name, str) else text(m, name)[:40]
    return Fault("key", f"the dict has no key {shown}", "`get` gives None, or what you name, for a missing key")


def update(m: Machine, d: dict[Thing, Thing], other: Thing, /) -> None:
    """`update` of a dict."""
    if not isinstance(other, dict):
        raise Fault("type", f"`update` of a dict needs a dict, and not {kind(other)}")
    m.meter.charge(m.meter.sized(len(d) + len(other)))
    m.change(d)
    d.update(other)


def setdefault(m: Machine, d: dict[Thing, Thing], name: Thing, default: Thing = None, /) -> Thing:
    """`setdefault`."""
    m.meter.sized(len(d) + 1)
    place = key(m, name)
    m.change(d)
    return d.setdefault(place, default)


def include(m: Machine, s: OrderedSet, item: Thing) -> None:
    """`add`."""
    m.meter.sized(len(s) + 1)
    place = key(m, item)
    m.change(s)
    s.items[place] = None


def discard(m: Machine, s: OrderedSet, item: Thing) -> None:
    """`discard`."""
    place = key(m, item)
    m.change(s)
    s.items.pop(place, None)


def remove_item(m: Machine, s: OrderedSet, item: Thing) -> None:
    """`remove` of a set."""
    place = key(m, item)
    m.change(s)
    if s.items.pop(place, UNBOUND) is UNBOUND:
        raise Fault("key", f"the set has no {text(m, item)[:40]}", "`discard` removes it only where it is there")


def include_all(m: Machine, s: OrderedSet, more: Thing) -> None:
    """`update` of a set."""
    for item in items(m, more):
        include(m, s, item)


def clear(m: Machine, holder: Thing) -> None:
    """`clear`."""
    m.change(holder)
    holder.clear()


LIST: Mapping[str, Method] = {
    "append": append,
    "extend": extend,
    "insert": insert,
    "pop": pop,
    "remove": remove,
    "index": find,
    "count": count,
    "sort": sort,
    "reverse": reverse,
    "copy": copy,
    "clear": clear,
}
DICT: Mapping[str, Method] = {
    "get": get,
    "items": view(dict.items),
    "keys": view(dict.keys),
    "values": view(dict.values),
    "pop": pop_key,
    "update": update,
    "setdefault": setdefault,
    "copy": copy,
    "clear": clear,
}
SET: Mapping[str, Method] = {"add": include, "discard": discard, "remove": remove_item, "update": include_all}
