"""What operators do where no Value takes part: Python's rules, with every size checked before the work.

A node is made elsewhere; what gets here is numbers, text, containers, and objects of the program's own classes, whose
operator methods are called here and nowhere else.
"""

import operator
from collections.abc import Callable, Mapping
from typing import NamedTuple

from engine.language.faults import Fault
from engine.language.machine import Machine
from engine.language.values import (
    NUMBERS,
    UNBOUND,
    VALUES,
    Bound,
    Builtin,
    Function,
    Instance,
    OrderedSet,
    Thing,
    kind,
)

Plain = Callable[[Machine, Thing, Thing], Thing]


class Operator(NamedTuple):
    """An operator of the language: its symbol, its operation in the rulebook, a class's methods for it."""

    symbol: str
    op: str | None
    name: str  # the method is __name__, the reflected one __rname__
    plain: Plain
    floats: Callable[[float, float], float] | None = None  # what two doubles need: nothing else can go wrong


def add(machine: Machine, x: Thing, y: Thing) -> Thing:
    """x + y: numbers, or two texts, lists or tuples."""
    if type(x) in NUMBERS and type(y) in NUMBERS:
        return within(machine, x + y)
    if type(x) is type(y) and isinstance(x, str | list | tuple):
        machine.meter.charge(machine.meter.sized(len(x) + len(y)))
        return x + y
    return NotImplemented


def subtract(machine: Machine, x: Thing, y: Thing) -> Thing:
    """x - y: numbers, or two sets."""
    if type(x) in NUMBERS and type(y) in NUMBERS:
        return within(machine, x - y)
    if isinstance(x, OrderedSet) and isinstance(y, OrderedSet):
        machine.meter.charge(len(x))
        return OrderedSet({item: None for item in x if item not in y.items})
    return NotImplemented


def multiply(machine: Machine, x: Thing, y: Thing) -> Thing:
    """x * y: numbers, or a sequence repeated."""
    if type(x) in NUMBERS and type(y) in NUMBERS:
        if type(x) is int and type(y) is int and x.bit_length() + y.bit_length() > machine.limits.integer_bits + 1:
            raise Fault("limit", "integer too large", limit="integer_bits")
        return x * y
    if isinstance(x, str | list | tuple):
        return repeat(machine, x, y)
    return repeat(machine, y, x) if isinstance(y, str | list | tuple) else NotImplemented


def within(machine: Machine, number: float) -> float:
    """Check the size of a number that was just made."""
    if type(number) is int and number.bit_length() > machine.limits.integer_bits:
        raise Fault("limit", "integer too large", limit="integer_bits")
    return number


def repeat(machine: Machine, sequence: Thing, times: Thing) -> Thing:
    """A sequence repeated a whole number of times."""
    number = as_index(machine, times)
    if number is None:
        return NotImplemented
    machine.meter.charge(machine.meter.sized(len(sequence) * max(number, 0)))
    return sequence * number


def power(machine: Machine, x: Thing, y: Thing) -> Thing:
    """x ** y of numbers; a negative number has no real power of a fraction."""
    if type(x) not in NUMBERS or type(y) not in NUMBERS:
        return NotImplemented
    if isinstance(x, int) and isinstance(y, int) and y > 0 and abs(x) > 1:
        if (x.bit_length() - 1) * y > machine.limits.integer_bits:
            raise Fault("limit", "integer too large", limit="integer_bits")
        return within(machine, x**y)
    z = x**y
    if isinstance(z, complex):
        raise Fault("value", "a negative number has no real power of a fraction", "write it with a Value to get nan")
    return z


def numeric(apply: Callable[[Thing, Thing], Thing]) -> Plain:
    """The operator of numbers only."""

    def plain(_machine: Machine, x: Thing, y: Thing) -> Thing:
        return apply(x, y) if type(x) in NUMBERS and type(y) in NUMBERS else NotImplemented

    return plain


def of_sets(keep: Callable[[OrderedSet, OrderedSet], dict[Thing, None]]) -> Plain:
    """The operator of sets only."""

    def plain(machine: Machine, x: Thing, y: Thing) -> Thing:
        if not (isinstance(x, OrderedSet) and isinstance(y, OrderedSet)):
            return NotImplemented
        machine.meter.charge(machine.meter.sized(len(x) + len(y)))
        return OrderedSet(keep(x, y))

    return plain


def none(_machine: Machine, _x: Thing, _y: Thing) -> Thing:
    """The operator of nothing but the program's own classes."""
    return NotImplemented


def intersection(x: OrderedSet, y: OrderedSet) -> dict[Thing, None]:
    """What is in both, in the order of the first."""
    return {item: None for item in x if item in y.items}


def symmetric(x: OrderedSet, y: OrderedSet) -> dict[Thing, None]:
    """What is in one of the two."""
    return {item: None for a, b in ((x, y), (y, x)) for item in a if item not in b.items}


BINARY: Mapping[str, Operator] = {
    "Add": Operator("+", "add", "add", add, operator.add),
    "Sub": Operator("-", "sub", "sub", subtract, operator.sub),
    "Mult": Operator("*", "mul", "mul", multiply, operator.mul),
    "Div": Operator("/", "div", "truediv", numeric(operator.truediv)),
    "FloorDiv": Operator("//", "floordiv", "floordiv", numeric(operator.floordiv)),
    "Mod": Operator("%", "mod", "mod", numeric(operator.mod)),
    "Pow": Operator("**", "pow", "pow", power),
    "MatMult": Operator("@", None, "matmul", none),
    "BitOr": Operator("|", None, "or", of_sets(lambda x, y: x.items | y.items)),
    "BitAnd": Operator("&", None, "and", of_sets(intersection)),
    "BitXor": Operator("^", None, "xor", of_sets(symmetric)),
}

HINTS: tuple[tuple[str, frozenset[type], str], ...] = (
    # the operator ("" for any), the type of one operand, what to write
    ("", frozenset({type(None)}), "a function that returns nothing gives None: write `return …` at its end"),
    ("", frozenset({Function, Builtin, Bound}), "to call a function write `(…)` after it"),
    ("+", frozenset({str}), "turn the number into text with `str(…)`, or use an f-string"),
    ("%", frozenset({str}), 'put the number into the text with an f-string: f"{x:.3f}"'),
    ("", frozenset({str}), "turn the text into a number with `float(…)`"),
    ("@", frozenset({list, tuple}), "write `sum(a * b for a, b in zip(xs, ys))`"),
    ("", frozenset({list, tuple}), "it works on single numbers: write `[x %s y for x in xs]`"),
    ("^", NUMBERS | VALUES, "a power is written with `**`"),
    ("@", NUMBERS | VALUES, "a product is written with `*`"),
)


def binary(machine: Machine, operation: Operator, x: Thing, y: Thing) -> Thing:
    """x op y where neither is a Value, or where the other is nothing that a Value can be combined with."""
    result = operation.plain(machine, x, y)
    if result is not NotImplemented:
        return result
    if isinstance(x, Instance) or isinstance(y, Instance):
        return of_instances(machine, operation, x, y)
    if x.__class__ in VALUES and isinstance(y, str | list | tuple):
        result = operation.plain(machine, as_index(machine, x), y)
    elif y.__class__ in VALUES and isinstance(x, str | list | tuple):
        result = operation.plain(machine, x, as_index(machine, y))
    if result is NotImplemented:
        raise unfit(operation.symbol, x, y)
    return result


def unfit(symbol: str, x: Thing, y: Thing) -> Fault:
    """The fault of operands that do not go together."""
    for thing in (x, y):
        if thing is UNBOUND:
            return Fault("name", "a name is used before anything is assigned to it")
    found = (hint for sign, types, hint in HINTS if sign in ("", symbol) and types & {type(x), type(y)})
    hint = next(found, "").replace("%s", symbol)
    return Fault("type", f"`{symbol}` does not work on {kind(x)} and {kind(y)}", hint or None)


def of_instances(machine: Machine, operation: Operator, x: Thing, y: Thing) -> Thing:
    """x op y by the operator methods of the program's classes, the left one first."""
    for owner, other, name in ((x, y, f"__{operation.name}__"), (y, x, f"__r{operation.name}__")):
        method = owner.of.find(name) if isinstance(owner, Instance) else UNBOUND
        if isinstance(method, Function):
            return machine.call(method, owner, other)
    owner, name = (x, f"__{operation.name}__") if isinstance(x, Instance) else (y, f"__r{operation.name}__")
    message = f"`{operation.symbol}` does not work on {kind(x)} and {kind(y)}"
    raise Fault("type", message, f"give class {owner.of.name} a method `{name}`")


def as_index(machine: Machine, thing: Thing) -> int | None:
    """A thing as the integer Python wants: an int, or a Value that is whole; None where it is none."""
    if isinstance(thing, int):
        return thing
    if thing.__class__ in VALUES:
        machine.peek("takes the number of a Value as a whole one", thing)
        return int(thing.data) if thing.data.is_integer() else None
    return None


def as_number(machine: Machine, thing: Thing) -> float:
    """A thing as a plain number: what the library wants where it takes no Value."""
    if thing.__class__ in VALUES:
        machine.peek("takes a Value as a plain number")
        number: float = thing.data
        return number
    if isinstance(thing, int | float):
        return thing
    raise Fault("type", f"this needs a number, and not {kind(thing)}")


UNARY: Mapping[str, tuple[str, str, Callable[[Thing], Thing]]] = {
    "USub": ("-", "neg", operator.neg),
    "UAdd": ("+", "pos", operator.pos),
}


def unary(machine: Machine, symbol: str, name: str, plain: Callable[[Thing], Thing], x: Thing) -> Thing:
    """A sign before what is no Value."""
    if type(x) in NUMBERS:
        return plain(x)
    method = x.of.find(f"__{name}__") if isinstance(x, Instance) else UNBOUND
    if isinstance(method, Function):
        return machine.call(method, x)
    raise Fault("type", f"`{symbol}` does not work on {kind(x)}")
