"""Blocks step by step: what is run in place of the usual closures while a turn of a training is looked at.

Made only when they are first run: most programs never do.
"""

import ast
from collections.abc import Callable, Sequence

from engine.language.compiler.blocks import BREAK, RETURN, Segment, leaves
from engine.language.compiler.context import Compiler
from engine.language.compiler.names import Reading
from engine.language.compiler.variables import Store
from engine.language.faults import TROUBLE, placed
from engine.language.machine import Machine
from engine.language.turns import Part, Step
from engine.language.values import Closure, Code, Frame, Thing

OPAQUE = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal, ast.Assert, ast.Delete)
Test = Callable[[Frame], bool]


def block(parts: Sequence[Segment]) -> Closure:
    """The statements of a block, step by step."""
    closures = [segment(part) for part in parts]
    if len(closures) == 1:
        return closures[0]

    def run(f: Frame) -> Thing:
        for part in closures:
            signal = part(f)
            if signal:
                return signal
        return None

    return run


def segment(found: Segment) -> Closure:
    """Statements that are charged and counted together, step by step."""
    c, *_ = found.around
    m, left, refill, counter, cost, hits = c.machine, c.machine.left, found.refill, found.counter, found.cost, c.hits
    known: list[Part] = []

    def run(f: Frame) -> Thing:
        left[0] = rest = left[0] - cost
        if rest < 0:
            refill()
        hits[counter] += 1
        if not known:
            known.append(part(found))
        return trainer_of(m).part(known[0], f)

    return run


def trainer_of(m: Machine) -> Thing:
    """Who trains: there is one where this is run."""
    return m.trainer


def part(found: Segment) -> Part:
    """The statements of a segment, and what is known of them."""
    c, layout, scope = found.around
    around, inside, c.layout = c.layout, layout.inside, layout
    layout.inside = [*inside[: inside.index(scope) + 1]] if scope in inside else [layout.scope, scope]
    try:
        steps = [step(c, found, place) for place in range(len(found.statements))]
    finally:
        layout.inside, c.layout = inside, around
    named = tuple(slot for (owner, _), slot in layout.slots.items() if owner == id(layout.scope))
    return Part(steps, named if layout is c.module else (0, *named), layout is c.module)


def step(c: Compiler, found: Segment, place: int) -> Step:
    """One statement."""
    node = found.statements[place]
    run = found.closures[place]
    reading = Reading(c)
    result = found.value if place == len(found.statements) - 1 else None
    reading.go_through(node if result is None else ast.copy_location(ast.Expr(result), result))
    make = c.inside.get(node)
    return Step(
        node=node,
        run=run,
        traced=make() if make else run,
        reads=tuple(reading.reads),
        assigns=tuple(reading.assigns),
        defines=tuple(reading.defines),
        constant=isinstance(node, ast.Assign) and not reading.mentioned,
        opaque=isinstance(node, OPAQUE) or (leaves(node) and not isinstance(node, ast.Return)),
    )


def branch(test: Test, parts: Sequence[Segment], others: Sequence[Segment]) -> Closure:
    """`if … else`, its blocks step by step."""
    then, otherwise = block(parts), block(others) if others else nothing
    return lambda f: then(f) if test(f) else otherwise(f)


def nothing(_f: Frame) -> None:
    """What is left out."""


def look_outside(c: Compiler, node: ast.FunctionDef | ast.Lambda, code: Code) -> None:
    """Note which names of the module a function reads, and whether it assigns names of those around it."""
    module, found = c.scopes.module, dict[int, None]()
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in module.locals:
            scope = c.scopes.reads.get(part)
            if scope is not None and scope.resolve(part.id) == "global":
                found[c.module.slot(module, part.id)] = None
        elif isinstance(part, ast.Nonlocal):
            code.rebinds = True
    code.outside = tuple(found)


def swapping(code: Code, parts: Sequence[Segment]) -> Callable[[], None]:
    """What puts a function's body step by step in the place of the usual one, and back."""
    other: list[Closure] = []

    def swap() -> None:
        if not other:
            other.append(block(parts))
        other[0], code.body = code.body, other[0]  # type: ignore[assignment]  # it has been compiled by then

    return swap


def turns(c: Compiler, node: ast.For, name: str, things: Closure, assign: Store, parts: Sequence[Segment]) -> Closure:
    """The turns of a `for` loop, its body step by step."""
    m, line, body = c.machine, node.lineno, block(parts)

    def run(f: Frame) -> Thing:
        around = m.scope
        try:
            for thing in things(f):
                m.scope = ("turn", name, line, around)
                assign(f, thing)
                signal = body(f)
                if signal in (BREAK, RETURN):
                    return signal
        except TROUBLE as error:
            raise placed(error, node.iter) from None
        finally:
            m.scope = around
        return None

    return run
