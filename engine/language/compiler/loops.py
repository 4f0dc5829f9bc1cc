"""Loops: each turn is a scope; the usual turn (one segment that nothing leaves) is written out."""

import ast
from collections.abc import Callable

from engine.language.compiler import traced, training, updates
from engine.language.compiler.blocks import BREAK, RETURN, joined, segments
from engine.language.compiler.context import Compiler, Handlers
from engine.language.compiler.expressions import condition
from engine.language.compiler.sources import source
from engine.language.compiler.targets import pair_to_set, store
from engine.language.compiler.variables import Name, slot_to_set
from engine.language.faults import TROUBLE, placed
from engine.language.values import Closure, Frame, Thing
from engine.value import Value


def for_loop(c: Compiler, node: ast.For) -> Closure:
    """`for … in …: … else: …`."""
    loop = Loop(c, node)
    winds = len(loop.parts) > 1 or loop.parts[0].leaves
    if winds:
        turns = winding(c, loop)
    else:
        one, two = pair_to_set(c, node.target)
        turns = straight_pairs(c, loop, one, two) if one and two else update(c, loop) or straight(c, loop)
    if c.trains and training.may_train(c, node):
        turns = training.turns(c, loop, turns)
    others = segments(c, node.orelse)
    if c.trains:
        c.inside[node] = lambda: ended(step_by_step(c, loop, turns), traced.block(others) if others else None)
    return ended(turns, joined(c, others) if others else None) if others or winds else turns


def step_by_step(c: Compiler, loop: "Loop", turns: Closure) -> Closure:
    """The turns of a loop, their statements one by one; a loop that may train sees to that itself."""
    if training.may_train(c, loop.node):
        return turns
    return traced.turns(c, loop.node, loop.name, loop.things, loop.assign, loop.parts)


def ended(turns: Closure, otherwise: Closure | None) -> Closure:
    """A loop and what is run when nothing has broken it off; a `return` goes on."""

    def run(f: Frame) -> Thing:
        signal = turns(f)
        if signal == BREAK:
            return None
        return signal or (otherwise(f) if otherwise else None)

    return run


class Loop:
    """A `for` loop, compiled: what it runs over, its target, its body."""

    def __init__(self, c: Compiler, node: ast.For) -> None:
        start, end = c.source.span(node.target)
        self.node = node
        self.name = f"for {' '.join(c.source.text[start:end].split())[:40]}"
        self.things = source(c, node.iter)
        self.assign = store(c, node.target)
        self.parts = segments(c, node.body)


def update(c: Compiler, loop: Loop) -> Closure | None:
    """The turns of a loop that does to all parameters what every turn of a training does, if it is one."""

    def usual(things: Closure) -> Closure:
        return straight(c, loop, things)

    return updates.update(c, loop, usual)


def straight(c: Compiler, loop: Loop, given: Closure | None = None) -> Closure:
    """The turns of a loop that nothing leaves: these are counted when it has ended."""
    m, left, hits, line, name, part = c.machine, c.machine.left, c.hits, loop.node.lineno, loop.name, loop.parts[0]
    refill, counter, cost, (first, *others) = part.refill, part.counter, part.cost, part.closures
    things, assign, (label, slot) = given or loop.things, loop.assign, slot_to_set(c, loop.node.target) or ("", None)

    def run(f: Frame) -> None:
        around, turns = m.scope, 0
        try:
            for thing in things(f):
                left[0] = rest = left[0] - cost
                if rest < 0:
                    refill()
                turns += 1
                m.scope = ("turn", name, line, around)
                if slot is None:
                    assign(f, thing)
                else:
                    if thing.__class__ is Value and thing.label is None:
                        thing.label = label
                    f[slot] = thing
                first(f)
                for statement in others:
                    statement(f)
        except TROUBLE as error:
            raise placed(error, loop.node.iter) from None
        finally:
            hits[counter] += turns
            m.scope = around

    return run


def straight_pairs(c: Compiler, loop: Loop, one: Name, two: Name) -> Closure:
    """The same where each thing is taken apart into two names, as of `zip` and `enumerate`."""
    m, left, hits, line, name, part = c.machine, c.machine.left, c.hits, loop.node.lineno, loop.name, loop.parts[0]
    refill, counter, cost, (first, *others) = part.refill, part.counter, part.cost, part.closures
    things, assign, (label, i), (other_label, j) = loop.things, loop.assign, one, two

    def run(f: Frame) -> None:
        around, turns = m.scope, 0
        try:
            for thing in things(f):
                left[0] = rest = left[0] - cost
                if rest < 0:
                    refill()
                turns += 1
                m.scope = ("turn", name, line, around)
                if thing.__class__ is tuple and len(thing) == 2:
                    x, y = thing
                    if x.__class__ is Value and x.label is None:
                        x.label = label
                    if y.__class__ is Value and y.label is None:
                        y.label = other_label
                    f[i] = x
                    f[j] = y
                else:
                    assign(f, thing)
                first(f)
                for statement in others:
                    statement(f)
        except TROUBLE as error:
            raise placed(error, loop.node.iter) from None
        finally:
            hits[counter] += turns
            m.scope = around

    return run


def winding(c: Compiler, loop: Loop) -> Closure:
    """The turns of a loop that `break`, `continue` or `return` may leave; the signal that did."""
    m, line, closures = c.machine, loop.node.lineno, [part.run(c.hits) for part in loop.parts]
    things, assign, name = loop.things, loop.assign, loop.name

    def run(f: Frame) -> int | None:
        around = m.scope
        try:
            for thing in things(f):
                m.scope = ("turn", name, line, around)
                assign(f, thing)
                for part in closures:
                    signal: int | None = part(f)
                    if signal:
                        break
                else:
                    continue
                if signal in (BREAK, RETURN):
                    return signal
        except TROUBLE as error:
            raise placed(error, loop.node.iter) from None
        finally:
            m.scope = around
        return None

    return run


def while_loop(c: Compiler, node: ast.While) -> Closure:
    """`while …: … else: …`."""
    test, parts, others = condition(c, node.test), segments(c, node.body), segments(c, node.orelse)
    otherwise = joined(c, others) if others else None
    usual = while_turns(c, node, test, joined(c, parts), otherwise)
    if not c.trains:
        return usual
    if training.may_train(c, node):
        return while_turns(c, node, test, training.turn(c, node, parts), otherwise)
    c.inside[node] = lambda: while_turns(c, node, test, traced.block(parts), traced.block(others) if others else None)
    return usual


def while_turns(
    c: Compiler, node: ast.While, test: Callable[[Frame], bool], turn: Closure, otherwise: Closure | None
) -> Closure:
    """The turns of a `while` loop."""
    m, left, cost, line = c.machine, c.machine.left, c.weight(node.test) + 1, node.lineno

    def run(f: Frame) -> int | None:
        around = m.scope
        while test(f):
            left[0] -= cost
            m.scope = ("turn", "while", line, around)
            signal: int | None = turn(f)
            m.scope = around
            if signal == BREAK:
                return None
            if signal == RETURN:
                return signal
        return otherwise(f) if otherwise else None

    return run


HANDLERS: Handlers = {ast.For: for_loop, ast.While: while_loop}
