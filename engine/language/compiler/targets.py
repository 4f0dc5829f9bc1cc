"""Targets: what stands on the left of `=`, in the head of a loop, before `:=`."""

import ast
from collections.abc import Callable

from engine.language.attributes import put
from engine.language.compiler.context import Compiler
from engine.language.compiler.looking import writing
from engine.language.compiler.variables import Name, Store, slot_of, slot_to_set, store_name
from engine.language.faults import TROUBLE, Fault, placed
from engine.language.iterate import items
from engine.language.values import VALUES, Closure, Frame, Thing, kind
from engine.value import Value

Parts = Callable[[Thing], list[Thing] | tuple[Thing, ...]]


def store(c: Compiler, target: ast.expr) -> Store:
    """Assign to a name, an element, an attribute, or several of them at once."""
    if isinstance(target, ast.Name):
        return store_name(c, target.id)
    if isinstance(target, ast.Tuple | ast.List):
        return unpack(c, target)
    m = c.machine
    if isinstance(target, ast.Attribute):
        return store_attribute(c, target)
    if not isinstance(target, ast.Subscript):
        raise TypeError("the grammar lets no other target through")
    owner, position = c.compile(target.value), c.compile(target.slice)

    def to_element(f: Frame, thing: Thing) -> None:
        holder = owner(f)
        where = position(f)
        try:
            put(m, holder, where, thing)
        except TROUBLE as error:
            raise placed(error, target) from None

    return to_element


def store_attribute(c: Compiler, target: ast.Attribute) -> Store:
    """Assign to an attribute."""
    m, owner, name, write = c.machine, c.compile(target.value), target.attr, writing(c, target)

    def to_attribute(f: Frame, thing: Thing) -> None:
        holder = owner(f)
        try:
            write(m, holder, name, thing)
        except TROUBLE as error:
            raise placed(error, target) from None

    return to_attribute


def assigning(c: Compiler, target: ast.expr, value: Closure) -> Closure:
    """The statement `target = value`, without a detour where the target is a name of this frame."""
    found = slot_to_set(c, target)
    if found is None:
        assign, slot = store(c, target), slot_of(c, target.value) if isinstance(target, ast.Attribute) else None
        if slot is not None and isinstance(target, ast.Attribute) and target.attr == "grad":
            return clearing(c, slot, value, assign)
        return lambda f: assign(f, value(f))
    m, (name, i) = c.machine, found

    def to_module(f: Frame) -> None:
        thing = value(f)
        if thing.__class__ is Value:
            if thing.label is None:
                thing.label = name
            if thing.op is not None:
                m.last = thing
        f[i] = thing

    def to_slot(f: Frame) -> None:
        thing = value(f)
        if thing.__class__ is Value and thing.label is None:
            thing.label = name
        f[i] = thing

    return to_module if c.at_module else to_slot


def clearing(c: Compiler, slot: int, value: Closure, assign: Store) -> Closure:
    """name.grad = value, of a name of this frame: what every turn of a training does to every parameter."""
    m = c.machine

    def run(f: Frame) -> None:
        thing = value(f)
        holder = f[slot]
        if thing.__class__ is float and holder.__class__ in VALUES:
            m.cleared = True
            holder.grad = thing
        else:
            assign(f, thing)

    return run


def unpack(c: Compiler, target: ast.Tuple | ast.List) -> Store:
    """Assign the elements of a sequence to several targets, one of which may take the rest."""
    star = next((i for i, part in enumerate(target.elts) if isinstance(part, ast.Starred)), None)
    stores = [store(c, part.value if isinstance(part, ast.Starred) else part) for part in target.elts]
    parts = parts_for(c, target)
    if star is not None:
        return with_rest(c, target, stores, star, parts)
    wanted = len(stores)

    def exactly(f: Frame, thing: Thing) -> None:
        found = parts(thing)
        if len(found) != wanted:
            raise Fault("value", f"{wanted} names are assigned, but there are {len(found)} values").at(target)
        for each, part in zip(stores, found, strict=True):
            each(f, part)

    if wanted != 2:
        return exactly
    one, two = pair_to_set(c, target)
    return pair_of_slots(one, two, exactly) if one and two else pair(stores[0], stores[1], exactly)


def parts_for(c: Compiler, target: ast.expr) -> Parts:
    """What gives the elements of the sequence that is unpacked."""
    m = c.machine

    def parts(thing: Thing) -> list[Thing] | tuple[Thing, ...]:
        if thing.__class__ is tuple or thing.__class__ is list:
            return thing
        if isinstance(thing, int | float | Value):
            hint = "write a value for each name: `a, b = 1.0, 2.0`"
            raise Fault("type", f"{kind(thing)} cannot be taken apart into several names", hint).at(target)
        try:
            return items(m, thing)
        except TROUBLE as error:
            raise placed(error, target) from None

    return parts


def with_rest(c: Compiler, target: ast.expr, stores: list[Store], star: int, parts: Parts) -> Store:
    """Several targets, of which the one at `star` takes what the others leave."""
    m, others, after = c.machine, len(stores) - 1, len(stores) - star - 1

    def run(f: Frame, thing: Thing) -> None:
        found = list(parts(thing))
        if len(found) < others:
            raise Fault("value", f"at least {others} values are needed, but there are {len(found)}").at(target)
        try:
            m.meter.charge(len(found))
        except Fault as fault:
            raise fault.at(target) from None
        split = [*found[:star], found[star : len(found) - after], *found[len(found) - after :]]
        for each, part in zip(stores, split, strict=True):
            each(f, part)

    return run


def pair(one: Store, two: Store, otherwise: Store) -> Store:
    """The most common unpacking, without a loop."""

    def run(f: Frame, thing: Thing) -> None:
        if (thing.__class__ is tuple or thing.__class__ is list) and len(thing) == 2:
            one(f, thing[0])
            two(f, thing[1])
        else:
            otherwise(f, thing)

    return run


def pair_to_set(c: Compiler, target: ast.expr) -> tuple[Name | None, Name | None]:
    """The two names of this frame that a target is, if it is that."""
    match target:
        case ast.Tuple(elts=[one, two]) | ast.List(elts=[one, two]):
            return slot_to_set(c, one), slot_to_set(c, two)
        case _:
            return None, None


def pair_of_slots(one: Name, two: Name, otherwise: Store) -> Store:
    """Two names of this frame."""
    (first, i), (second, j) = one, two

    def run(f: Frame, thing: Thing) -> None:
        if (thing.__class__ is not tuple and thing.__class__ is not list) or len(thing) != 2:
            return otherwise(f, thing)
        x, y = thing
        if x.__class__ is Value and x.label is None:
            x.label = first
        if y.__class__ is Value and y.label is None:
            y.label = second
        f[i] = x
        f[j] = y
        return None

    return run
