"""Which assignments make inputs: direct statements of the module whose right side is numbers and nothing else."""

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.language.grammar.vocabulary import Vocabulary

ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
SIGNS = (ast.UAdd, ast.USub)
CONSTANTS = frozenset({"math.pi", "math.e", "math.inf", "math.nan", "torch.pi", "torch.e", "torch.inf", "torch.nan"})
READY = frozenset({"pi", "e"})


class Input(NamedTuple):
    """An assignment that makes an input: `a = b = 2.0` makes one, labelled `a`, that `b` names too."""

    statement: ast.stmt
    target: ast.Name
    others: tuple[ast.Name, ...]
    value: ast.expr


def find_inputs(tree: ast.Module, words: Vocabulary) -> tuple[Input, ...]:
    """The inputs that a checked program's module statements make, in the order of the text."""
    assignments = (ast.Assign, ast.AnnAssign)
    found: list[Input] = []
    for statement in tree.body:
        if isinstance(statement, assignments) and statement.value is not None:
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            found += _inputs(statement, targets, statement.value, words)
    return tuple(found)


def _inputs(statement: ast.stmt, targets: Sequence[ast.expr], value: ast.expr, words: Vocabulary) -> Iterator[Input]:
    if isinstance(value, ast.Tuple) and isinstance(statement, ast.Assign):
        values = value.elts
        rows = [target.elts if isinstance(target, ast.Tuple | ast.List) else [] for target in targets]
    else:
        values, rows = [value], [[target] for target in targets]
    for one in values:
        if not _is_number(one, words):
            return
    names: list[list[ast.Name]] = []
    for row in rows:
        names.append([target for target in row if isinstance(target, ast.Name)])
        if not len(names[-1]) == len(row) == len(values):
            return
    for one, first, *others in zip(values, *names, strict=True):
        yield Input(statement, first, tuple(others), one)


def _is_number(value: ast.expr, words: Vocabulary) -> bool:
    """Whether an expression consists of numbers, `pi`, `e` and arithmetic on them."""
    if type(value) is ast.Constant:
        return type(value.value) in (int, float)
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
