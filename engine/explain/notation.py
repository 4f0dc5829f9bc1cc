r"""How rules are written: trees as text and as LaTeX, by what the records say of themselves.

Text is what a person would type or read aloud, `a · b` and `tanh(x)²`; LaTeX is put together from the records' own.
In a record's LaTeX here, «x» stands where an operand may need brackets, and ‹x› where it never does.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from engine.explain.figures import number
from engine.explain.tree import CONSTANTS, Tree, tree
from engine.op import Json, Op
from engine.ops import OPS

ATOM, POWER, UNARY, PRODUCT, LOOSE = 5, 4, 3, 2, 0
STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "//": 2, "%": 2, "**": POWER}
SIGNS = {"*": "·", "==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}
TEX_SIGNS = {"!=": r"\ne", "<=": r"\le", ">=": r"\ge", "==": "="}
RAISED = {2: "²", 3: "³"}
SLOT = re.compile("([«‹])([a-z]+)[»›]")


class Written(NamedTuple):
    """A piece of notation, and how strongly it holds together."""

    text: str
    strength: int = ATOM
    plain: bool = False  # a number: no product needs brackets around it


@dataclass(frozen=True, slots=True)
class Style:
    """One of the two ways to write: what differs between them."""

    number: Callable[[float], str]
    constant: Callable[[str], str]
    bracketed: Callable[[str], str]
    applied: Callable[[Op, list[Written]], Written]
    relation: Callable[[str], str]
    cases: Callable[[str, str, str], str]


def write(rule: Tree, names: Mapping[str, Written], style: Style) -> Written:
    """A tree in a style; `names` has what stands for each operand."""
    if isinstance(rule, str):
        return names[rule]
    if not isinstance(rule, tuple):
        text = style.number(rule)
        return Written(text, 1 if rule < 0 else PRODUCT if " " in text else ATOM, plain=True)
    head, *parts = rule
    written = [write(part, names, style) for part in parts]
    if head in OPS and parts:
        return style.applied(OPS[str(head)], written)
    if head == "if":
        test, yes, no = written
        return Written(style.cases(yes.text, test.text, no.text), LOOSE)
    if head in CONSTANTS:
        return Written(style.constant(str(head)))
    return Written(f" {style.relation(str(head))} ".join(one.text for one in written), LOOSE)


def needs(op: Op, position: int, written: Written) -> bool:
    """Whether an operand needs brackets: a negative number does after + and -, and as the base of a power."""
    if op.symbol.isidentifier():
        return written.strength < ATOM
    if len(op.params) == 1:
        return written.strength < UNARY
    strength = STRENGTH[op.symbol]
    if strength == POWER:
        return written.strength < ATOM
    if strength > 1 and written.plain:
        return False
    return written.strength < strength + position


def _bracketed(op: Op, operands: list[Written], brackets: Callable[[str], str]) -> list[str]:
    return [brackets(one.text) if needs(op, place, one) else one.text for place, one in enumerate(operands)]


def _applied_text(op: Op, operands: list[Written]) -> Written:
    if op.symbol.isidentifier():
        return Written(f"{op.symbol}({', '.join(one.text for one in operands)})")
    parts = _bracketed(op, operands, TEXT.bracketed)
    if len(parts) == 1:
        return Written(op.symbol + parts[0], UNARY)
    left, right = parts
    strength = STRENGTH[op.symbol]
    if strength == POWER:
        raised = {str(power): sign for power, sign in RAISED.items()}.get(right)
        return Written(left + raised if raised else f"{left}^{right}", POWER)
    return Written(f"{left} {SIGNS.get(op.symbol, op.symbol)} {right}", strength)


def _applied_latex(op: Op, operands: list[Written]) -> Written:
    loose = {param: one.text for param, one in zip(op.params, operands, strict=True)}
    tight = dict(zip(op.params, _bracketed(op, operands, LATEX.bracketed), strict=True))
    text = SLOT.sub(lambda slot: (tight if slot[1] == "«" else loose)[slot[2]], marked(op))
    open_ended = not op.symbol.isidentifier() and "«" in marked(op)
    strength = POWER if not open_ended else UNARY if len(op.params) == 1 else STRENGTH[op.symbol]
    return Written(text, strength)


@cache
def marked(op: Op) -> str:
    """The LaTeX of a record with its operands marked."""
    text = op.latex.format(**{param: f"«{param}»" for param in op.params})
    return re.sub(r"\{«([a-z]+)»\}", r"{‹\1›}", text)


def latex_number(value: float) -> str:
    r"""A number as LaTeX: `1.5 \cdot 10^{-7}`."""
    text = number(value)
    if text == "NaN":
        return r"\mathrm{NaN}"
    mantissa, _, exponent = text.replace("Infinity", r"\infty").partition("e")
    return rf"{mantissa} \cdot 10^{{{exponent}}}" if exponent else mantissa


TEXT = Style(
    number=number,
    constant=lambda name: "π" if name == "pi" else name,
    bracketed=lambda text: f"({text})",
    applied=_applied_text,
    relation=lambda sign: SIGNS.get(sign, sign),
    cases=lambda yes, test, no: f"{yes} if {test}, else {no}",
)
LATEX = Style(
    number=latex_number,
    constant=lambda name: r"\pi" if name == "pi" else name,
    bracketed=lambda text: rf"\left({text}\right)",
    applied=_applied_latex,
    relation=lambda sign: TEX_SIGNS.get(sign, rf"\text{{ {sign} }}" if sign.isalpha() else sign),
    cases=lambda yes, test, no: (
        rf"\begin{{cases}} {yes} & \text{{if }} {test} \\ {no} & \text{{otherwise}} \end{{cases}}"
    ),
)


def rule_of(op: Op) -> tuple[str, ...]:
    """An operation's rule as text, for tooltips: the forward rule, and its derivative for each operand."""
    names = {param: Written(param) for param in op.params}
    call = write((op.name, *op.params), names, TEXT).text
    formula = write(tree(op.formula), names, TEXT).text
    slopes = (
        f"∂/∂{param} = {write(tree(slope), names, TEXT).text}"
        for param, slope in zip(op.params, op.derivatives, strict=True)
    )
    return (call if formula == call else f"{call} = {formula}", *slopes)


def describe(op: Op) -> dict[str, Json]:
    """What the page needs to write an operation: the records' own words, as trees."""
    return {
        "symbol": op.symbol,
        "params": list(op.params),
        "latex": marked(op),
        "formula": listed(tree(op.formula)),
        "derivatives": [listed(tree(slope)) for slope in op.derivatives],
        "kink": listed(tree(op.kink.where.text)) if op.kink else None,
    }


def listed(rule: Tree) -> Json:
    """A tree as JSON has it."""
    return [listed(part) for part in rule] if isinstance(rule, tuple) else rule
