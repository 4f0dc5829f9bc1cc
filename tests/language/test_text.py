# ruff: noqa: E501  # a row is one line
"""How things read: `repr`, `str`, `print`, f-strings; ours have texts of ours, never Python's."""

import pytest

from tests.each import each
from tests.language.hostile import leaks
from tests.language.telling import Wrong, check_alike, check_wrong, said

THINGS = ["1", "-1.5", "True", "None", "'a'", '"it\'s"', "'\\n\\t\\\\'", "[1, 'a', [2.0]]", "(1,)", "()", "(1, 2)", "{}",
          "{1: 'a', 'b': [2]}", "{1, 2}", "set()", "range(3)", "range(1, 9, 2)", "a", "n", "Value(1.5)", "1e100", "1e-7",
          "math.inf", "-0.0", "10 ** 30", "[None, (True, {})]", "{1: 2}.keys()", "{1: 2}.items()", "{1: 2}.values()"]  # fmt: skip
SPECS = [".3f", "8.2f", "<8.1f", "^9.3f", ">9.3f", "+.2e", "g", ".0f", "08.3f", ",.2f", ".1%", "e", " .3f", ".3g"]
OURS = [
    ("print(print, len, [].append, MLP)", "<function print> <function len> <method append> <class 'MLP'>"),
    ("def f(): pass\nprint(f, lambda: 0, [f])", "<function f> <function lambda> [<function f>]"),
    ("class A:\n    def f(self): pass\nprint(A, A(), A().f, [A()])", "<class 'A'> <A object> <method f> [<A object>]"),
    ("print(math, random, [math])", "<module math> <module random> [<module math>]"),
    ("print((i for i in []), zip(), map(abs, []), enumerate([]), reversed([]), filter(None, []))", "<generator> <zip> <map> <enumerate> <reversed> <filter>"),
    ("print(int, [str], type(1), type('a'), type(1.5))", "<class 'int'> [<class 'str'>] <class 'int'> <class 'str'> <class 'float'>"),
    ("print(MLP(2, [1]), SGD([], 0.1))", "MLP of [Layer of [TanhNeuron(2)]] <SGD>"),
    ("x = []\nx.append(x)\nprint(x)", "[[...]]"),
    ("d = {}\nd['d'] = [d]\nprint(d)", "{'d': [{...}]}"),
    ("x = [1]\nprint([x, x])", "[[1], [1]]"),
    ("s = {1}\nprint(s, set(), {(1,): {2}})", "{1} set() {(1,): {2}}"),
]  # fmt: skip
ALIKE = [
    "class A:\n    def __repr__(self): return 'mine'\nprint(A(), [A()], f'{A()}', str(A()), repr(A()), {1: A()})",
    "a = 2.0\nb = a * 3\nb.backward()\nprint(a, b, [b], f'{b} {b:.2f}', str(b), repr(b), (a, b))",
    "n = 10\nprint(n, f'{n}', f'{n:4d}|{n:.1f}|{n:>6}', str(n) + '!', [n], n * 1)",
    "x = 1.0\nprint(f'{x + 1:.2f}{x}')",
    "print(f'{{}} {1}{2} {\"a\" + \"b\"} {[1, 2][0]} {(lambda x: x)(3)}', f'', f'a' 'b')",
    "print(f'{5:03d}{5:+d}{-5: d}{5:,}{1234567:,}{5:<3}{5:>3}{5:^3}|{True:d}{\"ab\":>5}{\"ab\":^5}|{\"ab\":.1}')",
    "print('a', 1, None, [2], sep='-')\nprint('a', end='')\nprint('b', sep='x', end='.\\n')\nprint()\nprint(sep='')",
    "print('a', 'b', sep=None, end=None)",
    "print(1.0, 100.0, 1e16, 1e15, 0.1 + 0.2, 1 / 3, 2.5e-5, 123456.789)",
    "print('é', '漢', '\\u2028', 'a\\tb', ['é', '\\n', '\\x00'])",
]  # fmt: skip
WRONG = [
    Wrong("x = 'a'\nf'{x:.2f}'", "value", 2, "the format `.2f` does not fit a"),
    Wrong("f'{1.5:d}'", "value", 1, "the format `d` does not fit 1.5"),
    Wrong("a = 1.5\nf'{a * 2:d}'", "value", 2, "the format `d` does not fit"),
    Wrong("f'{[1]:.2f}'", "type", 1, "the format `.2f` does not fit [1]"),
    Wrong("f'{None:5}'", "type", 1, "the format `5` does not fit None"),
    Wrong("class A:\n    def __repr__(self): return 1\nprint(A())", "type", 3, "`__repr__` of A must return a text"),
    Wrong("print(1, sep=2)", "type", 1, "`sep` of `print` is a text"),
    Wrong("print(1, end=[])", "type", 1, "`end` of `print` is a text"),
    Wrong("print(1, file=2)", "arity", 1, "`print` takes no argument `file`"),
    Wrong("x = ['a' * 40000] * 2\nprint(str(x))", "limit", 2, "sequence length"),
    Wrong("x = []\nfor i in range(50): x = [x]\nrepr(x)", "limit", 3, "data nesting"),
    Wrong("x = [1]\nfor i in range(30): x = [x, x]\nrepr(x)", "limit", 3, "sequence length"),
    Wrong("for i in range(9999): print('0123456789')", "limit", 1, "printed text"),
]  # fmt: skip


@each("thing", THINGS)
def test_things_read_as_in_python(thing: str) -> None:
    check_alike(f"a = 2.5\nn = 3\nx = [{thing}]\nprint(x[0], x, str(x[0]), repr(x[0]), f'{{x[0]}}|{{x}}')")


@each("spec", SPECS)
@each("number", ["3.14159", "a", "Value(-2.5)", "-1e10", "0.0", "7", "n", "math.inf"])
def test_formats_of_numbers_are_those_of_python(number: str, spec: str) -> None:
    check_alike(f"a = 1234.5678\nn = 3\nx = [{number}][0]\nprint(f'{{x:{spec}}}|{{{number}:{spec}}}')")


@pytest.mark.parametrize(("source", "text"), OURS)
def test_what_is_ours_has_a_text_of_ours(source: str, text: str) -> None:
    assert said(source) == text + "\n"
    assert not leaks(text)


@pytest.mark.parametrize("source", ALIKE)
def test_texts_are_those_of_python(source: str) -> None:
    check_alike(source)


@each("row", WRONG)
def test_what_has_no_such_text_is_told(row: Wrong) -> None:
    check_wrong(row)
