"""Which function of two numbers a program has, found among its variables and called once, on two leaves."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from engine.language.faults import Fault
from engine.language.machine import Machine
from engine.language.values import VALUES, Function, Instance, Thing
from engine.live.field import Field
from engine.live.plane import SIZE, Plane, around
from engine.nn import MLP, Layer, Module, Neuron
from engine.replay.wiring import of_values
from engine.value import Value

LARGEST = 20_000  # nodes of a function that is drawn
OUTPUTS = 1_000  # that it has
FACTS = ("peeked", "last", "newest", "root", "quiet", "printable", "scope", "site", "settled", "drawn", "watcher")


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
    fit = 0 < len(outputs) <= OUTPUTS and all(one.__class__ in VALUES for one in outputs)
    return Field(name, (x, y), outputs, plane) if fit and small(outputs) else None


def small(outputs: Sequence[Value]) -> bool:
    """Whether what some outputs depend on can be drawn in time."""
    return len(of_values(outputs)[0]) <= LARGEST


@contextmanager
def aside(machine: Machine) -> Iterator[None]:
    """Run something that is not the program's: nobody watches it, and nothing that the run counts remembers it.

    Only the steps that it takes are charged.
    """
    facts = {name: getattr(machine, name) for name in FACTS}
    columns: Sequence[list[Thing]] = (machine.printed, machine.frames, machine.passes, machine.assigned)
    tables: Sequence[dict[Thing, Thing]] = (machine.named, machine.keys, machine.initial)
    listed, known = [one[:] for one in columns], [one.copy() for one in tables]
    hits, state, made = machine.hits[:], machine.random.getstate(), machine.meter.coming
    machine.quiet, machine.scope, machine.watcher = True, None, None
    try:
        yield
    finally:
        machine.random.setstate(state)
        for name, fact in facts.items():
            setattr(machine, name, fact)
        for column, before in zip(columns, listed, strict=True):
            column[:] = before
        for table, entries in zip(tables, known, strict=True):
            table.clear()
            table.update(entries)
        machine.hits[: len(hits)] = hits
        machine.hits[len(hits) :] = [0] * (len(machine.hits) - len(hits))  # of what was compiled just now
        machine.meter.skip(made - machine.meter.coming, 0)
