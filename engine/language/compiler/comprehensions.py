"""Comprehensions and generator expressions: loops that share the frame around them, each turn charged."""

import ast
from collections.abc import Callable, Iterator

from engine.language.compare import key
from engine.language.compiler.context import Compiler, Handlers, guarded
from engine.language.compiler.expressions import condition
from engine.language.compiler.sources import source
from engine.language.compiler.targets import pair_to_set, store
from engine.language.compiler.variables import Store, slot_to_set
from engine.language.faults import TROUBLE, placed
from engine.language.grammar.scopes import Scope
from engine.language.iterate import stream
from engine.language.values import UNBOUND, VALUES, Closure, Frame, OrderedSet, Stream, Thing

Loops = Callable[..., Iterator[None]]  # runs the loops in a frame, the first over what is given, if anything is;
# yields when it is an element's turn


class Loop:
    """One `for … in … if …` of a comprehension, compiled."""

    def __init__(self, c: Compiler, generator: ast.comprehension, things: Closure, cost: int) -> None:
        self.node = generator.iter
        self.things = things
        self.store: Store = store(c, generator.target)
        self.tests = [condition(c, test) for test in generator.ifs]
        self.cost = cost + c.weight(generator.target) + sum(map(c.weight, generator.ifs))


def compiled(
    c: Compiler, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
) -> tuple[Loops, list[Closure], Closure]:
    """The loops of a comprehension; its elements, one, or a key and a value; and what the first loop runs over."""
    scope = c.scopes[node]
    elements = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    first = source(c, node.generators[0].iter)  # belongs to the scope around
    c.layout.inside.append(scope)
    cost = sum(map(c.weight, elements)) + 1
    loops = [
        Loop(c, generator, source(c, generator.iter) if i else first, cost)
        for i, generator in enumerate(node.generators)
    ]
    closures = [c.compile(element) for element in elements]
    c.layout.inside.pop()
    return fresh_cells(c, scope, nested(c, loops)), closures, first


def fresh_cells(c: Compiler, scope: Scope, loops: Loops) -> Loops:
    """Give the names that functions inside share a new cell each time the comprehension runs."""
    cells = [c.layout.slot(scope, name) for name in scope.locals if (id(scope), name) in c.cells]
    if not cells:
        return loops

    def run(f: Frame, given: Thing = None) -> Iterator[None]:
        for cell in cells:
            f[cell] = [UNBOUND]
        return loops(f, given)

    return run


def nested(c: Compiler, loops: list[Loop]) -> Loops:
    """Loops one inside the other. After each element the names are set again: another one may have run meanwhile."""
    left = c.machine.left
    outer, *inner = loops
    rest = nested(c, inner) if inner else None
    cost, tests, assign, things, node = outer.cost, outer.tests, outer.store, outer.things, outer.node

    def run(f: Frame, given: Thing = None) -> Iterator[None]:
        for thing in things(f) if given is None else given:
            left[0] -= cost
            if left[0] < 0:
                refill(c, node)
            assign(f, thing)
            if tests and not all(test(f) for test in tests):
                continue
            if rest is None:
                yield
            else:
                for _ in rest(f):
                    yield
                    assign(f, thing)

    return run


def refill(c: Compiler, node: ast.expr) -> None:
    """Ask for more steps; a refusal is placed at `node`."""
    try:
        c.machine.meter.refill()
    except TROUBLE as error:
        raise placed(error, node) from None


def listing(c: Compiler, node: ast.ListComp) -> Closure:
    """[element for …]."""
    single = Single.of(c, node)
    if single is not None:
        return single_listing(c, node, single)
    loops, (element,), _ = compiled(c, node)
    m = c.machine

    def run(f: Frame) -> list[Thing]:
        found = [element(f) for _ in loops(f)]
        m.meter.sized(len(found))
        return found

    return guarded(node, run)


class Single:
    """The common case: one loop without a test, none of its names shared with functions inside."""

    def __init__(self, c: Compiler, node: ast.ListComp | ast.GeneratorExp, scope: Scope) -> None:
        generator = node.generators[0]
        self.source = source(c, generator.iter)
        c.layout.inside.append(scope)
        self.assign, self.element = store(c, generator.target), c.compile(node.elt)
        self.slot = (slot_to_set(c, generator.target) or ("", None))[1]
        self.pair = pair_to_set(c, generator.target)
        c.layout.inside.pop()
        self.cost = c.weight(node.elt) + c.weight(generator.target) + 1

    @classmethod
    def of(cls, c: Compiler, node: ast.ListComp | ast.GeneratorExp) -> "Single | None":
        """The comprehension, compiled, if it is of this kind."""
        scope = c.scopes[node]
        shared = any((id(scope), name) in c.cells for name in scope.locals)
        return None if shared or len(node.generators) > 1 or node.generators[0].ifs else cls(c, node, scope)


def single_listing(c: Compiler, node: ast.ListComp, single: Single) -> Closure:
    """[element for …] without a generator in between."""
    m, left, things, assign = c.machine, c.machine.left, single.source, single.assign
    element, cost, slot = single.element, single.cost, single.slot

    def run(f: Frame) -> list[Thing]:
        found: list[Thing] = []
        try:
            for thing in things(f):
                left[0] = rest = left[0] - cost
                if rest < 0:
                    m.meter.refill()
                if slot is None or thing.__class__ in VALUES:
                    assign(f, thing)
                else:
                    f[slot] = thing
                found.append(element(f))
            m.meter.sized(len(found))
        except TROUBLE as error:
            raise placed(error, node) from None
        return found

    return run


def setting(c: Compiler, node: ast.SetComp) -> Closure:
    """{element for …}."""
    m, (loops, (element,), _) = c.machine, compiled(c, node)
    return guarded(node, lambda f: OrderedSet({key(m, element(f)): None for _ in loops(f)}))


def mapping(c: Compiler, node: ast.DictComp) -> Closure:
    """{name: value for …}."""
    m, (loops, (name, value), _) = c.machine, compiled(c, node)
    return guarded(node, lambda f: {key(m, name(f)): value(f) for _ in loops(f)})


def generating(c: Compiler, node: ast.GeneratorExp) -> Closure:
    """(element for …): elements made when they are asked for; what the first loop runs over is taken at once."""
    m, (loops, (element,), first) = c.machine, compiled(c, node)

    def run(f: Frame) -> Stream:
        things = first(f)
        return stream(m, "generator", (element(f) for _ in loops(f, things)), things)

    return guarded(node, run)


HANDLERS: Handlers = {
    ast.ListComp: listing,
    ast.SetComp: setting,
    ast.DictComp: mapping,
    ast.GeneratorExp: generating,
}
