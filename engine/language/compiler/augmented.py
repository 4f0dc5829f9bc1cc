"""Augmented assignment: the target is read, combined, assigned; a list or set grows in place."""

import ast
from collections.abc import Callable

from engine.language.attributes import element, put, read
from engine.language.compiler.arithmetic import combiner
from engine.language.compiler.context import Compiler, Handlers
from engine.language.compiler.looking import owning, writing
from engine.language.compiler.variables import store_name
from engine.language.faults import TROUBLE, Fault, placed
from engine.language.iterate import items
from engine.language.operators import BINARY, as_number
from engine.language.values import VALUES, Closure, Frame, OrderedSet, Thing
from engine.value import METHODS as NODES
from engine.value import Value


def augmented(c: Compiler, node: ast.AugAssign) -> Closure:
    """target op= value: the target is read, combined, assigned; a list or set grows in place."""
    combine, value = combiner(c, node, BINARY[type(node.op).__name__]), c.compile(node.value)
    m, symbol = c.machine, type(node.op).__name__

    def joined(x: Thing, y: Thing) -> Thing:
        if symbol == "Add" and isinstance(x, list):
            more = items(m, y)
            m.meter.sized(len(x) + len(more))
            m.change(x)
            x.extend(more)
            return x
        made = combine(x, y)
        if isinstance(x, OrderedSet) and isinstance(made, OrderedSet):
            m.change(x)
            x.items = made.items
            return x
        if isinstance(x, list) and isinstance(made, list):
            m.change(x)
            x[:] = made
            return x
        return made

    target = node.target
    if isinstance(target, ast.Name):
        return augmented_name(c, node, target, joined, value)
    if isinstance(target, ast.Attribute):
        return augmented_attribute(c, node, target, joined if target.attr != "data" else combine, value)
    owner, position = c.compile(target.value), c.compile(target.slice)

    def run(f: Frame) -> None:
        holder, where = owner(f), position(f)
        try:
            put(m, holder, where, joined(element(m, holder, where), value(f)))
        except TROUBLE as error:
            raise placed(error, node) from None

    return run


def augmented_attribute(
    c: Compiler, node: ast.AugAssign, target: ast.Attribute, joined: Callable[[Thing, Thing], Thing], value: Closure
) -> Closure:
    """thing.name op= value."""
    (owner, slot), name = owning(c, target.value), target.attr
    m, floats = c.machine, BINARY[type(node.op).__name__].floats
    serial, remember, write = m.serial, m.assigned.append, writing(c, node)

    def run(f: Frame) -> None:
        holder = owner(f)
        try:
            write(m, holder, name, joined(read(m, holder, name), value(f)))
        except TROUBLE as error:
            raise placed(error, node) from None

    def noted() -> None:
        try:
            m.peek("assigns `.data`")
        except Fault as fault:
            raise fault.at(node) from None

    def of_data(f: Frame) -> None:
        holder = owner(f) if slot is None else f[slot]
        if holder.__class__ not in VALUES:
            return run(f)
        if m.peeked is None:
            noted()
        x, y = holder.data, value(f)
        number = floats(x, y) if floats is not None and y.__class__ is float else joined(x, y)
        if number.__class__ is not float:
            try:
                number = float(as_number(m, number))
            except TROUBLE as error:
                raise placed(error, node) from None
        remember((holder, serial(), holder.data))
        holder.data = number
        return None

    return of_data if name == "data" else run


def augmented_name(
    c: Compiler, node: ast.AugAssign, target: ast.Name, joined: Callable[[Thing, Thing], Thing], value: Closure
) -> Closure:
    """name op= value."""
    m, assign, at_module = c.machine, store_name(c, target.id), c.at_module
    load = c.compile(ast.copy_location(ast.Name(target.id, ast.Load()), target))
    site, serial, op = c.site(node), c.machine.serial, BINARY[type(node.op).__name__].op
    method = NODES[op][0] if op else lambda x, y: NotImplemented  # type: ignore[index]  # of two operands: a pair

    def run(f: Frame) -> None:
        x, y = load(f), value(f)
        try:
            if x.__class__ is Value and (made := method(x, y)) is not NotImplemented:
                made.origin = (site, m.scope, serial())
            else:
                made = joined(x, y)
        except TROUBLE as error:
            raise placed(error, node) from None
        assign(f, made)
        if at_module:
            m.see(made)

    return run


HANDLERS: Handlers = {ast.AugAssign: augmented}
