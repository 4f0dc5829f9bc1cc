"""Ordinary mistakes: the line is the one that a person would point at, however lines end and whatever stands before."""

import pytest

from engine.language.errors import ProgramError
from engine.language.grammar.checked import check
from engine.language.limits import Limits
from engine.language.names import vocabulary
from engine.language.run import Options, run
from tests.each import each

MISTAKES = (
    ("a = 2.0\nb = a +\nc = 3", 2),
    ("a = 2.0\nb = (a + 1\nc = 3", 2),
    ("a = 2.0\nb = a + nowhere", 2),
    ("a = 2.0\nb = tahn(a)\nc = b", 2),
    ("a = 2.0\nb = a.tahn()\nc = b", 2),
    ("if 1 > 0\n    a = 2.0", 1),
    ("def f(x):\nreturn x\nf(2)", 2),
    ("a = 2.0\n  b = 3.0", 2),
    ("a = 'text\nb = 2", 1),
    ("a = 2,5\nb = a * 'x'", 2),
    ("xs = [1, 2]\nprint(xs[2])", 2),
    ("d = {'a': 1}\nx = 1\nprint(d['b'])", 3),
    ("def f(x):\n    y = x * 2\n    return y + z\nf(2.0)", 3),
    ("def f(x):\n    return g(x)\ndef g(x):\n    return x / 0\nf([1][0])", 4),
    ("a = 2.0\nb = sum([\n    a,\n    'x',\n])", 2),
    ("a = [1,\n     2,\n     nowhere,\n     4]", 3),
    ("print(1,\n      2,\n      len(5))", 3),
    ("class A:\n    def f(self):\n        return self.x\nA().f()", 3),
    ("for i in range(3):\n    print(i)\n    assert i < 2, 'no'", 3),
    ("n = MLP(2, [1])\ny = n([1.0])", 2),
    ("import numpy\na = 1.0", 1),
    ("a = 1.0\ntry:\n    b = a\nexcept: pass", 2),
    ("x = 1.0\ny = x.data = 'a'", 2),
    ("f = lambda x: x + 1\n\n\nf(1, 2)", 4),
    ("a = 1.0\nb = [i for i in range(3)\n     if i > nowhere]", 3),
    ("a = 2.0\nwhile True:\n    a = a * 1.0", 3),
)
ENDINGS = {"unix": "\n", "windows": "\r\n", "old": "\r"}
BEFORE = {"nothing": "", "comments": "# é 漢 \U0001f600\n\n# two\n", "text": '"""Three\nlines\nlong."""\n'}
SMALL = Limits(steps=20_000)


def failing(source: str) -> int | None:
    """The line in which a program goes wrong."""
    try:
        run(check(source, SMALL, vocabulary()), SMALL, Options({}))
    except ProgramError as error:
        return error.diagnostics[0].line
    return None


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
@each(("source", "line"), MISTAKES)
def test_the_line_is_the_one_that_is_wrong(source: str, line: int, ending: str, before: str) -> None:
    assert failing((before + source).replace("\n", ending)) == line + before.count("\n")
