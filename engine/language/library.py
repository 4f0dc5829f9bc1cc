"""The functions and modules that every program finds: what LANGUAGE calls the names that exist."""

from collections.abc import Callable, Iterator
from functools import reduce

from engine.derivative import grad
from engine.language import compare, text
from engine.language.conversions import whole
from engine.language.faults import Fault
from engine.language.iterate import filtered, items, iterate, ordered, stream
from engine.language.machine import Machine
from engine.language.operators import BINARY, as_index, binary
from engine.language.operators import power as plain_power
from engine.language.values import (
    NUMBERS,
    UNBOUND,
    VALUES,
    VIEWS,
    Function,
    Instance,
    OrderedSet,
    Stream,
    Thing,
    kind,
)
from engine.op import Op
from engine.ops import OPS
from engine.value import Value, apply

Call = Callable[..., Thing]
NARROW = 8  # columns of a `zip` whose rows cost no more than the turn that takes them
EXTREMES = {"max": "Gt", "min": "Lt"}


def operation(op: Op) -> Call:
    """An operation as a function: a node where a Value takes part, Python's own rule for plain numbers."""
    plain = op.plain or op.forward

    def applied(m: Machine, *operands: Thing) -> Thing:
        for operand in operands:
            if operand.__class__ not in VALUES and operand.__class__ not in NUMBERS:
                hint = f"write `[{op.name}(x) for x in xs]`" if isinstance(operand, list | tuple) else None
                raise Fault("type", f"`{op.name}` needs numbers or Values, and not {kind(operand)}", hint)
        if any(operand.__class__ in VALUES for operand in operands):
            return apply(op, *operands)
        try:
            return plain_power(m, *operands) if plain is pow else plain(*operands)
        except ValueError:
            if op.domain is None:
                raise
            given = " and ".join(map(repr, operands))
            raise Fault("value", f"`{op.name}` needs {op.domain.text}, but is given {given}") from None

    if len(op.params) == 1:
        return lambda m, x, /: applied(m, x)
    return lambda m, x, y, /: applied(m, x, y)


def extreme(op: Op, symbol: str) -> Call:
    """`max` or `min`: of numbers, texts and lists by Python's order; of several Values the operation, folded."""
    pair = operation(op)

    def chosen(m: Machine, *things: Thing, key: Thing = None, default: Thing = UNBOUND) -> Thing:
        found = items(m, things[0]) if len(things) == 1 else list(things)
        if not found:
            if default is UNBOUND:
                raise Fault(
                    "value", f"`{op.name}` of nothing: there are no elements", "`default=` says what it is then"
                )
            return default
        m.meter.charge(len(found))
        if key is None and any(one.__class__ in VALUES for one in found):
            return reduce(lambda x, y: pair(m, x, y), found)
        keys = found if key is None else [m.call(key, one) for one in found]
        return found[reduce(lambda i, j: j if compare.order(m, symbol, keys[j], keys[i]) else i, range(len(found)))]

    return chosen


def total(m: Machine, things: Thing, start: Thing = UNBOUND) -> Thing:
    """`sum`: adds no leading 0."""
    result = start
    for item in iterate(m, things):
        m.meter.charge(1)
        result = added(m, result, item)
    return 0 if result is UNBOUND else result


def added(m: Machine, result: Thing, item: Thing) -> Thing:
    """One more item of a sum."""
    if result is UNBOUND:
        counts = item.__class__ in VALUES or item.__class__ in NUMBERS
        return item if counts else binary(m, BINARY["Add"], 0, item)
    if (result.__class__ in VALUES and item.__class__ in compare.SCALARS) or (
        item.__class__ in VALUES and result.__class__ in NUMBERS
    ):
        return apply(OPS["add"], result, item)
    return binary(m, BINARY["Add"], result, item)


def prints(m: Machine, *things: Thing, sep: Thing = " ", end: Thing = "\n") -> None:
    """`print`."""
    for name, word in (("sep", sep), ("end", end)):
        if not (word is None or isinstance(word, str)):
            raise Fault("type", f"`{name}` of `print` is a text, and not {kind(word)}")
    between = " " if sep is None else sep
    words = [text.text(m, thing) for thing in things]
    m.room(sum(map(len, words)) + len(between) * len(words))
    m.print(between.join(words) + ("\n" if end is None else end))


def length(m: Machine, thing: Thing, /) -> int:
    """`len`."""
    if isinstance(thing, str | list | tuple | dict | OrderedSet | range) or type(thing) in VIEWS:
        return len(thing)
    method = thing.of.find("__len__") if isinstance(thing, Instance) else UNBOUND
    if isinstance(method, Function):
        return compare.length(m, thing, method)
    raise Fault("type", f"{kind(thing)} has no length")


def counted(m: Machine, *bounds: Thing) -> range:
    """`range`."""
    if not 1 <= len(bounds) <= 3:
        raise Fault("arity", f"`range` takes 1 to 3 arguments, and {len(bounds)} are given")
    numbers = [as_index(m, bound) for bound in bounds]
    for bound, number in zip(bounds, numbers, strict=True):
        if number is None:
            hint = "`int(…)` makes one" if isinstance(bound, float | Value) else None
            raise Fault("type", f"`range` needs whole numbers, and {text_of(bound)} is none", hint)
    if len(numbers) == 3 and numbers[2] == 0:
        raise Fault("value", "the step of `range` cannot be 0")
    return range(*numbers)  # type: ignore[arg-type]


def text_of(bound: Thing) -> str:
    """A number as it is, anything else by its kind."""
    return repr(bound.data) if bound.__class__ in VALUES else repr(bound) if isinstance(bound, float) else kind(bound)


def mapped(m: Machine, function: Thing, *things: Thing) -> Stream:
    """`map`."""
    columns = [iterate(m, one) for one in things]
    return stream(m, "map", (m.call(function, *row) for row in zip(*columns, strict=False)), *columns)


def zipped(m: Machine, *things: Thing, strict: Thing = False) -> Stream:
    """`zip`."""
    columns = [iterate(m, one) for one in things]
    if len(columns) <= NARROW and strict is False:
        return stream(m, "zip", zip(*columns, strict=False), *columns)
    return stream(m, "zip", rows(m, list(map(iter, columns)), compare.truth(m, strict)), *columns)


def rows(m: Machine, columns: list[Iterator[Thing]], strict: bool) -> Iterator[Thing]:  # noqa: FBT001 - as in zip()
    """The tuples of `zip`, each charged."""
    while columns:
        m.meter.charge(len(columns))
        row = tuple([next(column, UNBOUND) for column in columns] if strict else until(columns))
        if len(row) < len(columns) or all(one is UNBOUND for one in row):
            return
        if UNBOUND in row:
            raise Fault("value", "the sequences that `zip` was given differ in length")
        yield row


def until(columns: list[Iterator[Thing]]) -> Iterator[Thing]:
    """One element of each column, up to the first that has none."""
    for column in columns:
        item = next(column, UNBOUND)
        if item is UNBOUND:
            return
        yield item


def numbered(m: Machine, things: Thing, start: Thing = 0) -> Stream:
    """`enumerate`."""
    counted = iterate(m, things)
    return stream(m, "enumerate", enumerate(counted, whole(m, start)), counted)


def backwards(m: Machine, things: Thing, /) -> Stream:
    """`reversed`."""
    if isinstance(things, list | tuple | str | range | dict):
        return Stream("reversed", reversed(things))
    return Stream("reversed", reversed(items(m, things)))


def in_order(m: Machine, things: Thing, /, *, key: Thing = None, reverse: Thing = False) -> list[Thing]:
    """`sorted`."""
    return ordered(m, things, key, compare.truth(m, reverse))


def filtered_stream(m: Machine, keep: Thing, things: Thing, /) -> Stream:
    """`filter`."""
    sifted = iterate(m, things)
    return stream(m, "filter", filtered(m, keep, sifted), sifted)


def abstract(_m: Machine) -> Thing:
    """`Module` of micrograd.nn: something to inherit from, not to make."""
    raise Fault("type", "`Module` itself computes nothing", "make a Neuron, a Layer or an MLP")


def some(m: Machine, things: Thing, /) -> bool:
    """`any`."""
    return any(compare.truth(m, item) for item in charged(m, things))


def every(m: Machine, things: Thing, /) -> bool:
    """`all`."""
    return all(compare.truth(m, item) for item in charged(m, things))


def charged(m: Machine, things: Thing) -> Iterator[Thing]:
    """The elements, each charged."""
    for item in iterate(m, things):
        m.meter.charge(1)
        yield item


def derivative(m: Machine, y: Thing, x: Thing, /) -> Thing:
    """`grad`."""
    xs = x if isinstance(x, list) else [x]
    if any(one.__class__ not in VALUES for one in (y, *xs)):
        raise Fault("type", "`grad` needs Values: grad(y, x) is dy/dx", "an input is written as a number: x = 3.0")
    m.meter.expect(4 * len(y.history()))
    m.peek("builds a gradient from the numbers there")
    return grad(y, x)
