"""Loops: each turn is a scope; the usual turn (one segment that nothing leaves) is written out."""

import ast

from engine.language.compiler.blocks import BREAK, RETURN, Segment, block, segments
from engine.language.compiler.context import Compiler, Handlers
from engine.language.compiler.expressions import condition
from engine.language.compiler.sources import source
from engine.language.compiler.targets import store
from engine.language.compiler.variables import Store, slot_to_set
from engine.language.faults import TROUBLE, placed
from engine.language.values import Closure, Frame
from engine.value import Value


def for_loop(c: Compiler, node: ast.For) -> Closure:
    """`for … in …: … else: …`."""
    things, assign = source(c, node.iter), store(c, node.target)
    name = f"for {ast.unparse(node.target)[:40]}"
    parts = segments(c, node.body)
    if len(parts) == 1 and not parts[0].leaves:
        turns = straight(c, node, name, parts[0], things, assign)
    else:
        turns = winding(c, node, name, parts, things, assign)
    otherwise = block(c, node.orelse) if node.orelse else None
    m = c.machine

    def run(f: Frame) -> int | None:
        around = m.scope
        signal: int | None = turns(f)
        m.scope = around
        if signal == BREAK:
            return None
        return signal or (otherwise(f) if otherwise else None)

    return run


def straight(c: Compiler, node: ast.For, name: str, part: Segment, things: Closure, assign: Store) -> Closure:
    """The turns of a loop that nothing leaves: these are counted when it has ended."""
    m, left, hits, line = c.machine, c.machine.left, c.hits, node.lineno
    refill, counter, cost, (first, *others) = part.refill, part.counter, part.cost, part.closures
    label, slot = slot_to_set(c, node.target) or ("", None)

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
            raise placed(error, node.iter) from None
        finally:
            hits[counter] += turns

    return run


def winding(c: Compiler, node: ast.For, name: str, parts: list[Segment], things: Closure, assign: Store) -> Closure:
    """The turns of a loop that `break`, `continue` or `return` may leave; the signal that did."""
    m, line, closures = c.machine, node.lineno, [part.run(c.hits) for part in parts]

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
            raise placed(error, node.iter) from None
        return None

    return run


def while_loop(c: Compiler, node: ast.While) -> Closure:
    """`while …: … else: …`."""
    m, left, test, turn = c.machine, c.machine.left, condition(c, node.test), block(c, node.body)
    otherwise, cost, line = block(c, node.orelse) if node.orelse else None, c.weight(node.test) + 1, node.lineno

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
