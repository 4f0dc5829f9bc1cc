"""The playground's names as Python objects: `from engine.prelude import *` runs a program of the playground in Python.

Operations take plain numbers as Python's own functions do, and make a node where a Value is among them. Where Python's
built-in functions know nothing of Values, ones that do take their place. `random` starts at seed 0, and the first
weights of nets and the data sets draw from it, too.

NAMES holds them all, MODULES what a program can import. Python itself wants an `int` to count or to index; of
all Values only those a program wrote as bare numbers are one.
"""

import builtins
import math as python_math  # `math` is a name of the prelude's own
import operator
from collections.abc import Callable, Iterable, Iterator, MutableSet
from functools import partial, partialmethod, reduce
from random import Random
from types import SimpleNamespace
from typing import TypeVar

from engine import data, losses, micrograd, nn, optim
from engine.derivative import grad
from engine.leaf import Input
from engine.op import Op
from engine.ops import OPS
from engine.value import Value, apply

T = TypeVar("T")
DRAWN = Random(0)  # noqa: S311  # repeatable on purpose


def __getattr__(name: str) -> object:
    """Find the names, some of which are Python's own and would be in this file's way if it had them as globals."""
    if name in NAMES:
        return NAMES[name]
    raise AttributeError(f"the prelude has no {name}")


class OrderedSet(MutableSet[T]):
    """A set that keeps the order of insertion, so that the same program does the same in the same order."""

    def __init__(self, items: Iterable[T] = ()) -> None:
        self.items = dict.fromkeys(items)

    def __contains__(self, item: object) -> bool:
        return item in self.items

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def add(self, value: T) -> None:
        """Put an item in, at the end if it is new."""
        self.items[value] = None

    def discard(self, value: T) -> None:
        """Take an item out, if it is there."""
        self.items.pop(value, None)

    def update(self, items: Iterable[T]) -> None:
        """Put items in."""
        self.items.update(dict.fromkeys(items))

    def __repr__(self) -> str:
        return f"{{{', '.join(map(repr, self))}}}" if self.items else "set()"


def operation(op: Op) -> Callable[..., object]:
    """Make the function of an operation."""
    plain = op.plain or op.forward

    def function(*operands: object) -> object:
        traced = len(operands) == len(op.params) and has_value(operands)
        return apply(op, *operands) if traced else plain(*operands)

    function.__name__ = function.__qualname__ = op.name
    function.__doc__ = f"{op.name}({', '.join(op.params)}) = {op.formula}"
    return function


def extreme(name: str) -> Callable[..., object]:
    """Make `max` or `min`: Python's, and of Values the operation from left to right."""
    op, python = OPS[name], getattr(builtins, name)

    def function(*operands: object, **options: object) -> object:
        items = list(*operands) if len(operands) == 1 else list(operands)  # type: ignore[call-overload]
        return reduce(op, items) if has_value(items) and not options else python(items, **options)

    return function


def add_up(items: Iterable[object], start: object = None) -> object:
    """Compute a sum like Python's, but of Values without a 0 in front."""
    terms = list(items) if start is None else [start, *items]
    return reduce(operator.add, terms) if start is not None or has_value(terms) else reduce(operator.add, terms, 0)


def has_value(operands: Iterable[object]) -> bool:
    """Whether a Value is among them."""
    return any(isinstance(operand, Value) for operand in operands)


def plain(x: object) -> object:
    """A Value as its number; the rest as it is."""
    return x.written if isinstance(x, Input) else x.data if isinstance(x, Value) else x


def whole(x: object) -> object:
    """A Value as its number, as an integer where it is one; the rest as it is."""
    number = plain(x)
    return int(number) if isinstance(x, Value) and isinstance(number, float) and number.is_integer() else number


def of_plain(function: Callable[..., object], number: Callable[[object], object] = plain) -> Callable[..., object]:
    """Make a function take Values as their numbers."""
    return lambda *operands: function(*map(number, operands))


def is_instance(x: object, kinds: object) -> bool:
    """Python's `isinstance`, which takes an input for the number that was written, and for a Value."""
    listed = tuple(BUILTIN_TYPES.get(kind, kind) for kind in (kinds if isinstance(kinds, tuple) else (kinds,)))
    return any(isinstance(seen, listed) for seen in (x, x.written if isinstance(x, Input) else x))  # type: ignore[arg-type]


def type_of(x: object) -> object:
    """Python's `type`, with the names of the types as a program knows them."""
    return Value if isinstance(x, Value) else PROGRAM_TYPES.get(type(x), type(x))


def seeded(module: type[T]) -> type[T]:
    """Make a class of nets draw its weights from the prelude's `random`."""
    made: type[T] = type(module.__name__, (module,), {"__init__": partialmethod(module.__init__, rng=DRAWN)})
    return made


def tensor(number: object, *, requires_grad: bool = False) -> object:
    """PyTorch's word for a Value of one number; without `requires_grad` the plain number."""
    value = Value(number)  # type: ignore[arg-type]  # which refuses what is no number
    return value if requires_grad else value.data


def named(*things: type | Callable[..., object]) -> dict[str, object]:
    """Classes and functions by their names."""
    return {thing.__name__: thing for thing in things}


FUNCTIONS = {name: operation(op) for name, op in OPS.items()} | {name: extreme(name) for name in ("max", "min")}
CONSTANTS = {name: getattr(python_math, name) for name in ("pi", "e", "inf", "nan")}
SAME = "all any bool dict enumerate filter len list map print range repr reversed sorted str tuple zip"
BUILTINS: dict[str, object] = {
    **{name: getattr(builtins, name) for name in SAME.split()},
    "sum": add_up,
    "int": of_plain(int),
    "float": of_plain(float),
    "round": of_plain(round),
    "isinstance": is_instance,
    "type": type_of,
    "set": OrderedSet,
}
BUILTIN_TYPES: dict[object, type] = {BUILTINS["int"]: int, BUILTINS["float"]: float, OrderedSet: MutableSet}
PROGRAM_TYPES = {int: BUILTINS["int"], float: BUILTINS["float"], set: OrderedSet}

ENGINE = {"Value": Value, "grad": grad}
NETS = named(seeded(nn.Neuron), seeded(nn.Layer), seeded(nn.MLP))
LOSSES = named(losses.mse, losses.hinge, losses.softmax, losses.cross_entropy)
OPTIM = named(optim.SGD, optim.Adam, optim.cosine, optim.step_decay, optim.warmup)
SETS = (data.moons, data.circles, data.spiral, data.blobs)
DATA = {points.__name__: partial(points, rng=DRAWN) for points in SETS} | named(data.xor)
DRAWS = "seed random uniform gauss randint choice shuffle sample"

MODULES = {
    "math": SimpleNamespace(**FUNCTIONS, **CONSTANTS),
    "random": SimpleNamespace(**{name: of_plain(getattr(DRAWN, name), whole) for name in DRAWS.split()}),
    "torch": SimpleNamespace(tensor=tensor, **FUNCTIONS, **CONSTANTS),
    "micrograd": SimpleNamespace(
        engine=SimpleNamespace(Value=Value),
        nn=SimpleNamespace(
            Module=nn.Module, **named(seeded(micrograd.Neuron), seeded(micrograd.Layer), seeded(micrograd.MLP))
        ),
    ),
    "engine": SimpleNamespace(
        **ENGINE,
        nn=SimpleNamespace(Module=nn.Module, **NETS, **LOSSES),
        losses=SimpleNamespace(**LOSSES),
        optim=SimpleNamespace(**OPTIM),
        data=SimpleNamespace(**DATA),
    ),
}
NAMES: dict[str, object] = {
    **{name: MODULES[name] for name in ("math", "random")},
    **{name: CONSTANTS[name] for name in ("pi", "e")},
    **FUNCTIONS,
    **BUILTINS,
    **ENGINE,
    **NETS,
    **LOSSES,
    **OPTIM,
    **DATA,
}

__all__ = tuple(NAMES)
