"""What can be reached from what statements read: all that must not have changed if they are to be skipped."""

from collections.abc import Iterable

from engine.language.machine import Machine
from engine.language.meter import contents
from engine.language.pending import is_pending
from engine.language.values import (
    CONTAINERS,
    VALUES,
    VIEWS,
    Bound,
    Class,
    Function,
    Instance,
    Stream,
    Thing,
)
from engine.nn import Module
from engine.optim import Optimizer
from engine.training.reasons import Unfit
from engine.value import Value

CHANGEABLE = (Instance, Class, Function, Bound, Module, Optimizer)


class Reach:
    """What was reached: things that may change, results of operations, cells, and slots of the module.

    It does not go into graphs: of a leaf only the number may change, which is no matter, or the label.
    """

    def __init__(self) -> None:
        self.things: dict[int, Thing] = {}
        self.results: list[Value] = []
        self.cells: list[tuple[list[Thing], Thing]] = []
        self.outside: dict[int, Thing] = {}

    def go(self, machine: Machine, roots: Iterable[Thing]) -> None:
        """Reach all that can be reached from these, too."""
        pending = list(roots)
        while pending:
            thing = pending.pop()
            if id(thing) in self.things:
                continue
            if thing.__class__ in VALUES:
                self._value(thing)
            elif type(thing) in VIEWS or isinstance(thing, Stream):
                raise Unfit("stream")
            elif type(thing) in CONTAINERS or isinstance(thing, CHANGEABLE):
                self.things[id(thing)] = thing
                pending += vars(thing).values() if isinstance(thing, Module) else contents(thing)
                if isinstance(thing, Function):
                    pending += self._function(machine, thing)

    def _value(self, value: Value) -> None:
        if is_pending(value) or value.op is not None:
            self.results.append(value)
        self.things[id(value)] = value

    def _function(self, machine: Machine, function: Function) -> list[Thing]:
        if function.code.rebinds:
            raise Unfit("rebinds")
        self.cells += [(cell, cell[0]) for cell in function.closure]
        read = {slot: machine.globals[slot] for slot in function.code.outside if slot not in self.outside}
        self.outside |= read
        return [function.owner, *read.values()]
