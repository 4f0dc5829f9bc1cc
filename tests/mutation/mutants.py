"""Small mistakes put into a module, one at a time: what a test that says something must notice.

A mutant is a place in the syntax tree and one of the ways to change what stands there. Texts stay as they are: what a
message says is the matter of other tests, and a docstring is of none.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Change = Callable[[ast.AST], ast.AST | None]

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
ACTS = (ast.Raise, ast.Expr, ast.AugAssign, ast.Delete, ast.Continue, ast.Break)


@dataclass(frozen=True)
class Mutant:
    """A mistake: the how-manyeth node of the tree it is in, which of its changes, and how to say it."""

    node: int
    change: str
    line: int

    @property
    def name(self) -> str:
        """What it is called in a list."""
        return f"line {self.line}: {self.change}"


def compared(node: ast.AST) -> ast.AST | None:
    """Another relation."""
    if not isinstance(node, ast.Compare) or type(node.ops[0]) not in COMPARED:
        return None
    return ast.Compare(node.left, [COMPARED[type(node.ops[0])](), *node.ops[1:]], node.comparators)


def computed(node: ast.AST) -> ast.AST | None:
    """Another operation."""
    if isinstance(node, ast.BinOp) and type(node.op) in COMPUTED and not texts(node):
        return ast.BinOp(node.left, COMPUTED[type(node.op)](), node.right)
    if isinstance(node, ast.AugAssign) and type(node.op) in COMPUTED:
        return ast.AugAssign(node.target, COMPUTED[type(node.op)](), node.value)
    return None


def joined(node: ast.AST) -> ast.AST | None:
    """`or` for `and`, and the other way round."""
    if not isinstance(node, ast.BoolOp):
        return None
    return ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)


def first_only(node: ast.AST) -> ast.AST | None:
    """One condition fewer."""
    return node.values[0] if isinstance(node, ast.BoolOp) else None


def denied(node: ast.AST) -> ast.AST | None:
    """A condition turned round."""
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        made = copy.copy(node)
        made.test = ast.UnaryOp(ast.Not(), node.test)
        return made
    return node.operand if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) else None


def counted(node: ast.AST) -> ast.AST | None:
    """Another number, or the other truth."""
    if not isinstance(node, ast.Constant) or isinstance(node.value, str | bytes) or node.value in (None, ...):
        return None
    return ast.Constant(not node.value if isinstance(node.value, bool) else node.value + 1)


def returned(node: ast.AST) -> ast.AST | None:
    """Nothing for what a function gives."""
    given = isinstance(node, ast.Return) and node.value is not None
    return ast.Return(ast.Constant(None)) if given else None


def left_out(node: ast.AST) -> ast.AST | None:
    """A statement fewer."""
    documents = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return ast.Pass() if isinstance(node, ACTS) and not documents else None


CHANGES: dict[str, Change] = {
    "another relation": compared,
    "another operation": computed,
    "and / or": joined,
    "a condition fewer": first_only,
    "a condition turned round": denied,
    "another number": counted,
    "nothing returned": returned,
    "a statement fewer": left_out,
}


def texts(node: ast.BinOp) -> bool:
    """Whether texts are put together."""
    return any(isinstance(one, ast.JoinedStr) or texted(one) for one in (node.left, node.right))


def texted(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def idle(tree: ast.AST) -> set[int]:
    """The nodes that are nothing but type hints, or say how a class of data is made."""
    roots: list[ast.AST | None] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            roots += node.decorator_list
        elif isinstance(node, ast.FunctionDef):
            roots += [node.returns, *(one.annotation for one in ast.walk(node.args) if isinstance(one, ast.arg))]
        elif isinstance(node, ast.AnnAssign):
            roots.append(node.annotation)
            roots += [node.value] * (isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias")
    return {id(inside) for root in roots if root is not None for inside in ast.walk(root)}


def mutants(source: str) -> Iterator[Mutant]:
    """All mistakes of a module."""
    tree = ast.parse(source)
    skipped = idle(tree)
    for number, node in enumerate(ast.walk(tree)):
        for name, change in CHANGES.items():
            if id(node) not in skipped and change(node) is not None:
                yield Mutant(number, name, getattr(node, "lineno", 0))


def mutated(source: str, mutant: Mutant) -> ast.Module:
    """The module with that mistake in it."""
    tree = ast.parse(source)
    wanted = next(node for number, node in enumerate(ast.walk(tree)) if number == mutant.node)
    made = CHANGES[mutant.change](wanted)
    if made is None:
        raise ValueError(f"{mutant.name} is not to be had in this text")
    Put(wanted, ast.copy_location(made, wanted)).visit(tree)
    return ast.fix_missing_locations(tree)


class Put(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, wanted: ast.AST, made: ast.AST) -> None:
        self._wanted, self._made = wanted, made

    def visit(self, node: ast.AST) -> ast.AST:
        """The node, or what takes its place."""
        if node is self._wanted:
            return self._made
        self.generic_visit(node)
        return node
