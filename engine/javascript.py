"""The rulebook as a JavaScript module: what the page replays a graph with.

`module()` is the text of `static/js/generated/rules.js`; `make docs` writes it. Forward rules are spelled from the
formulas, slopes from the engine's own rules; what JavaScript lacks comes from `static/js/replay/kernels.js`.
"""

import ast

from engine import tracing
from engine.op import SCRIPT, Op
from engine.ops import OPS
from engine.spelling import spelled

HEAD = """\
/**
 * The rules of the operations: the result z of the operands x and y, and per operand the slope of z.
 * Generated from the rulebook, `engine/ops`, by `make docs`. Changes here are lost.
 */

/** @import {{ Rule }} from "../replay/types.d.ts" */

import {{ {kernels} }} from "../replay/kernels.js";

/** @type {{Record<string, Rule>}} */
export const RULES = {{
{rules}
}};
"""
SIGNS: dict[type[ast.AST], tuple[str, int]] = {  # how operators are written, and how tightly they bind
    ast.Or: ("||", 2),
    ast.And: ("&&", 3),
    ast.Eq: ("===", 4),
    ast.NotEq: ("!==", 4),
    ast.Lt: ("<", 5),
    ast.LtE: ("<=", 5),
    ast.Gt: (">", 5),
    ast.GtE: (">=", 5),
    ast.Add: ("+", 6),
    ast.Sub: ("-", 6),
    ast.Mult: ("*", 7),
    ast.Div: ("/", 7),
    ast.UAdd: ("+", 8),
    ast.USub: ("-", 8),
}
CONDITIONAL, ATOM = 1, 9
WIDTH = 100  # of a list of slopes in one line


def module() -> str:
    """The rules of all operations."""
    trees = [tree for op in OPS.values() for tree in (_forward(op), *_slopes(op))]
    called = {node.func.id for tree in trees for node in ast.walk(tree) if _is_kernel(node)}  # type: ignore[attr-defined]
    return HEAD.format(kernels=", ".join(sorted(called)), rules="\n".join(map(_rule, OPS.values())))


def script(tree: ast.expr) -> str:
    """An expression in JavaScript, with brackets where they are needed; KeyError for what has no such operator."""
    return _written(tree)[0]


def _rule(op: Op) -> str:
    forward = _function(_forward(op), op.params)
    backward = [_function(tree, ("x", "y", tracing.RESULT)) for tree in _slopes(op)]
    flat = ", ".join(backward)
    slopes = flat if len(flat) <= WIDTH else "".join(f"\n      {one}," for one in backward) + "\n    "
    return f"  {op.name}: {{\n    forward: {forward},\n    slopes: [{slopes}],\n  }},"


def _forward(op: Op) -> ast.expr:
    return spelled(op.formula, SCRIPT)


def _slopes(op: Op) -> list[ast.expr]:
    return [spelled(slope, SCRIPT) for slope in tracing.slopes(op)]


def _function(tree: ast.expr, params: tuple[str, ...]) -> str:
    """An arrow function with as many parameters as it needs, an underscore before those it passes over."""
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    last = max((place for place, param in enumerate(params, 1) if param in used), default=0)
    return f"({', '.join(param if param in used else f'_{param}' for param in params[:last])}) => {script(tree)}"


def _is_kernel(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


def _written(node: ast.expr) -> tuple[str, int]:
    """The text of a node, and how tightly it holds together."""
    match node:
        case ast.IfExp(test, body, orelse):
            parts = _in(test, CONDITIONAL + 1), _in(body, CONDITIONAL), _in(orelse, CONDITIONAL)
            return "{} ? {} : {}".format(*parts), CONDITIONAL
        case ast.BoolOp(kind, values):
            sign, tie = SIGNS[type(kind)]
            return f" {sign} ".join(_in(value, tie + 1) for value in values), tie
        case ast.Compare(left, [kind], [right]) | ast.BinOp(left, kind, right):
            sign, tie = SIGNS[type(kind)]
            return f"{_in(left, tie)} {sign} {_in(right, tie + 1)}", tie
        case ast.UnaryOp(kind, operand):
            sign, tie = SIGNS[type(kind)]
            return f"{sign}{_in(operand, tie + 1)}", tie
        case ast.Call(function, arguments):
            return f"{ast.unparse(function)}({', '.join(map(script, arguments))})", ATOM
        case _:
            return ast.unparse(node), ATOM


def _in(node: ast.expr, least: int) -> str:
    """The text of a node, in brackets where it holds together less tightly than `least`."""
    text, tie = _written(node)
    return text if tie >= least else f"({text})"
