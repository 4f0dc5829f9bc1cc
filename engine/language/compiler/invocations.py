"""Calls: of names, methods, `super()`, with stars and keywords."""

import ast
from collections.abc import Callable

from engine.language.attributes import read
from engine.language.calls import call, invoke, library
from engine.language.compiler.context import Compiler, Handlers
from engine.language.compiler.displays import parts_of
from engine.language.compiler.looking import owning
from engine.language.compiler.peeking import only_shows, shown
from engine.language.compiler.sums import summing
from engine.language.compiler.variables import slot_of
from engine.language.faults import TROUBLE, Fault, placed
from engine.language.machine import Machine
from engine.language.methods import METHODS
from engine.language.values import UNBOUND, VALUES, Bound, Builtin, Closure, Frame, Function, Instance, Thing
from engine.ops import OPS
from engine.value import METHODS as NODES

Operands = Callable[[Frame], tuple[Thing, ...]]
Words = Callable[[Frame], dict[str, Thing]] | None  # None: there are no keywords
NO_WORDS: dict[str, Thing] = {}
NO_METHODS: dict[str, Builtin] = {}


def calling(c: Compiler, node: ast.Call) -> Closure:
    """A call, by the shape of what is called."""
    total = summing(c, node)
    if total is not None:
        return total
    operands, named = arguments(c, node)
    if isinstance(node.func, ast.Attribute):
        if is_super(node.func.value):
            return super_call(c, node, node.func.attr, operands, named)
        if node.func.attr in UNARY and not node.args and not node.keywords:
            return operation_call(c, node, node.func)
        return method_call(c, node, node.func, operands, named)
    m, site, callee, slot = c.machine, c.site(node), c.compile(node.func), slot_of(c, node.func)

    def run(f: Frame) -> Thing:
        if slot is None or (thing := f[slot]) is UNBOUND:
            thing = callee(f)
        given = operands(f)
        words = named(f) if named else NO_WORDS
        m.site = site
        try:
            if thing.__class__ is Function:
                return invoke(m, thing, given, words)
            if thing.__class__ is Instance and (method := thing.of.attributes.get("__call__")).__class__ is Function:
                return invoke(m, method, (thing, *given), words)
            return call(m, thing, given, words)
        except TROUBLE as error:
            raise placed(error, node) from None

    return shown(c, run) if only_shows(c, node) else run


UNARY = frozenset(name for name, op in OPS.items() if len(op.params) == 1)


def arguments(c: Compiler, node: ast.Call) -> tuple[Operands, Words]:
    """The positional and the keyword arguments of a call."""
    return positional(c, node.args), keywords(c, node.keywords) if node.keywords else None


def keywords(c: Compiler, nodes: list[ast.keyword]) -> Callable[[Frame], dict[str, Thing]]:
    """The keyword arguments; those of a dict behind `**` among them."""
    m, words = c.machine, [(word, word.arg, c.compile(word.value)) for word in nodes]
    if all(name is not None for _, name, _ in words):
        return lambda f: {name: value(f) for _, name, value in words if name}

    def run(f: Frame) -> dict[str, Thing]:
        found: dict[str, Thing] = {}
        for word, name, value in words:
            thing = value(f)
            try:
                add_words(m, found, {name: thing} if name else thing)
            except TROUBLE as error:
                raise placed(error, word) from None
        return found

    return run


def add_words(m: Machine, found: dict[str, Thing], words: Thing) -> None:
    """Take arguments in: a dict whose keys are texts, each of them given once."""
    if not isinstance(words, dict) or not all(isinstance(name, str) for name in words):
        raise Fault("type", "`**` in a call needs a dict whose keys are texts", 'like `f(**{"x": 1.0})`')
    m.meter.charge(len(words))
    for name, thing in words.items():
        if name in found:
            raise Fault("arity", f"the argument `{name[:40]}` is given twice")
        found[name] = thing


def positional(c: Compiler, nodes: list[ast.expr]) -> Operands:
    """The positional arguments; up to two of them without a loop."""
    if len(nodes) > 2 or any(isinstance(one, ast.Starred) for one in nodes):
        parts = parts_of(c, nodes)
        return lambda f: tuple(parts(f))
    if not nodes:
        return lambda f: ()
    one, *others = (c.compile(node) for node in nodes)
    if not others:
        return only(c, nodes[0], one)
    (two,) = others
    return lambda f: (one(f), two(f))


def only(c: Compiler, node: ast.expr, one: Closure) -> Operands:
    """A single argument, most often a name of this frame."""
    slot = slot_of(c, node)
    if slot is None:
        return lambda f: (one(f),)

    def named(f: Frame) -> tuple[Thing, ...]:
        thing = f[slot]
        return (one(f) if thing is UNBOUND else thing,)

    return named


def method_call(c: Compiler, node: ast.Call, func: ast.Attribute, operands: Operands, named: Words) -> Closure:
    """thing.name(…): a method of the library without making it a thing first, anything else by reading it."""
    m, site, (owner, _), name = c.machine, c.site(node), owning(c, func.value), func.attr

    def run(f: Frame) -> Thing:
        thing = owner(f)
        if thing.__class__ is Instance and name not in thing.attributes:
            found = thing.of.find(name)
            if found.__class__ is Function:
                return of_program(f, thing, found)
        method = METHODS.get(thing.__class__, NO_METHODS).get(name)
        try:
            found = method or read(m, thing, name)
        except TROUBLE as error:
            raise placed(error, func) from None
        given, words = operands(f), named(f) if named else NO_WORDS
        m.site = site
        try:
            return library(m, method, (thing, *given), words) if method else call(m, found, given, words)
        except TROUBLE as error:
            raise placed(error, node) from None

    def of_program(f: Frame, thing: Instance, method: Function) -> Thing:
        given, words = (thing, *operands(f)), named(f) if named else NO_WORDS
        m.site = site
        try:
            return invoke(m, method, given, words)
        except TROUBLE as error:
            raise placed(error, node) from None

    return run


def operation_call(c: Compiler, node: ast.Call, func: ast.Attribute) -> Closure:
    """x.tanh() and its kin: a node at once where x is a Value."""
    m, site, serial, make, (owner, _) = (
        c.machine,
        c.site(node),
        c.machine.serial,
        NODES[func.attr],
        owning(c, func.value),
    )

    def run(f: Frame) -> Thing:
        thing = owner(f)
        if thing.__class__ in VALUES:
            made = make(thing)  # type: ignore[operator]  # of one operand: not a pair
            made.origin = (site, m.scope, serial())
            return made
        m.site = site
        try:
            return call(m, read(m, thing, func.attr), (), {})
        except TROUBLE as error:
            raise placed(error, node) from None

    return run


def is_super(node: ast.expr) -> bool:
    """Whether this is `super()`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


def super_call(c: Compiler, node: ast.Call, name: str, operands: Operands, named: Words) -> Closure:
    """super().name(…): the method of the class that the running method's class builds on."""
    m, site = c.machine, c.site(node)
    owner = next((scope for scope in reversed(c.layout.inside) if scope.parameters), None)
    itself = c.compile(ast.copy_location(ast.Name(owner.parameters[0], ast.Load()), node)) if owner else None

    def run(f: Frame) -> Thing:
        function = f[0]
        base = function.owner.base if isinstance(function, Function) and function.owner else None
        if base is None or itself is None:
            raise Fault("type", "`super()` stands in a method of a class that builds on another").at(node)
        method = base.find(name)
        given, words = operands(f), named(f) if named else NO_WORDS
        m.site = site
        try:
            if method is UNBOUND:
                if name == "__init__":
                    return None
                raise Fault("attribute", f"class {base.name} has no `{name}`")
            return call(m, Bound(method, itself(f)), given, words)
        except TROUBLE as error:
            raise placed(error, node) from None

    return run


HANDLERS: Handlers = {ast.Call: calling}
