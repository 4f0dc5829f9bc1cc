"""Which assignments make inputs: direct statements of the module whose right side is numbers and nothing else."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from engine.language.grammar.vocabulary import Vocabulary

ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
SIGNS = (ast.UAdd, ast.USub)
CONSTANTS = frozenset({"math.pi", "math.e", "math.inf", "math.nan", "torch.pi", "torch.e", "torch.inf", "torch.nan"})
READY = frozenset({"pi", "e"})


@dataclass(frozen=True, slots=True)
class Input:
    """An assignment that makes an input: `a = b = 2.0` makes one, labelled `a`, that `b` names too."""

    statement: ast.stmt
    target: ast.Name
    others: tuple[ast.Name, ...]
    value: ast.expr


def find_inputs(tree: ast.Module, words: Vocabulary) -> tuple[Input, ...]:
    """The inputs that a checked program's module statements make, in the order of the text."""
    return tuple(one for statement in tree.body for one in _inputs(statement, words))


def _inputs(statement: ast.stmt, words: Vocabulary) -> Iterator[Input]:
    match statement:
        case ast.Assign(targets=targets, value=ast.Tuple(elts=values)):
            rows = [target.elts if isinstance(target, ast.Tuple | ast.List) else [] for target in targets]
        case ast.Assign(targets=targets, value=value):
            rows, values = [[target] for target in targets], [value]
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            rows, values = [[target]], [value]
        case _:
            return
    if not all(_is_number(value, words) for value in values):
        return
    named = [[target for target in row if isinstance(target, ast.Name)] for row in rows]
    if all(len(row) == len(names) == len(values) for row, names in zip(rows, named, strict=True)):
        for value, first, *others in zip(values, *named, strict=True):
            yield Input(statement, first, tuple(others), value)


def _is_number(value: ast.expr, words: Vocabulary) -> bool:
    """Whether an expression consists of numbers, `pi`, `e` and arithmetic on them."""
    stack = [value]
    while stack:
        match stack.pop():
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                pass
            case ast.BinOp(left=left, op=op, right=right) if isinstance(op, ARITHMETIC):
                stack += [left, right]
            case ast.UnaryOp(op=op, operand=operand) if isinstance(op, SIGNS):
                stack.append(operand)
            case ast.Name(id=name) if name in READY and words.is_ready(name):
                pass
            case (ast.Name() | ast.Attribute()) as node if words.path(node) in CONSTANTS:
                pass
            case _:
                return False
    return True
