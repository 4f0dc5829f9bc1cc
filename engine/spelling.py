"""How an operation is written in other libraries: a primitive by its template, the rest by printing its formula.

Formulas and spellings are Python expressions. They are put together as syntax trees, so brackets stand where Python
needs them and nowhere else.
"""

import ast

from engine.op import LANGUAGES, SCRIPT, SHEET, TARGETS, Op
from engine.ops import OPS

CONSTANTS = ("pi", "e")  # the names a formula may use besides its params and the operations
# The operation that each of Python's operators stands for.
OPERATORS: dict[type[ast.operator], Op] = {
    type(tree.op): op
    for op in OPS.values()
    if isinstance(tree := ast.parse(op.formula, mode="eval").body, ast.BinOp)
    if ast.unparse(tree) == f"x {op.symbol} y"
}


def spell(op: Op, target: str, *operands: str) -> str:
    """Write `op` applied to operands, each an expression of the target, in one of TARGETS; KeyError for another.

    The library goes by the name TARGETS has for it. PyTorch's functions are given tensors only, numbers are wrapped.
    """
    return ast.unparse(_spell(op, target, [_parse(operand) for operand in operands]))


def spellings(op: Op) -> dict[str, str]:
    """Write `op` applied to its params, in every target."""
    return {target: spell(op, target, *op.params) for target in TARGETS}


def spelled(formula: str, target: str) -> ast.expr:
    """A formula of the playground as the syntax tree of a language of LANGUAGES."""
    return _formula(formula, target, {})


def _parse(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _spell(op: Op, target: str, operands: list[ast.expr]) -> ast.expr:
    names = dict(zip(op.params, operands, strict=True))
    if not op.spellings:
        return _formula(op.formula, target, names)
    tree = _parse(op.spellings[target].format(**{param: param for param in op.params}))
    if isinstance(tree, ast.Call):
        names = {param: _argument(operand, target) for param, operand in names.items()}
    return _Placed(names).visit(tree)  # type: ignore[no-any-return]


def _formula(text: str, target: str, names: dict[str, ast.expr]) -> ast.expr:
    return SPELLERS.get(target, _Speller)(target, names).visit(_parse(text))  # type: ignore[no-any-return]


class _Placed(ast.NodeTransformer):
    """Puts expressions where names stand."""

    def __init__(self, names: dict[str, ast.expr]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.names.get(node.id, node)


class _Speller(_Placed):
    """Turns a formula into the target's expression. Operators are written alike in all libraries of Python."""

    def __init__(self, target: str, names: dict[str, ast.expr]) -> None:
        super().__init__({name: _parse(f"{LANGUAGES[target]}.{self.constant(name)}") for name in CONSTANTS} | names)
        self.target = target

    def constant(self, name: str) -> str:
        """What a constant is called there."""
        return name

    def visit_Call(self, node: ast.Call) -> ast.expr:
        op = OPS[ast.unparse(node.func)]
        return _spell(op, self.target, [self.visit(argument) for argument in node.args])

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        where = _parse(f"{LANGUAGES[self.target]}.where")
        return ast.Call(where, [self.visit(part) for part in (node.test, node.body, node.orelse)], [])


class _Script(_Speller):
    """The same for JavaScript: it has conditionals, and not all of Python's operators."""

    def constant(self, name: str) -> str:
        """JavaScript's constants are in capitals."""
        return name.upper()

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """An operator as the operation it stands for is spelled."""
        return _spell(OPERATORS[type(node.op)], self.target, [self.visit(node.left), self.visit(node.right)])

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        """Conditionals stay."""
        return ast.IfExp(self.visit(node.test), self.visit(node.body), self.visit(node.orelse))


class _Sheet(_Script):
    """The same for spreadsheets."""

    def constant(self, name: str) -> str:
        """Spreadsheets compute their constants."""
        return {"pi": "pi()", "e": "exp(1)"}[name]


SPELLERS: dict[str, type[_Speller]] = {SCRIPT: _Script, SHEET: _Sheet}


def _argument(operand: ast.expr, target: str) -> ast.expr:
    """What a function is given for an operand: in PyTorch a number becomes a tensor."""
    varies = any(
        isinstance(part, ast.Call) or (isinstance(part, ast.Name) and part.id != LANGUAGES[target])
        for part in ast.walk(operand)
    )
    if target != "torch" or varies:
        return operand
    return _parse(f"torch.tensor({ast.unparse(operand)}, dtype=torch.float64)")
