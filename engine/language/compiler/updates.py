"""Loops over parameters that only clear their gradients or move their data: what every turn of a training does to all.

They are run without going through the usual closures where all is as usual: a list of Values, a rate that is a float.
"""

import ast
from collections.abc import Callable
from typing import Protocol

from engine.language.compiler.blocks import Segment
from engine.language.compiler.context import Compiler
from engine.language.compiler.variables import slot_to_set
from engine.language.machine import Machine
from engine.language.values import VALUES, Closure, Frame, Thing
from engine.value import Value

Work = Callable[[Machine, Frame, list[Thing]], bool]  # whether it was done


class Loop(Protocol):
    """A `for` loop, compiled."""

    node: ast.For
    things: Closure
    parts: list[Segment]


def update(c: Compiler, loop: Loop, usual: Callable[[Closure], Closure]) -> Closure | None:
    """The closure of such a loop; None where it is none. `usual` makes the usual one of what is run over."""
    found, work = slot_to_set(c, loop.node.target), work_of(c, loop.node)
    if found is None or work is None or len(loop.node.body) != 1:
        return None
    m, (label, slot), part, things, hits = c.machine, found, loop.parts[0], loop.things, c.hits
    left, counter, cost = m.left, part.counter, part.cost
    held: list[Thing] = []
    otherwise = usual(lambda _: held.pop())

    def run(f: Frame) -> Thing:
        given = things(f)
        if given.__class__ is not list or not given or not VALUES.issuperset(map(type, given)):
            held.append(given)
            return otherwise(f)
        if m.peeked is None or not work(m, f, given):
            held.append(given)
            return otherwise(f)
        left[0] = rest = left[0] - cost * len(given)
        if rest < 0:
            part.refill()
        hits[counter] += len(given)
        for one in given:
            if one.label is None and one.__class__ is Value:
                one.label = label
        f[slot] = given[-1]
        return None

    return run


def work_of(c: Compiler, node: ast.For) -> Work | None:
    """What the body does to each, if it is one of these."""
    match node:
        case ast.For(
            target=ast.Name(name),
            body=[ast.Assign([ast.Attribute(ast.Name(owner), "grad")], ast.Constant(float() | int() as number))],
        ) if owner == name and number == 0:
            return clear
        case ast.For(
            target=ast.Name(name),
            body=[
                ast.AugAssign(
                    ast.Attribute(ast.Name(owner), "data"),
                    ast.Add() | ast.Sub() as sign,
                    ast.BinOp(one, ast.Mult(), other),
                )
            ],
        ) if owner == name:
            for rate, slope in ((one, other), (other, one)):
                match slope:
                    case ast.Attribute(ast.Name(owner), "grad") if owner == name and is_plain(rate, name):
                        return move(c.compile(rate), 1.0 if isinstance(sign, ast.Add) else -1.0)
            return None
        case _:
            return None


def is_plain(rate: ast.expr, name: str) -> bool:
    """Whether an expression is a number or another name, which the loop does not change."""
    match rate:
        case ast.Constant(float()) | ast.UnaryOp(ast.USub(), ast.Constant(float())):
            return True
        case ast.Name(other):
            return other != name
        case _:
            return False


def clear(m: Machine, _f: Frame, given: list[Thing]) -> bool:
    """p.grad = 0.0."""
    m.cleared = True
    for one in given:
        one.grad = 0.0
    return True


def move(rate: Closure, sign: float) -> Work:
    """p.data += rate * p.grad, or -=."""

    def work(m: Machine, f: Frame, given: list[Thing]) -> bool:
        number = rate(f)
        if number.__class__ is not float:
            return False
        serial, remember, factor = m.serial, m.assigned.append, sign * number
        for one in given:
            data = one.data
            remember((one, serial(), data))
            one.data = data + factor * one.grad
        return True

    return work
