"""Names and targets: reading, assigning, unpacking, deleting."""

import ast
from collections.abc import Callable

from engine.language.attributes import put, write
from engine.language.compiler.context import Compiler, Handlers
from engine.language.faults import TROUBLE, Fault, placed
from engine.language.iterate import items
from engine.language.values import UNBOUND, Closure, Frame, Thing
from engine.value import Value

Store = Callable[[Frame, Thing], None]


def load(c: Compiler, node: ast.Name) -> Closure:
    """The value of a name."""
    name = node.id
    where, i = c.place(name)
    frame = c.machine.globals
    fallback = c.fallback(name)
    if where == "global" and name not in c.scopes.module.locals:
        return lambda f: fallback  # nothing assigns it: the grammar knows it is the library's

    def unbound() -> Thing:
        if fallback is not UNBOUND:
            return fallback
        message = f"`{name}` is used before anything is assigned to it"
        raise Fault("name", message).at(node)

    def from_slot(f: Frame) -> Thing:
        found = f[i]
        return unbound() if found is UNBOUND else found

    def from_cell(f: Frame) -> Thing:
        found = f[i][0]
        return unbound() if found is UNBOUND else found

    def from_module(_f: Frame) -> Thing:
        found = frame[i]
        return unbound() if found is UNBOUND else found

    return {"slot": from_slot, "cell": from_cell, "global": from_module}[where]


def slot_of(c: Compiler, node: ast.expr) -> int | None:
    """The slot that an expression merely reads, if it does nothing else."""
    if not isinstance(node, ast.Name) or c.fallback(node.id) is not UNBOUND:
        return None
    where, i = c.place(node.id)
    return i if where == "slot" else None


def store_name(c: Compiler, name: str) -> Store:
    """Assign to a name; an unlabelled Value gets it as its label."""
    where, i = c.place(name)
    frame = c.machine.globals

    def to_slot(f: Frame, thing: Thing) -> None:
        if thing.__class__ is Value and thing.label is None:
            thing.label = name
        f[i] = thing

    def to_cell(f: Frame, thing: Thing) -> None:
        if thing.__class__ is Value and thing.label is None:
            thing.label = name
        f[i][0] = thing

    def to_module(_f: Frame, thing: Thing) -> None:
        to_slot(frame, thing)

    return {"slot": to_slot, "cell": to_cell, "global": to_module}[where]


def store(c: Compiler, target: ast.expr) -> Store:
    """Assign to a name, an element, an attribute, or several of them at once."""
    if isinstance(target, ast.Name):
        return store_name(c, target.id)
    if isinstance(target, ast.Tuple | ast.List):
        return unpack(c, target)
    m = c.machine
    if isinstance(target, ast.Attribute):
        owner, name = c.compile(target.value), target.attr

        def to_attribute(f: Frame, thing: Thing) -> None:
            holder = owner(f)
            try:
                write(m, holder, name, thing)
            except TROUBLE as error:
                raise placed(error, target) from None

        return to_attribute
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


def unpack(c: Compiler, target: ast.Tuple | ast.List) -> Store:
    """Assign the elements of a sequence to several targets, one of which may take the rest."""
    m = c.machine
    star = next((i for i, part in enumerate(target.elts) if isinstance(part, ast.Starred)), None)
    stores = [store(c, part.value if isinstance(part, ast.Starred) else part) for part in target.elts]
    wanted = len(stores)

    def exactly(f: Frame, thing: Thing) -> None:
        found = parts(thing)
        if len(found) != wanted:
            raise Fault("value", f"{wanted} names are assigned, but there are {len(found)} values").at(target)
        for each, part in zip(stores, found, strict=True):
            each(f, part)

    def parts(thing: Thing) -> list[Thing] | tuple[Thing, ...]:
        if thing.__class__ is tuple or thing.__class__ is list:
            return thing
        try:
            return items(m, thing)
        except TROUBLE as error:
            raise placed(error, target) from None

    if wanted == 2 and star is None:
        return pair(stores[0], stores[1], exactly)
    if star is None:
        return exactly
    after = wanted - star - 1

    def with_rest(f: Frame, thing: Thing) -> None:
        found = list(parts(thing))
        if len(found) < wanted - 1:
            raise Fault("value", f"at least {wanted - 1} values are needed, but there are {len(found)}").at(target)
        m.meter.charge(len(found))
        split = [*found[:star], found[star : len(found) - after], *found[len(found) - after :]]
        for each, part in zip(stores, split, strict=True):
            each(f, part)

    return with_rest


def pair(one: Store, two: Store, otherwise: Store) -> Store:
    """The most common unpacking, without a loop."""

    def run(f: Frame, thing: Thing) -> None:
        if (thing.__class__ is tuple or thing.__class__ is list) and len(thing) == 2:
            one(f, thing[0])
            two(f, thing[1])
        else:
            otherwise(f, thing)

    return run


def delete(c: Compiler, node: ast.Delete) -> Closure:
    """`del name`."""
    checks = [c.compile(ast.copy_location(ast.Name(part.id, ast.Load()), part)) for part in named(node)]
    stores = [store_name(c, part.id) for part in named(node)]

    def run(f: Frame) -> None:
        for check, clear in zip(checks, stores, strict=True):
            check(f)
            clear(f, UNBOUND)

    return run


def named(node: ast.Delete) -> list[ast.Name]:
    """The names that a `del` takes away; the grammar lets nothing else through."""
    return [part for part in node.targets if isinstance(part, ast.Name)]


HANDLERS: Handlers = {ast.Name: load, ast.Delete: delete}
