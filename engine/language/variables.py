"""What a program's names hold at the end, as plain data: what an answer says of them."""

from collections.abc import Callable, Mapping

from engine.language.errors import JSON
from engine.language.faults import Fault
from engine.language.machine import Machine
from engine.language.text import show
from engine.language.values import Bound, Builtin, Class, Function, Namespace, OrderedSet, Thing
from engine.value import Value

EXACT = 2**53  # integers beyond it travel as text
SHORT = 200  # letters of what is only described
NodeOf = Callable[[Value], int | None]


class Describer:
    """Describes the variables of one run; `room` is what an answer may still hold, each thing counted at its least."""

    def __init__(self, machine: Machine, node_of: NodeOf) -> None:
        self.machine = machine
        self.node_of = node_of
        self.room = machine.limits.answer_bytes

    def variable(self, thing: Thing) -> dict[str, JSON]:
        """One variable: its type, its value, its node if it is a drawn Value."""
        if isinstance(thing, Value):
            return {"type": "value", "value": thing.data, "node": self.node_of(thing)}
        return {"type": sort(thing), "value": self.value(thing, ()), "node": None}

    def value(self, thing: Thing, around: tuple[int, ...]) -> JSON:
        """A thing as JSON: containers nested, what is ours described; a cycle is `…`."""
        self.take(2 + least(thing))
        match thing:
            case None | bool() | float() | str():
                return thing
            case int():
                return thing if abs(thing) <= EXACT else str(thing)
            case Value():
                return thing.data
            case list() | tuple() | OrderedSet() | dict():
                return self.container(thing, around)
            case _:
                text = show(self.machine, thing)
                return text if len(text) <= SHORT else text[: SHORT - 1] + "…"

    def take(self, size: int) -> None:
        """Count what the answer is going to hold."""
        self.room -= size
        if self.room < 0:
            raise Fault("limit", "too much to answer", limit="answer_bytes")

    def container(self, thing: Thing, around: tuple[int, ...]) -> JSON:
        """A list, tuple, set or dict: an array; an object where all keys are text."""
        if id(thing) in around:
            return "…"
        if len(around) >= self.machine.limits.data_depth:
            raise Fault("limit", "nested too deeply", limit="data_depth")
        inside = (*around, id(thing))
        if not isinstance(thing, dict):
            return [self.value(item, inside) for item in thing]
        if all(isinstance(name, str) for name in thing):
            self.take(sum(map(len, thing)))
            return {name: self.value(item, inside) for name, item in thing.items()}
        return [[self.value(name, inside), self.value(item, inside)] for name, item in thing.items()]


def least(thing: Thing) -> int:
    """How many bytes a text or a whole number needs at least, before it is written out."""
    return len(thing) if isinstance(thing, str) else thing.bit_length() // 4 if isinstance(thing, int) else 0


def sort(thing: Thing) -> str:
    """The type of a variable, in the answer's words."""
    match thing:
        case None:
            return "none"
        case bool():
            return "bool"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "text"
        case list() | tuple() | dict():
            return type(thing).__name__
        case OrderedSet():
            return "set"
        case Class() | Builtin(types=(_, *_)):
            return "class"
        case Function() | Bound() | Builtin():
            return "function"
        case Namespace():
            return "module"
        case _:
            return "instance"


def describe(machine: Machine, variables: Mapping[str, Thing], node_of: NodeOf) -> dict[str, JSON]:
    """All variables by name."""
    describer = Describer(machine, node_of)
    return {name: describer.variable(thing) for name, thing in variables.items()}
