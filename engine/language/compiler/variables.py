"""Names: reading, assigning, deleting, and the slots they live in."""

import ast
from collections.abc import Callable

from engine.language.compiler.context import Compiler, Handlers
from engine.language.faults import Fault
from engine.language.values import UNBOUND, Closure, Frame, Thing
from engine.value import Value

Store = Callable[[Frame, Thing], None]
Name = tuple[str, int]  # a name of this frame, and its slot


def load(c: Compiler, node: ast.Name) -> Closure:
    """The value of a name."""
    name = node.id
    where, i, below, fallback, of_library = c.meaning(name)
    frame = c.machine.globals
    if of_library:
        return lambda f: fallback  # nothing assigns it: the grammar knows it is the library's

    def unbound() -> Thing:
        found = UNBOUND if below is None else frame[below]
        if found is UNBOUND:
            found = fallback
        if found is UNBOUND:
            raise unassigned(node)
        return found

    if where == "slot":

        def from_slot(f: Frame) -> Thing:
            found = f[i]
            return unbound() if found is UNBOUND else found

        return from_slot
    if where == "cell":

        def from_cell(f: Frame) -> Thing:
            found = f[i][0]
            return unbound() if found is UNBOUND else found

        return from_cell

    def from_module(_f: Frame) -> Thing:
        found = frame[i]
        return unbound() if found is UNBOUND else found

    return from_module


def unassigned(node: ast.Name) -> Fault:
    """The fault of a name that holds nothing yet."""
    return Fault("name", f"`{node.id}` is used before anything is assigned to it").at(node)


def slot_of(c: Compiler, node: ast.expr) -> int | None:
    """The slot that an expression merely reads, if it does nothing else."""
    if not isinstance(node, ast.Name):
        return None
    where, i, below, fallback, _ = c.meaning(node.id)
    return i if where == "slot" and below is None and fallback is UNBOUND else None


def store_name(c: Compiler, name: str) -> Store:
    """Assign to a name; an unlabelled Value gets it as its label."""
    where, i, *_ = c.meaning(name)
    frame = c.machine.globals

    def to_slot(f: Frame, thing: Thing) -> None:
        if thing.__class__ is Value and thing.label is None:
            thing.label = name
        f[i] = thing

    if where == "slot":
        return to_slot
    if where == "global":
        return lambda _f, thing: to_slot(frame, thing)

    def to_cell(f: Frame, thing: Thing) -> None:
        if thing.__class__ is Value and thing.label is None:
            thing.label = name
        f[i][0] = thing

    return to_cell


def slot_to_set(c: Compiler, target: ast.expr) -> Name | None:
    """The name and the slot that a target is, if it is that and nothing else."""
    if not isinstance(target, ast.Name):
        return None
    where, i, _, _, _ = c.meaning(target.id)
    return (target.id, i) if where == "slot" else None


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
