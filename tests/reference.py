"""A program of the playground run by CPython itself: what our interpreter is compared with, bit for bit.

The text is turned into Python that does the same: the number of an input assignment becomes an `Input`, imports become
the prelude's names, and assignments tell us about the Values they name. Then CPython executes it.
"""

import ast
import io
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator, MutableSet
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from types import BuiltinFunctionType, FunctionType, MemberDescriptorType, MethodType, SimpleNamespace
from typing import Any

from engine.leaf import Input, Parameter
from engine.prelude import CONSTANTS, MODULES, NAMES, OrderedSet
from engine.value import Value

PROGRAM = "program"  # the file that CPython takes it to be in
NUMBERS = {"pi", "e"}  # the constants that need no `math.`


@dataclass
class Reference:
    """What a program printed, its variables at the end, and the data and grad of its inputs and parameters."""

    printed: str = ""
    variables: dict[str, Any] = field(default_factory=dict)
    data: dict[str, float] = field(default_factory=dict)
    grads: dict[str, float] = field(default_factory=dict)
    parameters: list[tuple[str | None, float, float]] = field(default_factory=list)
    output: Value | None = None


@dataclass
class Watch:
    """What happened while the program ran: the leaves made, the root of the last pass, the last operation seen."""

    leaves: list[Value] = field(default_factory=list)
    inputs: list[Value] = field(default_factory=list)  # those that the program itself made
    keys: dict[str, Value] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    root: Value | None = None
    seen: Value | None = None

    def enter(self, leaf: Value, label: str) -> None:
        """Give an input its key."""
        self.inputs.append(leaf)
        self.counts[label] += 1
        self.keys[label if self.counts[label] == 1 else f"{label}#{self.counts[label]}"] = leaf

    def input(self, number: float, label: str) -> object:
        """The input an assignment of the module makes; an integer that no double holds stays itself."""
        if isinstance(number, int) and not _fits(number):
            return number
        leaf = Input(number, label=label)
        self.enter(leaf, label)
        return leaf

    def named(self, value: object, label: str | None, module: bool) -> object:  # noqa: FBT001
        """Label an unlabelled Value that is assigned to a name, and remember the operation seen last."""
        if isinstance(value, Value):
            if label is not None and value.label is None:
                value.label = label
                if value.op is None and any(value is leaf for leaf in self.leaves):
                    self.enter(value, label)
            if module and value.op is not None:
                self.seen = value
        return value


def run_reference(source: str, seed: int = 0) -> Reference:
    """Run a program in CPython; what it raises gets through."""
    watch, printed = Watch(), io.StringIO()
    ours = {"_input": watch.input, "_named": watch.named, "_modules": MODULES, "_set": OrderedSet}
    names: dict[str, Any] = {**NAMES, **ours}
    before = dict(names)
    translation = Translation(source)
    tree = ast.fix_missing_locations(translation.visit(ast.parse(source)))
    NAMES["random"].seed(seed)  # type: ignore[attr-defined]
    with watched(watch), redirect_stdout(printed):
        exec(compile(tree, PROGRAM, "exec"), names)  # noqa: S102
        found = [value for value in (watch.root, watch.seen, *watch.inputs[-1:]) if value is not None]
        output = found[0] if found else None
        if watch.root is None and output is not None:
            output.backward()
    hidden = {"__builtins__", *(name for name in names if name in before and names[name] is before[name])}
    library = {id(thing) for module in MODULES.values() for thing in things(module)}
    hidden |= {name for name in translation.imported & names.keys() if id(names[name]) in library}
    return Reference(
        printed=printed.getvalue(),
        variables={name: x for name, x in names.items() if name not in hidden},
        data={key: leaf.data for key, leaf in watch.keys.items()},
        grads={key: leaf.grad for key, leaf in watch.keys.items()},
        parameters=[(leaf.label, leaf.data, leaf.grad) for leaf in watch.leaves if isinstance(leaf, Parameter)],
        output=output,
    )


class Translation(ast.NodeTransformer):
    """The program as Python: inputs, imports, and a call around whatever is assigned or written as an expression."""

    def __init__(self, source: str) -> None:
        tree = ast.parse(source)
        self.assigned = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and is_stored(node)}
        self.classes = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
        self.imported: set[str] = set()
        self.inside = 0  # how many functions and classes are around the statement

    def visit_Module(self, node: ast.Module) -> ast.Module:
        """Turn direct statements that give names to numbers into inputs, then all the rest."""
        node.body = [self.with_inputs(statement) for statement in node.body]
        self.generic_visit(node)
        return node

    def with_inputs(self, node: ast.stmt) -> ast.stmt:
        """The statement, with the numbers of an input assignment made into inputs."""
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            node = ast.Assign([node.target], node.value)
        if isinstance(node, ast.Assign):
            node.value = self.input_value(node.targets[0], node.value)
        return node

    def input_value(self, target: ast.expr, value: ast.expr) -> ast.expr:
        """The right side; a tuple of numbers part by part."""
        if isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple):
            names = [part for part in target.elts if isinstance(part, ast.Name)]
            if len(names) == len(target.elts) == len(value.elts) and all(map(self.is_number, value.elts)):
                parts = [self.input_value(*pair) for pair in zip(target.elts, value.elts, strict=True)]
                return ast.Tuple(parts, ast.Load())
        elif isinstance(target, ast.Name) and self.is_number(value):
            return call("_input", value, ast.Constant(target.id))
        return value

    def is_number(self, value: ast.expr) -> bool:
        """Whether an expression consists of numbers, `pi`, `e` and arithmetic."""
        if isinstance(value, ast.Attribute):
            plain = isinstance(value.value, ast.Name) and value.value.id == "math"
            return plain and value.attr in CONSTANTS
        if isinstance(value, ast.Name):
            return value.id in NUMBERS - self.assigned
        if isinstance(value, ast.Constant):
            return isinstance(value.value, int | float) and not isinstance(value.value, bool)
        if isinstance(value, ast.BinOp):
            return self.is_number(value.left) and self.is_number(value.right)
        return isinstance(value, ast.UnaryOp) and not isinstance(value.op, ast.Not) and self.is_number(value.operand)

    def visit_Import(self, node: ast.Import) -> list[ast.stmt]:
        """`import a.b as c`: the prelude's module of that name."""
        self.imported |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
        return [
            assign(
                alias.asname or alias.name.split(".")[0],
                module(alias.name if alias.asname else alias.name.split(".")[0]),
            )
            for alias in node.names
        ]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.stmt]:
        """`from a import b`: the prelude's, unless the program has a class of its own by that name."""
        self.imported |= {alias.asname or alias.name for alias in node.names}
        return [
            assign(alias.asname or alias.name, ast.Attribute(module(node.module or ""), alias.name, ast.Load()))
            for alias in node.names
            if alias.name not in self.classes
        ] or [ast.Pass()]

    def visit_Set(self, node: ast.Set) -> ast.expr:
        """A set that keeps the order of insertion."""
        self.generic_visit(node)
        return call("_set", ast.List(node.elts, ast.Load()))

    def visit_SetComp(self, node: ast.SetComp) -> ast.expr:
        """The same, of a comprehension."""
        self.generic_visit(node)
        return call("_set", ast.ListComp(node.elt, node.generators))

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        """Tell about the value, or about what each name of a tuple got."""
        self.generic_visit(node)
        node.value = self.told(node.targets[0], node.value)
        inside = [part for target in node.targets if not isinstance(target, ast.Name) for part in ast.walk(target)]
        names = [part.id for part in inside if isinstance(part, ast.Name) and is_stored(part)]
        return [node, *(assign(name, self.told(ast.Name(name), ast.Name(name, ast.Load()))) for name in names)]

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        """Tell about the result."""
        self.generic_visit(node)
        if not isinstance(node.target, ast.Name):
            return [node]
        return [node, assign(node.target.id, self.told(node.target, ast.Name(node.target.id, ast.Load())))]

    def visit_Expr(self, node: ast.Expr) -> ast.Expr:
        """Tell about a bare expression."""
        self.generic_visit(node)
        node.value = call("_named", node.value, ast.Constant(None), ast.Constant(not self.inside))
        return node

    def told(self, target: ast.expr, value: ast.expr) -> ast.expr:
        """The value, passed through us with the name it gets."""
        label = (
            target.id if isinstance(target, ast.Name) else target.attr if isinstance(target, ast.Attribute) else None
        )
        if label in ("data", "grad", "label") and isinstance(target, ast.Attribute):
            return value
        return call("_named", value, ast.Constant(label), ast.Constant(not self.inside))

    def within(self, node: ast.AST) -> ast.AST:
        """Go on inside a definition."""
        self.inside += 1
        self.generic_visit(node)
        self.inside -= 1
        return node

    visit_FunctionDef = visit_ClassDef = visit_Lambda = within  # noqa: N815  # the names `ast` looks for


def is_stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])


def assign(name: str, value: ast.expr) -> ast.Assign:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def module(path: str) -> ast.expr:
    """The prelude's module of that dotted name."""
    first, *rest = path.split(".")
    found: ast.expr = ast.Subscript(ast.Name("_modules", ast.Load()), ast.Constant(first), ast.Load())
    for part in rest:
        found = ast.Attribute(found, part, ast.Load())
    return found


def things(module: SimpleNamespace) -> Iterator[object]:
    """A module, and what is in it."""
    yield module
    for thing in vars(module).values():
        yield from things(thing) if isinstance(thing, SimpleNamespace) else (thing,)


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Let Values tell about leaves and passes, take the number of a Value assigned to them, and count where whole."""
    kept = {name: vars(Value).get(name) for name in ("__init__", "backward", "__index__", "data", "grad")}
    made, backward = Value.__init__, Value.backward

    def init(self: Value, data: float | Value, label: str | None = None) -> None:
        made(self, data, label)
        watch.leaves.append(self)
        if label is not None and type(self) is Value:
            watch.enter(self, label)
        elif sys._getframe(1).f_code.co_filename == PROGRAM:
            watch.inputs.append(self)

    def passes(self: Value) -> None:
        watch.root = self
        backward(self)

    patched: dict[str, object] = {"__init__": init, "backward": passes, "__index__": _index}
    patched |= {name: _plain(vars(Value)[name]) for name in ("data", "grad")}
    for name, method in patched.items():
        setattr(Value, name, method)
    try:
        yield
    finally:
        for name, method in kept.items():
            if method is None:
                delattr(Value, name)
            else:
                setattr(Value, name, method)


def _plain(slot: MemberDescriptorType) -> property:
    """The attribute in that slot, which takes the number of what is assigned to it."""
    return property(slot.__get__, lambda self, x: slot.__set__(self, x.data if isinstance(x, Value) else float(x)))


def _index(self: Value) -> int:
    if not self.data.is_integer():
        raise TypeError("a Value that is not whole cannot be an index")
    return int(self.data)


def _fits(number: int) -> bool:
    try:
        return int(float(number)) == number
    except OverflowError:
        return False


def described(x: object) -> tuple[str, object]:
    """A variable as answers describe it: its type, and its value in JSON or as text."""
    for kind, types in KINDS.items():
        if isinstance(x, types):
            return kind, VALUES[kind](x) if kind in VALUES else None
    return "instance", repr(x)


def plain(x: object) -> object:
    """A variable's value in JSON."""
    return described(x)[1]


def _number(x: float) -> object:
    if isinstance(x, int):
        return x if abs(x) <= 2**53 else str(x)
    return x if math.isfinite(x) else "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"


def _dict(x: dict[object, object]) -> object:
    if all(isinstance(key, str) for key in x):
        return {key: plain(value) for key, value in x.items()}
    return [[plain(key.written if isinstance(key, Input) else key), plain(value)] for key, value in x.items()]


KINDS: dict[str, tuple[type, ...]] = {
    "value": (Value,),
    "bool": (bool,),
    "integer": (int,),
    "number": (float,),
    "none": (type(None),),
    "text": (str,),
    "list": (list,),
    "tuple": (tuple,),
    "set": (set, MutableSet),
    "dict": (dict,),
    "class": (type,),
    "function": (FunctionType, BuiltinFunctionType, MethodType),
}
VALUES: dict[str, Callable[[Any], object]] = {
    "value": lambda x: _number(x.data),
    "bool": lambda x: x,
    "integer": _number,
    "number": _number,
    "text": lambda x: x,
    **dict.fromkeys(("list", "tuple", "set"), lambda xs: [plain(x) for x in xs]),
    "dict": _dict,
}
