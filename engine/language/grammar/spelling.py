"""How names may be spelled, and where: names with a meaning of their own in Python stay out of reach."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.language.errors import Placed, Refusal
from engine.language.fixes import Mend

ARITHMETIC = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul")
OPERATOR_METHODS = frozenset(
    f"__{name}__"
    for name in (
        *("init", "call", "repr", "len", "getitem", "iter", "neg", "pos", "abs"),
        *("eq", "ne", "lt", "le", "gt", "ge"),
        *ARITHMETIC,
        *(f"r{name}" for name in ARITHMETIC),
    )
)
"""The methods of a class that the interpreter itself calls."""

INSTEAD = {
    "__name__": "leave the test out: the program runs as it stands",
    "__str__": "define `__repr__`: `str` and `print` use it too",
    "__slots__": "leave the line out: attributes need no declaration",
    "__bool__": "compare in the condition itself",
    "__hash__": "leave it out: objects can be put in sets and dicts as they are",
    "__class__": "ask with `isinstance`",
    "__dict__": "name the attribute",
    "__doc__": "leave it out",
    "__init__": "outside a class, make an object by calling the class; inside, write `super().__init__(…)`",
    **{f"__i{name}__": f"define `__{name}__`: `=` with an operator uses it too" for name in ARITHMETIC},
    **{f"__{name}__": "write the operator itself" for name in ARITHMETIC},
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Inside what kinds of blocks a node stands."""

    function: bool = False
    loop: bool = False
    method: bool = False  # the body of a method itself, where `super()` has a meaning
    class_body: bool = False  # directly in the body of a class
    in_class: bool = False  # anywhere in a class


def refuse(
    node: ast.AST, message: str, hint: str | None = None, code: str = "syntax", swap: Mend | None = None
) -> Refusal:
    """Refuse a node; one without a place is refused at its first part that has one."""
    placed = next((one for one in ast.walk(node) if isinstance(one, Placed)), None)
    return Refusal(placed or ast.Pass(lineno=1, col_offset=0), code, message, hint, swap=swap)


def check_spelling(name: str, node: ast.AST, around: Surroundings) -> Iterable[Refusal]:
    """Refuse `__name__`, and inside a class `__name`, which Python would rename."""
    return _misspelt(name, node, around) if name.startswith("__") else ()


def _misspelt(name: str, node: ast.AST, around: Surroundings) -> Iterator[Refusal]:
    code = "attribute" if isinstance(node, ast.Attribute | ast.FunctionDef) else "name"
    if name.endswith("__") and name.strip("_"):
        lost = isinstance(node, ast.FunctionDef) and name in OPERATOR_METHODS
        hint = "a method stands inside a class: indent it below `class …:`" if lost else INSTEAD.get(name)
        yield refuse(node, f"`{name}` cannot be reached", hint, code)
    elif around.in_class and name.strip("_"):
        message = f"`{name}` would be renamed: inside a class Python hides names that begin with two underscores"
        yield refuse(node, message, f"write `{name[1:]}`", code)
