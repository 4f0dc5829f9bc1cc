"""Definitions: functions, lambdas, classes."""

import ast

from engine.language.compiler import traced
from engine.language.compiler.blocks import Segment, block, joined, leaves, segments
from engine.language.compiler.context import Compiler, Handlers, Layout
from engine.language.compiler.variables import store_name
from engine.language.faults import Fault, placed
from engine.language.grammar.scopes import Scope
from engine.language.values import UNBOUND, Builtin, Class, Closure, Code, Frame, Function, Thing, kind


def definition(c: Compiler, node: ast.FunctionDef) -> Closure:
    """`def name(…): …`."""
    make, assign = function(c, node, node.name), store_name(c, node.name)

    def run(f: Frame) -> None:
        assign(f, make(f))

    return run


def anonymous(c: Compiler, node: ast.Lambda) -> Closure:
    """`lambda …: …`."""
    return function(c, node, "lambda")


def function(c: Compiler, node: ast.FunctionDef | ast.Lambda, name: str) -> Closure:
    """What makes the function when its definition runs: compiled once; defaults and cells are taken then."""
    names = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
    keywords = [one.arg for one in node.args.kwonlyargs]
    placed_defaults = zip(names[len(names) - len(node.args.defaults) :], node.args.defaults, strict=True)
    word_defaults = ((one, value) for one, value in zip(keywords, node.args.kw_defaults, strict=True) if value)
    defaults = [(one, c.compile(value)) for one, value in (*placed_defaults, *word_defaults)]
    scope = c.scopes[node]
    free = sorted(scope.free)
    outer = [c.meaning(one).slot for one in free]
    code = Code(
        name=name,
        line=node.lineno,
        parameters=(*names, *keywords),
        positional=len(names),
        required=len(names) - len(node.args.defaults),
        rest=node.args.vararg is not None,
        extra=node.args.kwarg is not None,
        exact=-1 if keywords or node.args.vararg or node.args.kwarg else len(names),
        expression=isinstance(node, ast.Lambda),
    )
    body(c, node, scope, free, code)
    if c.trains:
        traced.look_outside(c, node, code)

    def make(f: Frame) -> Function:
        return Function(code, [f[i] for i in outer], {one: value(f) for one, value in defaults})

    return make


def body(c: Compiler, node: ast.FunctionDef | ast.Lambda, scope: Scope, free: list[str], code: Code) -> None:
    """Compile the body in a layout of its own: parameters, then the cells from outside, then the other names."""
    around = c.layout
    c.layout = Layout(scope)
    extra = (node.args.vararg, node.args.kwarg)
    for name in (*code.parameters, *(one.arg for one in extra if one)):
        c.layout.slot(scope, name)
    for name in free:
        owner = c.owner(name)
        if owner is not None:
            c.layout.slot(owner, name)
    taken = len(c.layout.slots)
    if isinstance(node, ast.Lambda):
        code.body = result(c, node.body)
    elif value := returned(node.body):
        compile_body(c, code, [Segment(c, node.body, value)])
        code.expression = True
    else:
        compile_body(c, code, segments(c, node.body))
    for name in scope.locals:
        c.layout.slot(scope, name)
    code.blank = [UNBOUND] * (len(c.layout.slots) - taken)
    code.cells = tuple(c.layout.slot(scope, name) for name in scope.locals if (id(scope), name) in c.cells)
    c.layout = around


def compile_body(c: Compiler, code: Code, parts: list[Segment]) -> None:
    """What the function runs; where the program trains, it can be run step by step, too."""
    code.body = joined(c, parts)
    if c.trains:
        c.machine.bodies.swaps.append(traced.swapping(code, parts))


def returned(statements: list[ast.stmt]) -> ast.expr | None:
    """What the last of a function's statements returns, if nothing returns before it."""
    *firsts, last = statements
    return last.value if isinstance(last, ast.Return) and not any(map(leaves, firsts)) else None


def result(c: Compiler, expression: ast.expr) -> Closure:
    """The body of a `lambda`, charged before it runs."""
    m, left, cost, value = c.machine, c.machine.left, c.weight(expression) + 1, c.compile(expression)

    def run(f: Frame) -> Thing:
        left[0] = rest = left[0] - cost
        if rest < 0:
            m.meter.refill()
        return value(f)

    return run


def class_definition(c: Compiler, node: ast.ClassDef) -> Closure:
    """`class Name(Base): …`: the body runs at once, its names become the attributes."""
    scope = c.scopes[node]
    bases = [c.compile(base) for base in node.bases]
    c.layout.inside.append(scope)
    run_body = block(c, node.body)
    slots = [(name, c.layout.slot(scope, name)) for name in scope.locals]
    c.layout.inside.pop()
    assign = store_name(c, node.name)

    def run(f: Frame) -> None:
        base = bases[0](f) if bases else None
        if isinstance(base, Builtin):
            base = base.base or base
        if not (base is None or isinstance(base, Class)):
            message = f"class {node.name} can build on a class of the program or on `Module`, and not on {said(base)}"
            raise placed(Fault("type", message, "let it hold one: `self.net = MLP(2, [4, 1])`"), node)
        for _, slot in slots:
            f[slot] = UNBOUND
        run_body(f)
        made = Class(node.name, base, {name: f[slot] for name, slot in slots if f[slot] is not UNBOUND})
        for thing in made.attributes.values():
            if isinstance(thing, Function):
                thing.owner = made
        assign(f, made)

    return run


def said(base: Thing) -> str:
    """What a class cannot build on, as an error says it."""
    return f"`{base.name}`" if isinstance(base, Builtin) else kind(base)


HANDLERS: Handlers = {ast.FunctionDef: definition, ast.Lambda: anonymous, ast.ClassDef: class_definition}
