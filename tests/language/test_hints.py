"""What a learner writes, what is said of it, and what is advised: each row a mistake people make."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language.errors import Diagnostic, ProgramError, SyntaxRejected
from engine.language.grammar.checked import check
from engine.language.grammar.mistakes import LETTERS, MISTAKES, Mistake
from engine.language.grammar.words import words
from engine.language.limits import Limits
from tests.each import each
from tests.language.attacks import leaks
from tests.language.offered import NAMES


def first(text: str) -> Diagnostic:
    with pytest.raises(SyntaxRejected) as caught:
        check(text, Limits(), NAMES)
    return caught.value.diagnostics[0]


ROWS = [
    # program, the place it is about, a part of the advice
    ("L = tahn(2.0)", "tahn", "did you mean `tanh`?"),
    ("x = 2.0\ny = x^2", "x^2", "write `**`"),
    ("lenght = 3\nlength", "length", "did you mean `lenght`?"),
    ("x = 1.0\nx.backwards()", "x.backwards", "did you mean `.backward`?"),
    ("x = true", "true", "did you mean `True`?"),
    ("x = null", "null", "did you mean `None`?"),
    ("import torch.nn as nn", "torch.nn as nn", "from micrograd.nn import"),
    ("import torch\nx = torch.nn.Linear(2, 3)", "torch.nn", "from micrograd.nn import"),
    ("import torch\nx = torch.zeros(3)", "torch.zeros", "single numbers"),
    ("import numpy as np\nx = np.exp(1.0)", "numpy as np", "there by name"),
    ("x = np.exp(1.0)", "np", "there by name"),
    ("x = torch.tensor(1.0)", "torch", "write `import torch` first"),
    ("import matplotlib.pyplot as plt", "matplotlib.pyplot as plt", "drawn for you"),
    ("from math import tahn", "tahn", "did you mean `tanh`?"),
    ("x = 1.0\nx.numpy()", "x.numpy", "write `.data`"),
    ("x = 1.0\nx.requires_grad = True", "x.requires_grad", "can be assigned"),
    ("x = 2(3)", "2(3)", "`*`"),
    ("x = 2x + 1", "2x", "write `2*x`"),
    ("a = 1\nif a = 1:\n    pass", "=", "write `==`"),
    ("a = 1\nif a == 1 && a: pass", "&&", "write `and`"),
    ("a = 1\nif a || a: pass", "||", "write `or`"),
    ("a = 1\nif !a: pass", "!", "write `not`"),
    ("i = 1\ni++", "i++", "write `i += 1`"),
    ("if 1 {\n    x = 1\n}", "{", "indent"),
    ("for (i = 0; i < 3; i++) {\n    x = i\n}", "for", "range(n)"),
    ("if 1\n    x = 1", "1", "write `:`"),
    ("def f(x)\n    return x", ")", "write `:`"),
    ("if 1:\nx = 1", "x", "four spaces"),
    ("x = 1\n    y = 2", " ", "take the spaces"),
    ("if 1:\n    x = 1\nelse if 2:\n    x = 2", "else if", "write `elif`"),
    ("print 'a'", "print 'a'", "write `print(…)`"),
    ("x = 'abc", "'abc", "end it with `'`"),
    ("x = “abc”", "“", 'write `"`'),
    ("x = 3 − 2", "−", "write `-`"),
    ("x = 3 × 2", "×", "write `*`"),
    ("x = 2.0\ny = x²", "²", "write `**2`"),
    ("x = √4", "√", "sqrt"),
    ("let x = 3", "let x =", "write `x = …`"),
    ("lambda = 0.1", "lambda =", "write `lambda_`"),
    ("x = [1 2]", "1 2", "comma"),
    ("x = (1 +\ny", "(", "write `)`"),
    ("x = 10 000", "10 000", "write `10000`"),
    ("x = 5 +", "+", "right side"),
    ("x = 1 if 2", "1", "else"),
    ("1 = x", "1", "write `==`"),
    ("x = f'{1:x}'", "1", "{x:.3f}"),
    ("x = f'{1!r}'", "1", "{x}"),
    ("x = 1\nx is 1", "x is 1", "write `==`"),
    ("def f(): ...", "...", "write `pass`"),
    ("if __name__ == '__main__': pass", "__name__", "leave the test out"),
    ("try:\n    x = 1\nexcept:\n    pass", "try:", "ask beforehand"),
    ("with open('x') as f: pass", "with open('x') as f: pass", "leave the line out"),
    ("raise ValueError", "raise ValueError", "write `assert"),
    ("x = '{}'.format(1)", "'{}'.format", "f-string"),
    ("class A:\n    def __str__(self): return ''", "def __str__(self): return ''", "`__repr__`"),
    ("class A:\n    def __iadd__(self, o): return o", "def __iadd__(self, o): return o", "`__add__`"),
    ("x = input()", "input", "slider"),
    ("class A:\n    rate = 1\n    def f(self): return rate", "rate", "`self.rate`"),
    ("L = a * 2.0", "a", "assign it first: `a = …`"),
    ("loss.backward()", "loss", "assign it first"),
    ("a = 2.0\nL = A * 2", "A", "did you mean `a`?"),
    ("a = 2.0\nb = 3.0\nL = ab", "ab", "did you mean `a*b`?"),
    ("w = 2.0\nx = 3.0\nL = w·x", "w·x", "write `*`"),
    ("x = 1.0\ny = tanh x", "tanh x", "write `tanh(x)`"),
    ("f(x) = 3*x", "f", "def f(x)"),
    ("x = 2.5j", "2.5j", "write `2.5*j`"),
    ("def __add__(self, o):\n    return o", "def __add__(self, o):", "inside a class"),
    ("import torch.nn.functional as F", "torch.nn.functional as F", "there by name"),
    ("import torch\ntorch.autograd.grad(1, 2)", "torch.autograd", "write `grad(y, x)`"),
    ("y = 2.0\ny._backward()", "y._backward", "write `y.backward()`"),
]


@each(("text", "about", "advice"), ROWS)
def test_the_advice_fits_the_mistake(text: str, about: str, advice: str) -> None:
    found = first(text)
    assert found.span is not None
    assert text[slice(*found.span)] == about
    assert found.hint is not None
    assert advice in found.hint
    assert found.line == text[: found.span[0]].count("\n") + 1


@pytest.mark.parametrize("before", ["", "x = 1\n", "x = 1\r\n\r\n", "'''a\nb'''\r"])
def test_a_missing_bracket_names_the_line_it_opened_on(before: str) -> None:
    text = f"{before}y = abs(min(1, 2)\nz = 3\nz = 4\n"
    found = first(text)
    line = before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert found.message == f"the `(` opened on line {line} is never closed"
    assert found.line == line
    assert found.span == (len(before) + 7, len(before) + 8)


def test_a_wrong_bracket_names_the_line_of_its_partner() -> None:
    assert first("x = [1,\n2,\n3)").message == "`)` does not close the `[` opened on line 1"


@each("letter", LETTERS)
def test_every_letter_of_the_table_is_explained(letter: str) -> None:
    found = first(f"x = 1\ny = 2 {letter} 3" if letter != "\\" else "y = 2 \\ 3")
    assert (found.message, found.hint) == (f"`{letter}` is {LETTERS[letter][0]}", LETTERS[letter][1])


EXAMPLES = {
    "&&": "a && b",
    "||": "a || b",
    "===": "a === b",
    "!==": "a !== b",
    "<>": "a <> b",
    "=>": "a => b",
    "=<": "a =< b",
    "NAME ++ END": "a++",
    "NAME -- END": "a--",
    "NAME ++ )": "print(a++)",
    "START //": "// a",
    "START >> >": ">>> a",
    "START % NAME": "%matplotlib inline",
    "START ! NAME": "!pip install a",
    "START def NAME NAME": "def f x: return x",
    "| VALUE |": "y = |x|",
    "; ;": "x = 3;;",
    "?": "a ? b",
    "!": "print(!a)",
    "= =": "print(a = = b)",
    "* *": "a * * b",
    "START else if": "else if a: b",
    "START elseif": "elseif a: b",
    "START elsif": "elsif a: b",
    "START print VALUE": "print a",
    "START function NAME (": "function f(a)",
    "START func NAME (": "func f(a) c",
    "START fn NAME (": "fn f(a) c",
    "START import NAME from": "import a from b",
    "START NAME NAME =": "let a = 1",
    "START NAME :=": "a := 1",
    "START @": "@a b",
    "= if": "a = if b: c",
    "= for": "a = for b in c",
    "START KEYWORD =": "class = 1",
    "( KEYWORD =": "f(lambda=1)",
    ", KEYWORD =": "f(1, lambda=1)",
    "VALUE . KEYWORD": "a.lambda",
    "FACTOR ~NAME": "2a",
    ") ~NAME": "(a)b",
    ") ~NUMBER": "(a)2",
    ", ,": "f(a,, b)",
    "= END": "a =",
    "START OPENER": "/ a",
    "JOINER END": "a +",
    "JOINER )": "(a +)",
    "NUMBER NUMBER": "1 2",
    "NAME NAME": "a b",
    "VALUE NAME": "1 b",
    "VALUE NUMBER": "a 1",
    "NUMBER STRING": "1 'a'",
    "NAME STRING": "a 'b'",
}


def test_every_pattern_has_its_example() -> None:
    assert list(EXAMPLES) == [mistake.pattern for mistake in MISTAKES]


@each("mistake", MISTAKES)
def test_a_pattern_is_found_in_its_example(mistake: Mistake) -> None:
    found = first(EXAMPLES[mistake.pattern])
    assert found.message.startswith(mistake.message.partition("{")[0])
    assert found.hint is not None
    assert found.hint.startswith(mistake.hint.partition("{")[0])


@given(st.text(max_size=200))
def test_any_text_is_its_words_in_order(text: str) -> None:
    end = 0
    for word in words(text):
        assert word.start >= end
        assert text[word.start : word.end] == word.text
        end = word.end


FRAGMENTS = [
    "x",
    "=",
    "==",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    "\n",
    "    ",
    "if ",
    "else",
    "def ",
    "for ",
    " in ",
    "'",
]
FRAGMENTS += [
    '"',
    "f'",
    "'''",
    "\\",
    "#",
    "\t",
    "\r",
    "lambda ",
    "*",
    "**",
    ",",
    "1",
    "2.5",
    ".",
    "class ",
    "é",
    "“",
    "²",
]
FRAGMENTS += [
    "print",
    "return ",
    "await ",
    "yield ",
    "async ",
    "@",
    ":=",
    "->",
    "~",
    "not ",
    "is ",
    "None",
    "_",
    "\x0c",
    "😀",
]


@settings(deadline=None, max_examples=400)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)))
def test_any_text_is_taken_or_refused_in_our_own_words(text: str) -> None:
    try:
        check(text, Limits(), NAMES)
    except ProgramError as error:
        for finding in error.diagnostics:
            assert finding.line is not None
            assert finding.span is not None
            assert 0 <= finding.span[0] <= finding.span[1] <= len(text)
            assert not leaks(f"{finding.message}\n{finding.hint}", text)
