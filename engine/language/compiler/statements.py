"""Statements: assignment, branches, loops, what leaves them, imports, assert."""

import ast
from collections.abc import Iterator

from engine.language.compiler import traced
from engine.language.compiler.blocks import BREAK, CONTINUE, RETURN, joined, segments
from engine.language.compiler.context import Compiler, Handlers
from engine.language.compiler.expressions import condition
from engine.language.compiler.targets import assigning, store
from engine.language.compiler.variables import slot_to_set, store_name
from engine.language.faults import Fault
from engine.language.grammar.inputs import Input
from engine.language.names import module
from engine.language.text import text
from engine.language.values import Closure, Frame, Thing

CALLS = (ast.Call, ast.Tuple, ast.List)  # what a call that gets a name at once is, or stands in


def expression(c: Compiler, node: ast.Expr) -> Closure:
    """An expression for its own sake; of the module's own, the last operation is the output."""
    value = c.compile(node.value)
    if not c.at_module:
        return lambda f: (value(f), None)[1]
    m = c.machine

    def run(f: Frame) -> None:
        m.see(value(f))

    return run


def assignment(c: Compiler, node: ast.Assign) -> Closure:
    """a = b = value; a bare number assigned by the module itself becomes an input."""
    found = c.inputs.get(node)
    if found is not None:
        return inputs(c, node, found)
    value = c.compile(node.value)
    if isinstance(node.value, CALLS):
        for target in reversed(node.targets):
            c.machine.targets.update((c.site(call), name) for name, call in christened(target, node.value))
    named = c.at_module and all(isinstance(target, ast.Name | ast.Tuple | ast.List) for target in node.targets)
    if len(node.targets) == 1 and (not named or slot_to_set(c, node.targets[0])):
        return assigning(c, node.targets[0], value)
    m, stores = c.machine, [store(c, target) for target in node.targets]
    parts = [part for target in node.targets for part in parts_of(target)] if named else []
    loads = [c.compile(ast.copy_location(ast.Name(part.id, ast.Load()), part)) for part in parts]

    def run(f: Frame) -> None:
        thing = value(f)
        for each in stores:
            each(f, thing)
        if named:
            m.see(thing)
        for load in loads:
            m.see(load(f))

    return run


def parts_of(target: ast.expr) -> list[ast.Name]:
    """The names that a target takes apart what it is given into; none of a name itself."""
    inside = [] if isinstance(target, ast.Name) else ast.walk(target)
    return [part for part in inside if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]


def christened(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.Call]]:
    """The calls of an assignment whose results get a name at once, and that name."""
    match target, value:
        case ((ast.Name(id=name) | ast.Attribute(attr=name)), ast.Call()):
            yield name, value
        case ((ast.Tuple(elts=targets) | ast.List(elts=targets)), (ast.Tuple(elts=values) | ast.List(elts=values))):
            for pair in zip(targets, values, strict=False):
                yield from christened(*pair)
        case _:
            pass


def inputs(c: Compiler, node: ast.Assign | ast.AnnAssign, found: list[Input]) -> Closure:
    """A statement that makes inputs: each bare number becomes a node, named by the first name it gets."""
    m = c.machine
    made = [
        (
            one.target.id,
            c.site(node if len(found) == 1 else one.target),
            c.compile(one.value),
            [store(c, target) for target in (one.target, *one.others)],
        )
        for one in found
    ]

    def run(f: Frame) -> None:
        for name, site, value, stores in made:
            thing = m.input(value(f), name, site)
            for each in stores:
                each(f, thing)

    return run


def hinted(c: Compiler, node: ast.AnnAssign) -> Closure:
    """name: type = value; the hint says nothing."""
    if node.value is None:
        return nothing(c, node)
    found = c.inputs.get(node)
    if found is not None:
        return inputs(c, node, found)
    return assignment(c, ast.copy_location(ast.Assign([node.target], node.value), node))


def branch(c: Compiler, node: ast.If) -> Closure:
    """`if … elif … else`."""
    test, parts = condition(c, node.test), segments(c, node.body)
    others = segments(c, node.orelse)
    if c.trains:
        c.inside[node] = lambda: traced.branch(test, parts, others)
    then, otherwise = joined(c, parts), joined(c, others)
    if not others:
        return lambda f: then(f) if test(f) else None
    return lambda f: then(f) if test(f) else otherwise(f)


def jump(_c: Compiler, node: ast.Break | ast.Continue) -> Closure:
    """`break`, `continue`."""
    signal = BREAK if isinstance(node, ast.Break) else CONTINUE
    return lambda f: signal


def give_back(c: Compiler, node: ast.Return) -> Closure:
    """`return …`."""
    value = c.compile(node.value) if node.value else lambda f: None

    def run(f: Frame) -> int:
        f[0] = value(f)
        return RETURN

    return run


def assertion(c: Compiler, node: ast.Assert) -> Closure:
    """`assert condition, message`."""
    m, test = c.machine, condition(c, node.test)
    message = c.compile(node.msg) if node.msg else None

    def run(f: Frame) -> None:
        if not test(f):
            said = f": {text(m, message(f))[:500]}" if message else ""
            raise Fault("assertion", f"the assertion does not hold{said}").at(node)

    return run


def import_module(c: Compiler, node: ast.Import) -> Closure:
    """`import math as m`: the playground's own module of that name."""
    return importing(c, dict(map(bound_module, node.names)))


def bound_module(alias: ast.alias) -> tuple[str, Thing]:
    """The name that `import` binds, and the module: of `a.b` it is `a`, of `a.b as c` it is `a.b`."""
    first = alias.name.partition(".")[0]
    return (alias.asname, module(alias.name)) if alias.asname else (first, module(first))


def import_names(c: Compiler, node: ast.ImportFrom) -> Closure:
    """`from math import tanh`: never in the place of a class that the program defines itself."""
    found = module(node.module or "")
    names = {alias.asname or alias.name: alias.name for alias in node.names if alias.name != "*"}
    return importing(c, {name: found.names[path] for name, path in names.items() if found and name not in c.classes})


def importing(c: Compiler, things: dict[str, Thing]) -> Closure:
    """Assign what is imported."""
    stores = [(store_name(c, name), thing) for name, thing in things.items()]
    if c.at_module:
        c.imported |= things

    def run(f: Frame) -> None:
        for assign, thing in stores:
            assign(f, thing)

    return run


def nothing(_c: Compiler, _node: ast.stmt) -> Closure:
    """`pass`, `global`, `nonlocal`."""
    return lambda f: None


HANDLERS: Handlers = {
    ast.Expr: expression,
    ast.Assign: assignment,
    ast.AnnAssign: hinted,
    ast.If: branch,
    ast.Break: jump,
    ast.Continue: jump,
    ast.Return: give_back,
    ast.Assert: assertion,
    ast.Import: import_module,
    ast.ImportFrom: import_names,
    ast.Pass: nothing,
    ast.Global: nothing,
    ast.Nonlocal: nothing,
}
