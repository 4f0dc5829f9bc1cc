"""Conditions on expressions beyond their form: literals, operators, calls, indices, f-strings."""

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from engine.language.errors import Refusal
from engine.language.fixes import Swap
from engine.language.grammar.spelling import refuse
from engine.language.grammar.tree import children
from engine.language.limits import Limits

SPEC = re.compile(r"(?:.?[<>^=])?[-+ ]?0?(?P<width>\d*),?(?:\.(?P<precision>\d+))?[efgd%s]?", re.DOTALL)
WITHOUT_ASYNC = ("`async` and `await` are not part of the playground's language", "leave the word out")
PLAIN = (float, bool, type(None))
WIDEST = 1_000
FINEST = 100

NO_OPERATOR: dict[type[ast.operator | ast.unaryop], tuple[str, str]] = {
    ast.LShift: ("`<<` is not available", "write `* 2**n`"),
    ast.RShift: ("`>>` is not available", "write `// 2**n`"),
    ast.Invert: ("`~` is not available", "write `not`, or `-x - 1`"),
}
SET_OPERATORS: dict[type[ast.operator | ast.unaryop], tuple[str, Swap]] = {
    ast.BitXor: ("`^` is not a power: it is for sets", Swap("^", "**")),
    ast.BitAnd: ("`&` is for sets", Swap("&", "and")),
    ast.BitOr: ("`|` is for sets", Swap("|", "or")),
}
OF_BITS = NO_OPERATOR.keys() | SET_OPERATORS.keys()


def check_literal(node: ast.Constant, limits: Limits) -> Iterable[Refusal]:
    """A number, text, truth value or None, of a size that is allowed."""
    return () if type(node.value) in PLAIN else _check_size(node, limits)


def _check_size(node: ast.Constant, limits: Limits) -> Iterator[Refusal]:
    value = node.value
    if type(value) is int:
        if value.bit_length() > limits.integer_bits:
            yield limits.refusal("integer_bits", node)
    elif type(value) is str:
        if len(value) > limits.sequence:
            yield limits.refusal("sequence", node)
    elif type(value) is complex:
        hint = f"write `{value.imag:g}*j` for a product"
        yield refuse(node, "complex numbers are not part of the playground's language", hint)
    elif type(value) is bytes:
        yield refuse(node, "bytes are not part of the playground's language", "leave the `b` in front out")
    elif value is ...:
        yield refuse(node, "`...` is not part of the playground's language", "write `pass` for an empty block")
    else:
        yield refuse(node, "this is not part of the playground's language")


def check_field(node: ast.FormattedValue, limits: Limits) -> Iterator[Refusal]:
    """A field of an f-string: no conversion, and a plain format."""
    if node.conversion != -1:
        yield refuse(
            node.value, "in an f-string `!` and `=` after the value are not available", "write `{x}` or `{x:.3f}`"
        )
        return
    if node.format_spec is None:
        return
    parts = node.format_spec.values if isinstance(node.format_spec, ast.JoinedStr) else [node.format_spec]
    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    spec = "".join(texts)
    found = SPEC.fullmatch(spec) if len(spec) <= 2 * len(str(limits.sequence)) else None
    if len(texts) < len(parts):
        yield refuse(node.value, "a format inside an f-string cannot have fields of its own", "write the width out")
    elif found is None:
        yield refuse(node.value, "this format is not available", "write one such as `{x:.3f}`, `{n:>5d}` or `{p:.1%}`")
    elif int(found["width"] or 0) > WIDEST or int(found["precision"] or 0) > FINEST:
        message = f"a format may be at most {WIDEST:,} wide with {FINEST} digits"
        yield refuse(node.value, message, "choose smaller numbers")


def check_operation(node: ast.BinOp | ast.UnaryOp | ast.AugAssign) -> Iterable[Refusal]:
    """An operator: shifts are not available, and `^ & |` between numbers are mistakes for others."""
    return _check_bits(node) if type(node.op) in OF_BITS else ()


def _check_bits(node: ast.BinOp | ast.UnaryOp | ast.AugAssign) -> Iterator[Refusal]:
    if type(node.op) in NO_OPERATOR:
        yield refuse(node, *NO_OPERATOR[type(node.op)])
    elif any(map(_is_number, children(node))):
        message, swap = SET_OPERATORS[type(node.op)]
        yield refuse(node, message, f"write `{swap.new}`", swap=swap)


def _is_number(node: ast.AST) -> bool:
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand)
    return isinstance(node, ast.Compare) or (isinstance(node, ast.Constant) and isinstance(node.value, int | float))


def check_comparison(node: ast.Compare) -> Iterator[Refusal]:
    """`is` only with `None`."""
    for (left, right), operator in zip(pairwise([node.left, *node.comparators]), node.ops, strict=True):
        if isinstance(operator, ast.Is | ast.IsNot) and not (_is_none(left) or _is_none(right)):
            sign = "==" if isinstance(operator, ast.Is) else "!="
            yield refuse(node, "`is` asks only for `None`", f"write `{sign}`")


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def check_generator(node: ast.comprehension) -> Iterator[Refusal]:
    """The `for` of a comprehension."""
    if node.is_async:
        yield refuse(node.iter, *WITHOUT_ASYNC)


def check_call(node: ast.Call) -> Iterator[Refusal]:
    """A call: not of a number, no argument twice."""
    if isinstance(node.func, ast.Constant):
        what = "number" if _is_number(node.func) else "text"
        yield refuse(node, f"a {what} cannot be called", "for a product write `*` in front of the bracket")
    names: set[str] = set()
    for keyword in node.keywords:
        if keyword.arg in names:
            yield refuse(keyword, f"the argument `{keyword.arg}` is given twice", "take one of the two away")
        if keyword.arg is not None:
            names.add(keyword.arg)


def is_super_init(node: ast.Call) -> bool:
    """Whether this is `super().__init__(…)`."""
    match node.func:
        case ast.Attribute(attr="__init__", value=ast.Call(func=ast.Name(id="super"), args=[], keywords=[])):
            return True
        case _:
            return False


def check_subscript(node: ast.Subscript | ast.Slice, parent: ast.AST) -> Iterator[Refusal]:
    """An index, or a slice that is read."""
    if isinstance(node, ast.Slice):
        if not isinstance(parent, ast.Subscript):
            yield refuse(parent, "several indices in one pair of brackets are not available", "write `xs[i][j]`")
    elif isinstance(node.slice, ast.Slice) and not isinstance(node.ctx, ast.Load):
        yield refuse(node, "a slice cannot be assigned", "assign the elements one by one, or build a new list")


def check_display(node: ast.List | ast.Tuple | ast.Dict | ast.Starred, parent: ast.AST) -> Iterator[Refusal]:
    """A list, tuple or dict as it is written, or a `*` in it: stars stand in calls and in assignments only."""
    if isinstance(node, ast.Starred):
        unpacking = isinstance(parent, ast.Tuple | ast.List) and isinstance(parent.ctx, ast.Store)
        if not unpacking and not isinstance(parent, ast.Call):
            yield refuse(node, "`*` spreads a list only in a call", "join lists with `+`")
    elif isinstance(node, ast.Dict):
        if None in node.keys:
            yield refuse(node, "`**` cannot spread a dict here", "use `update`")
    elif isinstance(node.ctx, ast.Store):
        stars = [one for one in node.elts if isinstance(one, ast.Starred)]
        if not node.elts:
            yield refuse(node, "there is no name to assign", "write at least one")
        elif len(stars) > 1:
            yield refuse(stars[1], "only one name can take the rest with `*`", "keep one star")
