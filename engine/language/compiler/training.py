"""Loops that may train: those in whose turns a backward pass may be done. Their turns are handed to who trains."""

import ast
from collections.abc import Sequence
from typing import Protocol

from engine.language.compiler import traced
from engine.language.compiler.blocks import BREAK, RETURN, Segment, joined
from engine.language.compiler.context import BACKWARD, Compiler
from engine.language.compiler.variables import Store
from engine.language.faults import TROUBLE, placed
from engine.language.turns import Body
from engine.language.values import Closure, Frame, Thing

Function = ast.FunctionDef | ast.ClassDef


class Loop(Protocol):
    """A `for` loop, compiled."""

    node: ast.For
    name: str
    things: Closure
    assign: Store
    parts: list[Segment]


def may_train(c: Compiler, node: ast.stmt) -> bool:
    """Whether a backward pass may be done inside: `backward` is named there, or a function that names it."""
    c.passing = c.passing or passing(c.tree)
    return not c.passing.isdisjoint(mentioned(node))


def passing(tree: ast.Module) -> frozenset[str]:
    """`backward`, and the names of the functions that name it, or one another that does."""
    functions = {node: mentioned(node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    found = {BACKWARD}
    while more := {node.name for node, names in functions.items() if not found.isdisjoint(names)} - found:
        found |= more
    return frozenset(found)


def mentioned(node: ast.AST) -> set[str]:
    """The names and attributes that are named inside."""
    return {
        one.id if isinstance(one, ast.Name) else one.attr
        for one in ast.walk(node)
        if isinstance(one, ast.Name | ast.Attribute)
    }


def turn(c: Compiler, node: ast.For | ast.While, parts: Sequence[Segment]) -> Closure:
    """One turn of such a loop."""
    m = c.machine
    body = Body(node.lineno, parts[0].counter, joined(c, [*parts]), traced.block(parts))
    m.loops.append(body)
    return lambda f: body.run(f) if body.settled else traced.trainer_of(m).turn(body, f)


def turns(c: Compiler, loop: Loop, usual: Closure) -> Closure:
    """The turns of a `for` loop, one by one; once it is known that they are run as they stand, the usual closure."""
    m, line, name, things, assign = c.machine, loop.node.lineno, loop.name, loop.things, loop.assign
    body = Body(line, loop.parts[0].counter, joined(c, loop.parts), traced.block(loop.parts))
    m.loops.append(body)

    def run(f: Frame) -> Thing:
        if body.settled:
            return usual(f)
        around, trainer = m.scope, traced.trainer_of(m)
        try:
            for thing in things(f):
                m.scope = ("turn", name, line, around)
                assign(f, thing)
                signal = body.run(f) if body.settled else trainer.turn(body, f)
                if signal in (BREAK, RETURN):
                    return signal
        except TROUBLE as error:
            raise placed(error, loop.node.iter) from None
        finally:
            m.scope = around
        return None

    return run
