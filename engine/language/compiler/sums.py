"""`sum(… for … in …)`: the elements are added as they are made, without a generator in between."""

import ast

from engine.language.compiler.comprehensions import Single
from engine.language.compiler.context import Compiler
from engine.language.faults import TROUBLE, placed
from engine.language.library import added
from engine.language.values import UNBOUND, Closure, Frame, Thing
from engine.value import METHODS as NODES
from engine.value import Value


def summing(c: Compiler, node: ast.Call) -> Closure | None:
    """The closure of such a sum, with or without a number to start from; None where it is none of the simple kind."""
    match node:
        case ast.Call(func=ast.Name("sum"), args=[ast.GeneratorExp() as terms, *rest], keywords=[]) if (
            len(rest) <= 1 and not any(isinstance(one, ast.Starred) for one in rest) and c.meaning("sum").of_library
        ):
            single = Single.of(c, terms)
            return adding(c, node, single, c.compile(rest[0]) if rest else None) if single else None
        case _:
            return None


def adding(c: Compiler, node: ast.Call, terms: Single, start: Closure | None) -> Closure:
    """The terms one by one, added to what there is; every node has the place of the sum."""
    m, site, serial, left, cost = c.machine, c.site(node), c.machine.serial, c.machine.left, terms.cost + 1
    source, assign, element, (one, two) = terms.source, terms.assign, terms.element, terms.pair
    (first, i), (second, j) = one or ("", 0), two or ("", 0)
    method = NODES["add"][0]  # type: ignore[index]  # of two operands: a pair

    def run(f: Frame) -> Thing:
        things = source(f)
        total = start(f) if start else UNBOUND
        try:
            for thing in things:
                left[0] = rest = left[0] - cost
                if rest < 0:
                    m.meter.refill()
                if i and j and thing.__class__ is tuple and len(thing) == 2:
                    f[i], f[j] = x, y = thing
                    if x.__class__ is Value and x.label is None:
                        x.label = first
                    if y.__class__ is Value and y.label is None:
                        y.label = second
                else:
                    assign(f, thing)
                term = element(f)
                if total.__class__ is Value and (made := method(total, term)) is not NotImplemented:
                    made.origin = (site, m.scope, serial())
                    total = made
                else:
                    m.site = site
                    total = m.settle(added(m, total, term), site)
        except TROUBLE as error:
            raise placed(error, node) from None
        return 0 if total is UNBOUND else total

    return run
