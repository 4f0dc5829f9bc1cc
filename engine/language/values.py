"""What a running program handles beside numbers, text and containers: all of it ours, none of it Python's own."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from engine.language.pending import Pending
from engine.leaf import Input, Parameter
from engine.value import Value

Thing: TypeAlias = Any  # any value of the playground's language
Frame: TypeAlias = list[Thing]  # slot 0: the function that runs, then what it returns; then names and cells
Closure: TypeAlias = Callable[[Frame], Thing]  # a compiled expression or statement

VALUES = frozenset({Value, Parameter, Input, Pending})
NUMBERS = frozenset({int, float, bool})


class Unbound:
    """What a name holds before anything was assigned to it."""

    __slots__ = ()


UNBOUND = Unbound()


@dataclass(frozen=True, slots=True, eq=False)
class Builtin:
    """A function of the playground's library.

    function takes the machine, then the program's arguments: between low and high positional ones (high None: any
    number) and the keywords, all of them where `extra` is set. Where `makes` is set it may make nodes, which get the
    place of the call. types are the Python types that `isinstance` takes it for, if it names a type; base is the class
    that a class of the program builds on by naming it. A `method` takes the object it is read from.
    """

    name: str
    function: Callable[..., Thing]
    low: int
    high: int | None
    keywords: frozenset[str] = frozenset()
    makes: bool = False
    types: tuple[type, ...] = ()
    base: "Class | None" = None
    method: bool = False
    extra: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Namespace:
    """A module as a program sees it: `math`, `random`, `torch`."""

    name: str
    names: Mapping[str, Thing]


@dataclass(slots=True, eq=False)
class Code:
    """A compiled function, shared by all functions that its definition makes."""

    name: str
    line: int
    parameters: tuple[str, ...]  # positional ones first, then keyword-only
    positional: int
    required: int  # positional parameters without a default
    rest: bool  # *args follows
    extra: bool  # **kwargs follows
    exact: int  # how many arguments fill the parameters one by one; -1 where they are not positional only
    blank: list[Thing] = field(default_factory=list)  # the slots of the other names
    cells: tuple[int, ...] = ()  # the slots that inner functions share
    body: Closure | None = None
    expression: bool = False  # the body gives the result, and not a signal
    outside: tuple[int, ...] = ()  # the module's slots that it reads, where the program trains
    rebinds: bool = False  # whether it assigns names of the functions around it, where the program trains


@dataclass(slots=True, eq=False)
class Function:
    """A function of the program."""

    code: Code
    closure: list[Thing]  # the cells of enclosing functions
    defaults: dict[str, Thing]
    owner: "Class | None" = None  # the class whose body defined it


@dataclass(slots=True, eq=False)
class Class:
    """A class of the program."""

    name: str
    base: "Class | None"
    attributes: dict[str, Thing]

    def find(self, name: str) -> Thing:
        """The attribute of this class or of those it builds on; UNBOUND where there is none."""
        found = self.attributes.get(name, UNBOUND)
        base = self.base
        while found is UNBOUND and base is not None:
            found = base.attributes.get(name, UNBOUND)
            base = base.base
        return found

    def builds_on(self, other: "Class") -> bool:
        """Whether this is `other` or comes from it."""
        found: Class | None = self
        while found is not None and found is not other:
            found = found.base
        return found is not None


@dataclass(slots=True, eq=False)
class Instance:
    """An object of a class of the program: a dictionary of ours."""

    of: Class
    attributes: dict[str, Thing]


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A method together with what it was taken from."""

    function: "Function | Builtin"
    owner: Thing


class OrderedSet:
    """A set that keeps the order of insertion, so that the same program gives the same bytes."""

    __slots__ = ("items",)

    def __init__(self, items: "dict[Thing, None] | None" = None) -> None:
        self.items: dict[Thing, None] = {} if items is None else items

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Thing]:
        return iter(self.items)


class Stream:
    """What can be run over once: a generator expression, `zip`, `map`, `enumerate`, `filter`, `reversed`."""

    __slots__ = ("depth", "items", "name")

    def __init__(self, name: str, items: Iterator[Thing], depth: int = 1) -> None:
        self.name = name
        self.items = items
        self.depth = depth  # how many streams run inside one another when this one runs

    def __iter__(self) -> Iterator[Thing]:
        return self.items


EMPTY: dict[Thing, Thing] = {}
PAIRS: object = type(EMPTY.items())
VIEWS: frozenset[type] = frozenset(map(type, (EMPTY.keys(), EMPTY.values(), EMPTY.items())))
"""What `keys`, `values` and `items` of a dict give: Python's own, which only look at the dict."""
CONTAINERS: frozenset[type] = frozenset[type]({list, tuple, dict, OrderedSet}) | VIEWS

KINDS: Mapping[type, str] = {
    int: "a whole number",
    float: "a number",
    bool: "True or False",
    str: "a text",
    type(None): "None",
    list: "a list",
    tuple: "a tuple",
    dict: "a dict",
    OrderedSet: "a set",
    range: "a range",
    **dict.fromkeys(VIEWS, "what a dict holds"),
    slice: "a slice",
    Stream: "a sequence to run over",
    Function: "a function",
    Builtin: "a function",
    Bound: "a method",
    Class: "a class",
    Namespace: "a module",
    Value: "a Value",
    Parameter: "a Value",
    Input: "a Value",
    Pending: "a Value",
}


def kind(thing: Thing) -> str:
    """What a thing is, as an error says it."""
    if isinstance(thing, Instance):
        return f"an object of class {thing.of.name}"
    return KINDS.get(type(thing)) or f"an object of class {type(thing).__name__}"
