# ruff: noqa: E501  # a row is one line
"""Operators: what they make of numbers, Values, texts, containers and objects, and how a misfit is told."""

import pytest

from tests.each import each
from tests.language.telling import Wrong, check_alike, check_wrong, said

MIXED = ["2", "0.5", "True", "a", "b", "-3"]
CLASS = """
class V:
    def __init__(self, x): self.x = x
    def __repr__(self): return f'V({self.x})'
"""
ALIKE = [
    "print(7 // 2, -7 // 2, 7 // -2, 7 % 3, -7 % 3, 7 % -3, 7.5 // 2, -7.5 % 2, 2 ** 10, 2 ** -1, 2 ** 0.5, 0 ** 0)",
    "print(1 + True, True + True, 2 * False, -True, +True, 1.0 + 1, 1 / 2, 4 / 2, 10 ** 20, 2 ** 64 - 1, -2 ** 2)",
    "print('a' + 'b', 'ab' * 3, 3 * 'ab', [1] + [2], [0] * 3, 2 * [1, 2], (1,) + (2,), (1,) * 2, [1] * -1, 'a' * 0)",
    "print({1, 2} | {3}, {1, 2} & {2, 3}, {1, 2} - {2}, {1, 2} ^ {2, 3})",
    "xs = [1]\nys = xs\nxs += [2]\nxs += (3,)\nxs *= 2\nprint(ys)\nt = u = (1,)\nt += (2,)\nprint(t, u)\ns = r = {1}\ns |= {2}\nprint(r)",
    "x = [7][0]\nx -= 1\nx *= 3\nx /= 4\nx **= 2\nx //= 3\nx %= 4\nprint(x)",
    "n = 3\nprint(n, n + 1, n * 2.0, [5, 6, 7, 8][n], 'ab' * n, [0] * n, n // 2, n % 2, n ** 2, -n, +n)",
    CLASS + "    def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))\n"
    "    __radd__ = __add__\n    def __neg__(self): return V(-self.x)\n    def __pow__(self, n): return V(self.x ** n)\n"
    "    def __rsub__(self, o): return V(o - self.x)\n    def __rtruediv__(self, o): return V(o / self.x)\n"
    "    def __matmul__(self, o): return 'at'\n    def __rmod__(self, o): return 'mod'\n"
    "v = V(2)\nprint(v + v, v + 1, 1 + v, -v, v ** 3, 5 - v, 1 / v, v @ v, 7 % v, sum([v, v], V(0)))\nv += 3\nprint(v)",
    CLASS + "    def __mul__(self, o): return V(self.x * o)\n    def __rmul__(self, o): return V(self.x * o)\n"
    "a = 3.0\nb = V(2) * a\nc = a * V(2)\nprint(b, c)\nb.x.backward()",
]  # fmt: skip
WRONG = [
    Wrong("1 + 'a'", "type", 1, "`+` does not work on a whole number and a text", "str("),
    Wrong("x = 2.0\ny = x + 'a'", "type", 2, "`+` does not work on a Value and a text", "f-string"),
    Wrong("x = 2.0\ny = x ^ 2", "syntax", 2, "`^` is not a power", "**"),
    Wrong("'%d' % 3", "type", 1, "`%` does not work", "f-string"),
    Wrong("[1] + (2,)", "type", 1, "`+` does not work on a list and a tuple"),
    Wrong("x = 1.5\n[0] * x", "type", 2, "`*` does not work on a list and a Value"),
    Wrong("-'a'", "type", 1, "`-` does not work on a text"),
    Wrong("print + 1", "type", 1, "`+` does not work on a function and a whole number", "call"),
    Wrong("1 / 0", "zero_division", 1, "divides by zero"),
    Wrong("1 // 0", "zero_division", 1, "divides by zero"),
    Wrong("1.5 % 0", "zero_division", 1, "divides by zero"),
    Wrong("0 ** -1", "zero_division", 1, "divides by zero"),
    Wrong("(-8) ** (1/3)", "value", 1, "a negative number has no real power of a fraction", "Value"),
    Wrong("2.0 ** 5000", "value", 1, "too large"),
    Wrong("a = 1.0\nb = 1 + a * [10 ** 400][0]", "value", 2, "too large"),
    Wrong("x = [2][0]\nwhile True: x = x * x", "limit", 2, "integer size"),
    Wrong("[2][0] ** 5000", "limit", 1, "integer size"),
    Wrong("[1] * 100000", "limit", 1, "sequence length"),
    Wrong("class A: pass\nA() + 1", "type", 2, "an object of class A", "`__add__`"),
    Wrong("class A: pass\n1 - A()", "type", 2, "an object of class A", "`__rsub__`"),
    Wrong("class A: pass\n-A()", "type", 2, "`-` does not work on an object of class A"),
    Wrong("def f():\n    x = 1\n    return (x +\n        'a')\nf()", "type", 3, "`+`"),
]


@each("right", MIXED)
@each("left", MIXED)
@each("symbol", ["+", "-", "*", "/", "//", "%", "**"])
def test_numbers_and_values_mix_as_in_python(left: str, symbol: str, right: str) -> None:
    """Plain numbers give plain numbers, a Value on either side a node; powers of negative numbers are nan there."""
    if symbol == "**" and (left, right) == ("-3", "0.5"):
        return
    check_alike(
        f"a = 2.5\nb = Value(-1.25)\nx = [{left}][0]\ny = [{right}][0]\nz = x {symbol} y\nprint(z, {left} {symbol} {right})"
    )


@pytest.mark.parametrize("source", ALIKE)
def test_operators_do_what_they_do_in_python(source: str) -> None:
    check_alike(source)


@each("row", WRONG)
def test_what_does_not_go_together_is_told(row: Wrong) -> None:
    check_wrong(row)


def test_division_of_values_by_zero_is_infinite() -> None:
    assert said("a = 1.0\nb = a / 0\nc = -a / 0.0\nprint(b.data, c.data, (a - 1).data / 1)") == "inf -inf 0.0\n"


def test_a_value_that_is_whole_repeats() -> None:
    assert said("a = 2.0\nprint([1] * a, Value(3.0) * 'x', [0] * (a + 1))") == "[1, 1] xxx [0, 0, 0]\n"


def test_sets_keep_the_order_of_insertion() -> None:
    assert (
        said("s = {'b', 'a'}\ns.add('c')\nprint(s, {3, 1} | {2}, {'z': 1} | {} if False else 0)")
        == "{'b', 'a', 'c'} {3, 1, 2} 0\n"
    )
