"""The methods and attributes that things have, type by type: one table, and one way in to read and one to write."""

from collections.abc import Callable, Mapping

from engine.language.calls import builtin
from engine.language.compare import equal, key
from engine.language.faults import Fault
from engine.language.iterate import items, ordered
from engine.language.machine import Machine
from engine.language.operators import as_index, as_number
from engine.language.text import text
from engine.language.values import (
    UNBOUND,
    Builtin,
    OrderedSet,
    Thing,
    kind,
)
from engine.nn import MLP, Layer, Module, Neuron
from engine.ops import OPS
from engine.optim import SGD, Adam
from engine.value import METHODS as NODES
from engine.value import Input, Parameter, Value

Method = Callable[..., Thing]


def _backward(m: Machine, v: Value) -> None:
    m.backward(v)


def _zero_value(m: Machine, v: Value) -> None:
    history = v.history()
    m.meter.charge(len(history))
    for node in history:
        node.grad = 0.0


def _zero(m: Machine, holder: Module) -> None:
    m.meter.charge(len(holder.parameters()))
    holder.zero_grad()


def _item(_m: Machine, x: Thing) -> float:
    return as_number(x)


def _detach(m: Machine, v: Value) -> Value:
    return m.leaf(v.data, None)


def _append(m: Machine, xs: list[Thing], item: Thing) -> None:
    m.meter.sized(len(xs) + 1)
    xs.append(item)


def _extend(m: Machine, xs: list[Thing], more: Thing) -> None:
    added = items(m, more)
    m.meter.sized(len(xs) + len(added))
    xs.extend(added)


def _insert(m: Machine, xs: list[Thing], position: Thing, item: Thing) -> None:
    m.meter.charge(m.meter.sized(len(xs) + 1))
    xs.insert(_position(position), item)


def _pop(m: Machine, xs: list[Thing], position: Thing = -1, /) -> Thing:
    m.meter.charge(1 + len(xs) // 64)
    try:
        return xs.pop(_position(position))
    except IndexError:
        raise Fault("index", f"`pop` finds nothing there: the list has {len(xs)} elements") from None


def _position(thing: Thing) -> int:
    number = as_index(thing)
    if number is None or abs(number) > 2**62:
        raise Fault("type", f"a position is a whole number, and not {kind(thing)}")
    return number


def _find(m: Machine, xs: Thing, item: Thing) -> int:
    for position, one in enumerate(xs):
        if one is item or equal(m, one, item):
            return position
    raise Fault("value", f"{text(m, item)[:40]} is not in {kind(xs)}")


def _remove(m: Machine, xs: list[Thing], item: Thing) -> None:
    del xs[_find(m, xs, item)]


def _count(m: Machine, xs: Thing, item: Thing) -> int:
    return sum(one is item or equal(m, one, item) for one in xs)


def _sort(m: Machine, xs: list[Thing], *, key: Thing = None, reverse: Thing = False) -> None:
    xs[:] = ordered(m, xs, key, bool(reverse))


def _reverse(m: Machine, xs: list[Thing]) -> None:
    m.meter.charge(len(xs))
    xs.reverse()


def _copy(m: Machine, xs: list[Thing]) -> list[Thing]:
    m.meter.charge(len(xs))
    return list(xs)


def _get(m: Machine, d: dict[Thing, Thing], name: Thing, default: Thing = None, /) -> Thing:
    return d.get(key(m, name), default)


def _view(pick: Callable[[dict[Thing, Thing]], Thing]) -> Method:
    def view(m: Machine, d: dict[Thing, Thing]) -> list[Thing]:
        m.meter.charge(len(d))
        return list(pick(d))

    return view


def _pop_key(m: Machine, d: dict[Thing, Thing], name: Thing, default: Thing = UNBOUND, /) -> Thing:
    found = d.pop(key(m, name), default)
    if found is UNBOUND:
        raise missing(m, name)
    return found


def missing(m: Machine, name: Thing) -> Fault:
    """The fault of a key that a dict does not have."""
    shown = repr(name)[:40] if isinstance(name, str) else text(m, name)[:40]
    return Fault("key", f"the dict has no key {shown}", "`get` gives None, or what you name, for a missing key")


def _update(m: Machine, d: dict[Thing, Thing], other: Thing, /) -> None:
    if not isinstance(other, dict):
        raise Fault("type", f"`update` of a dict needs a dict, and not {kind(other)}")
    m.meter.charge(m.meter.sized(len(d) + len(other)))
    d.update(other)


def _setdefault(m: Machine, d: dict[Thing, Thing], name: Thing, default: Thing = None, /) -> Thing:
    m.meter.sized(len(d) + 1)
    return d.setdefault(key(m, name), default)


def _include(m: Machine, s: OrderedSet, item: Thing) -> None:
    m.meter.sized(len(s) + 1)
    s.items[key(m, item)] = None


def _discard(m: Machine, s: OrderedSet, item: Thing) -> None:
    s.items.pop(key(m, item), None)


def _remove_item(m: Machine, s: OrderedSet, item: Thing) -> None:
    if s.items.pop(key(m, item), UNBOUND) is UNBOUND:
        raise Fault("key", f"the set has no {text(m, item)[:40]}", "`discard` removes it only where it is there")


def _include_all(m: Machine, s: OrderedSet, more: Thing) -> None:
    for item in items(m, more):
        _include(m, s, item)


def _clear(_m: Machine, holder: Thing) -> None:
    (holder.items if isinstance(holder, OrderedSet) else holder).clear()


def _join(m: Machine, between: str, parts: Thing) -> str:
    words = items(m, parts)
    for word in words:
        if not isinstance(word, str):
            raise Fault("type", f"`join` needs texts, and one is {kind(word)}", "turn it into text with `str(…)`")
    length = sum(map(len, words)) + len(between) * max(len(words) - 1, 0)
    m.meter.charge(m.meter.sized(length) // 64)
    return between.join(words)


def _split(m: Machine, word: str, between: str | None = None, /) -> list[str]:
    _texts(between)
    m.meter.charge(len(word))
    return word.split(between or None)


def _replace(m: Machine, word: str, old: str, new: str, /) -> str:
    _texts(old, new)
    m.meter.charge(len(word))
    m.meter.sized(len(word) + (word.count(old) * max(len(new) - len(old), 0)))
    return word.replace(old, new)


def _texts(*words: Thing) -> None:
    for word in words:
        if word is not None and not isinstance(word, str):
            raise Fault("type", f"this needs a text, and not {kind(word)}")


def _word(change: Callable[..., Thing]) -> Method:
    def method(m: Machine, word: str) -> Thing:
        m.meter.charge(1 + len(word) // 64)
        return change(word)

    return method


def _test(check: Callable[[str, str], bool]) -> Method:
    def method(m: Machine, word: str, other: str) -> bool:
        _texts(other)
        m.meter.charge(1 + len(other) // 64)
        return check(word, other)

    return method


def _parameters(m: Machine, module: Module) -> list[Value]:
    found = module.parameters()
    m.meter.charge(len(found))
    return found


def _node(name: str) -> Method:
    make = NODES[name]

    def method(_m: Machine, v: Value) -> Value:
        return make(v)  # type: ignore[operator]  # of one operand: not a pair

    return method


def _methods(table: Mapping[str, Method], *, makes: bool = False) -> dict[str, Builtin]:
    return {name: builtin(function, name, makes=makes) for name, function in table.items()}


OF_VALUE = {
    **_methods({"backward": _backward, "zero_grad": _zero_value, "item": _item, "detach": _detach}),
    **_methods({name: _node(name) for name, op in OPS.items() if len(op.params) == 1}, makes=True),
}
OF_LIST = _methods(
    {"append": _append, "extend": _extend, "insert": _insert, "pop": _pop, "remove": _remove, "index": _find}
    | {"count": _count, "sort": _sort, "reverse": _reverse, "copy": _copy, "clear": _clear}
)
OF_DICT = _methods(
    {"get": _get, "items": _view(dict.items), "keys": _view(dict.keys), "values": _view(dict.values)}
    | {"pop": _pop_key, "update": _update, "setdefault": _setdefault, "copy": lambda m, d: {**d}, "clear": _clear}
)
OF_SET = _methods({"add": _include, "discard": _discard, "remove": _remove_item, "update": _include_all})
OF_TEXT = _methods(
    {"join": _join, "split": _split, "replace": _replace}
    | {"strip": _word(str.strip), "upper": _word(str.upper), "lower": _word(str.lower)}
    | {"startswith": _test(str.startswith), "endswith": _test(str.endswith)}
)
OF_MODULE = _methods({"parameters": _parameters, "zero_grad": _zero})
OF_OPTIMIZER = _methods({"step": Machine.step, "zero_grad": lambda m, o: o.zero_grad()})
OF_NUMBER = _methods({"item": _item})

METHODS: Mapping[type, Mapping[str, Builtin]] = {
    **dict.fromkeys((Value, Parameter, Input), OF_VALUE),
    **dict.fromkeys((int, float), OF_NUMBER),
    list: OF_LIST,
    tuple: {name: OF_LIST[name] for name in ("index", "count")},
    dict: OF_DICT,
    OrderedSet: OF_SET,
    str: OF_TEXT,
    **dict.fromkeys((Neuron, Layer, MLP), OF_MODULE),
    **dict.fromkeys((SGD, Adam), OF_OPTIMIZER),
}
FIELDS: Mapping[type, frozenset[str]] = {
    **dict.fromkeys((Value, Parameter, Input), frozenset({"data", "grad", "label"})),
    Neuron: frozenset({"w", "b"}),
    Layer: frozenset({"neurons"}),
    MLP: frozenset({"layers"}),
    **dict.fromkeys((SGD, Adam), frozenset({"lr"})),
}
