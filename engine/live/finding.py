"""Which function of two numbers a program has, found among its variables and called once, on two leaves."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from engine.language.faults import Fault
from engine.language.machine import Machine
from engine.language.values import VALUES, Function, Instance, Thing
from engine.live.field import Field, history
from engine.live.plane import SIZE, Plane, around
from engine.nn import MLP, Layer, Module, Neuron
from engine.value import Value

LARGEST = 20_000  # nodes of a function that is drawn


def field(
    machine: Machine, variables: Mapping[str, Thing], name: str | None, plane: Plane | None = None
) -> Field | None:
    """The field of the variable of that name, on the part of the plane where the data are unless another is given."""
    if name is None:
        return None
    return called(machine, name, variables.get(name), plane or around(variables, SIZE))


def subject(variables: Mapping[str, Thing], wanted: str | None) -> str | None:
    """The name of the function to look at: the one that is asked for, or the first net of two numbers.

    What the program itself has made is called only where it is asked for by its name: a call may change what it uses.
    """
    return next(nets(variables), None) if wanted is None else wanted


def nets(variables: Mapping[str, Thing]) -> Iterator[str]:
    """The names of nets of two numbers."""
    for name, thing in variables.items():
        if isinstance(thing, Module) and width(thing) == 2:
            yield name


def width(thing: Thing) -> int | None:
    """How many numbers a net takes; None if the program has put something else in it."""
    if isinstance(thing, MLP):
        thing = thing.layers[0] if thing.layers else None
    if isinstance(thing, Layer):
        thing = thing.neurons[0] if thing.neurons else None
    return len(thing.w) if isinstance(thing, Neuron) else None


def called(machine: Machine, name: str, thing: Thing, plane: Plane) -> Field | None:
    """The field of what a thing makes of two leaves; None for one that makes no Values of them."""
    if not isinstance(thing, Module | Instance | Function):
        return None
    x, y = Value(0.0), Value(0.0)
    apart = isinstance(thing, Function) and thing.code.required == 2
    with aside(machine):
        try:
            made = machine.caller(machine, thing, (x, y) if apart else ([x, y],), {})
        except Fault as fault:
            if fault.limit is not None:
                raise
            return None
    outputs = made if isinstance(made, list | tuple) else [made]
    fit = outputs and all(one.__class__ in VALUES for one in outputs)
    return Field(name, (x, y), outputs, plane) if fit and len(history(outputs)) <= LARGEST else None


@contextmanager
def aside(machine: Machine) -> Iterator[None]:
    """Run something that is not the program's: it leaves no prints, no nodes, no peeks, no random numbers drawn."""
    kept = machine.peeked, machine.last, machine.newest, machine.quiet, machine.printable, machine.scope, machine.site
    state, printed, frames = machine.random.getstate(), len(machine.printed), len(machine.frames)
    made = machine.meter.coming
    machine.quiet, machine.scope = True, None
    try:
        yield
    finally:
        machine.peeked, machine.last, machine.newest, machine.quiet, machine.printable, machine.scope, machine.site = (
            kept
        )
        machine.random.setstate(state)
        machine.meter.skip(made - machine.meter.coming, 0)
        del machine.printed[printed:], machine.frames[frames:]
