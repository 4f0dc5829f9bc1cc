"""Reading and writing attributes and elements: one way in for each, by closed tables."""

from engine.language.compare import key
from engine.language.containers import missing
from engine.language.faults import Fault, nearest
from engine.language.machine import Machine
from engine.language.methods import FIELDS, METHODS
from engine.language.operators import as_index, as_number
from engine.language.values import (
    UNBOUND,
    VALUES,
    Bound,
    Builtin,
    Class,
    Function,
    Instance,
    Namespace,
    Thing,
    kind,
)
from engine.optim import Optimizer
from engine.value import Value

NUMBERS_OF_VALUES = ("data", "grad")


def read(machine: Machine, thing: Thing, name: str) -> Thing:
    """thing.name."""
    if thing.__class__ is Instance:
        return of_instance(thing, name)
    if thing.__class__ is Class:
        found = thing.find(name)
        if found is not UNBOUND:
            return found
        raise absent(f"class {thing.name}", name, thing.attributes)
    if thing.__class__ is Namespace:
        if name in thing.names:
            return thing.names[name]
        raise absent(f"`{thing.name}`", name, thing.names)
    for each in type(thing).__mro__:
        if name in FIELDS.get(each, ()):
            if name in NUMBERS_OF_VALUES:
                machine.peek(f"reads `.{name}`")
            return getattr(thing, name)
        if name in METHODS.get(each, ()):
            return Bound(METHODS[each][name], thing)
    if thing is UNBOUND:
        raise Fault("name", "a name is used before anything is assigned to it")
    hint = "write it as `Value(…)`" if isinstance(thing, int | float) and name in FIELDS[Value] else None
    if isinstance(thing, list | tuple) and (name in METHODS[Value] or name in FIELDS[Value]):
        hint = f"one of its elements has: write `xs[0].{name}`, or `for x in xs:` to take them all"
    known = {**METHODS.get(type(thing), {}), **dict.fromkeys(FIELDS.get(type(thing), ()))}
    raise absent(kind(thing), name, known, hint)


def of_instance(thing: Instance, name: str) -> Thing:
    """An attribute of an object of the program, else of its class; functions become methods."""
    if name in thing.attributes:
        return thing.attributes[name]
    found = thing.of.find(name)
    if found is UNBOUND:
        raise absent(kind(thing), name, {**thing.attributes, **thing.of.attributes})
    binds = isinstance(found, Function) or (isinstance(found, Builtin) and found.method)
    return Bound(found, thing) if binds else found


def absent(owner: str, name: str, known: "dict[str, Thing] | object", hint: str | None = None) -> Fault:
    """The fault of an attribute that is not there."""
    near = nearest(name, known) if isinstance(known, dict) else None
    return Fault("attribute", f"{owner} has no `{name}`", hint or (f"did you mean `{near}`?" if near else None))


def write(machine: Machine, thing: Thing, name: str, value: Thing) -> None:
    """thing.name = value."""
    if thing.__class__ is Instance:
        if machine.trainer is not None:
            machine.trainer.changed(thing)
        thing.attributes[name] = value
        if value.__class__ is Value and value.label is None:
            value.label = name
        machine.meter.charge(1)
    elif thing.__class__ in VALUES:
        write_value(machine, thing, name, value)
    elif thing.__class__ is Class:
        machine.change(thing)
        thing.attributes[name] = value
    elif isinstance(thing, Optimizer) and name == "lr":
        thing.lr = as_number(machine, value)
    else:
        raise Fault("attribute", f"`{name}` of {kind(thing)} cannot be assigned")


def write_value(machine: Machine, thing: Value, name: str, value: Thing) -> None:
    """Assign the number, the gradient or the label of a Value."""
    if name == "label":
        if not (value is None or isinstance(value, str)):
            raise Fault("type", f"a label is a text, and not {kind(value)}")
        machine.change(thing)
        thing.label = value
    elif name == "grad":
        machine.cleared = True
        thing.grad = 0.0 if value is None else float(as_number(machine, value))
    elif name == "data":
        machine.write(thing, float(as_number(machine, value)))
    else:
        raise Fault("attribute", f"`{name}` of a Value cannot be assigned", "`data`, `grad` and `label` can")


def element(machine: Machine, thing: Thing, position: Thing) -> Thing:
    """thing[position]."""
    if isinstance(thing, dict):
        found = thing.get(key(machine, position), UNBOUND)
        if found is UNBOUND:
            raise missing(machine, position)
        return found
    if isinstance(thing, list | tuple | str | range):
        if isinstance(position, slice):
            machine.meter.charge(len(thing))
            return thing[position]
        number = as_index(machine, position)
        if number is not None:
            try:
                return thing[number]
            except IndexError:
                raise outside(thing, number) from None
        hint = "its number is no whole one" if position.__class__ in VALUES else None
        raise Fault("type", f"a position is a whole number, and not {kind(position)}", hint)
    method = thing.of.find("__getitem__") if isinstance(thing, Instance) else UNBOUND
    if isinstance(method, Function):
        return machine.call(method, thing, position)
    raise Fault("type", f"{kind(thing)} has no elements to take by `[…]`")


def outside(thing: Thing, number: int) -> Fault:
    """The fault of a position that is not there."""
    length = len(thing)
    last = f"positions run from 0 to {length - 1}" if length else "it is empty"
    shown = number if abs(number) < 10**9 else "of that size"
    return Fault("index", f"there is no position {shown} in {kind(thing)} of length {length}", last)


def put(machine: Machine, thing: Thing, position: Thing, value: Thing) -> None:
    """thing[position] = value."""
    if isinstance(thing, dict):
        name = key(machine, position)
        machine.meter.sized(len(thing) + (name not in thing))
        machine.change(thing)
        thing[name] = value
    elif isinstance(thing, list):
        number = as_index(machine, position)
        if number is None:
            raise Fault("type", f"a position is a whole number, and not {kind(position)}")
        machine.change(thing)
        try:
            thing[number] = value
        except IndexError:
            raise outside(thing, number) from None
    else:
        raise Fault("type", f"an element of {kind(thing)} cannot be assigned")


def bounds(machine: Machine, start: Thing, stop: Thing, step: Thing) -> slice:
    """The slice start:stop:step."""
    found = [part if part is None else as_index(machine, part) for part in (start, stop, step)]
    if any(part is None and given is not None for part, given in zip(found, (start, stop, step), strict=True)):
        raise Fault("type", "the parts of a slice are whole numbers")
    if found[2] == 0:
        raise Fault("value", "the step of a slice cannot be 0")
    return slice(*found)
