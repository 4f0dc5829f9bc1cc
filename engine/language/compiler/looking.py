"""Attributes and operators of objects where somebody looks on: the usual functions, and word of what they do."""

import ast
from collections.abc import Callable

from engine.language.attributes import write
from engine.language.compiler.context import Compiler
from engine.language.compiler.variables import slot_of
from engine.language.errors import Placed
from engine.language.machine import Machine
from engine.language.operators import Operator, binary
from engine.language.values import VALUES, Closure, Frame, Instance, Thing

Write = Callable[[Machine, Thing, str, Thing], None]
Binary = Callable[[Machine, Operator, Thing, Thing], Thing]


def writing(c: Compiler, node: Placed) -> Write:
    """What assigns an attribute at this place."""
    onlooker, site = c.machine.onlooker, c.site(node)
    if onlooker is None:
        return write

    def looked_at(m: Machine, holder: Thing, name: str, thing: Thing) -> None:
        owner = onlooker.known(holder) if holder.__class__ in VALUES else holder
        write(m, owner, name, onlooker.assigned(holder, name, thing, site))

    return looked_at


def owning(c: Compiler, node: ast.expr) -> tuple[Closure, int | None]:
    """What gives the thing whose attribute is meant here; its slot, if that is all there is to it."""
    onlooker, owner = c.machine.onlooker, c.compile(node)
    if onlooker is None:
        return owner, slot_of(c, node)
    known = onlooker.known

    def looked_at(f: Frame) -> Thing:
        thing = owner(f)
        return known(thing) if thing.__class__ in VALUES else thing

    return looked_at, None


def combining(c: Compiler, node: Placed) -> Binary:
    """What combines two things at this place of which neither is a Value."""
    onlooker, site = c.machine.onlooker, c.site(node)
    if onlooker is None:
        return binary

    def looked_at(m: Machine, operation: Operator, x: Thing, y: Thing) -> Thing:
        if not (isinstance(x, Instance) or isinstance(y, Instance)):
            return binary(m, operation, x, y)
        m.site = site
        result = binary(m, operation, x, y)
        onlooker.combined(operation.symbol, x, y, result, site)
        return result

    return looked_at
