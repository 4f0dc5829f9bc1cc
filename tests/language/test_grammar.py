"""The closed list: what the language takes and refuses, which assignments make inputs, how large a program may be."""

import ast
from dataclasses import replace

import pytest

from engine.language.errors import Diagnostic, LimitExceeded, SyntaxRejected
from engine.language.grammar import forms
from engine.language.grammar.checked import Checked, check
from engine.language.grammar.expressions import FINEST, WIDEST
from engine.language.limits import Limits
from tests.each import each
from tests.language.attacks import RUNNING, Attack
from tests.language.offered import NAMES


def checked(text: str) -> Checked:
    return check(text, Limits(), NAMES)


def findings(text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(SyntaxRejected) as caught:
        checked(text)
    return caught.value.diagnostics


TAKEN = [
    "a = 1\nb = a + 1 - 2 * 3 / 4 // 5 % 6 ** 7\nc = +a, -a, not a, a and b or a, a @ b",
    "x = 1 < 2 <= 3 != 4 == 5 > 6 >= 7\ny = 1 in [1], 2 not in (1,), x is None, x is not None, None is x",
    "x = 1 if 2 else 3\ny = [1], (1, 2), {1: 2}, {1}, [], (), {}",
    "x = [a for a in [1] if a for b in [a]], {a: a for a in [1]}, {a for a in [1]}, sum(a for a in [1])",
    "x = [1][0], [1][0:1], [1][::2], {(1, 2): 3}[1, 2]",
    "f = lambda a, *b, c=1, **d: a\nf(1, *[2], c=3)\nf(*[1], *[2])\nf(1, **{'c': 3}, **{})",
    "print(x := 1, x)\nif (y := 2) > 1: print(y)",
    "x = 'a' \"b\" r'\\d' 'c'\ny = f'{x} {1:.3f}'.upper()",
    "a, (b, *c) = 1, (2, 3)\n[d, e] = 1, 2\n*g, h = [1, 2]",
    "xs = [1]\nxs[0], p = 1, Value(1.0)\np.data, p.label = 1, 'a'",
    "p = Value(1.0)\np.data -= 0.1 * p.grad\np.grad = 0\nx: float = 1\ny: int\np.data: float = 2",
    "for i, (a, b) in enumerate([(1, 2)]):\n    if a: break\n    elif b: continue\n    else: pass\nelse: pass",
    "while 0: pass\nelse: x = 1",
    "def f(a, b=1, *c, d, e=2, **g) -> list[float]:\n    'doc'\n    return a\ndef g(): return",
    "def f():\n    x = 1\n    def g():\n        nonlocal x\n        global y\n        x = y = 2\nprint(y)",
    "assert 1\nassert 1, 'm'\na = b = 1\ndel a, b",
    "import math, random as r\nimport micrograd.engine, torch\nfrom micrograd.nn import MLP as M\nfrom math import *",
    "from random import *\nx = gauss(0, 1)",
    "import torch\nx = torch.tensor(2.0, requires_grad=True)\ny = torch.tanh(x)\ny.item()",
    "import micrograd.nn as nn\nfrom micrograd import nn as again\nn = nn.MLP(2, [1]), again.Layer(1, 1)",
    "class A:\n    'doc'\n    n: int = 1\n    m = n\n    def __init__(s): s._x = 1\n    def __call__(s): return s._x",
    "class A: pass\nclass B(A):\n    def __init__(self, *a):\n        super().__init__(*a, k=1)",
    "class A:\n    def __add__(self, o): return self\n    __radd__ = __add__\n    def __rmul__(s, o) -> 'A': pass",
    "class A: pass\na = A()\na.anything = 1\na._hidden = lambda: None\nprint(a.anything, a._hidden())",
    "import micrograd.nn\nclass Net(micrograd.nn.Module): pass",
    "def f(): return later\nlater = 1",
    "def f(x: 'Value', y: list[tuple[int, ...]] | None = None): pass",
    "if 1:\n    import math\n    def f(): pass\n    class A: pass",
    "_ = 1\n__x = 2\nprint(_, __x)\nmatch = case = type = 1",
    "x = 0xff, 0b1, 0o7, 1_000, 1e5, .5, 1., 1e400, True, None, ''",
    "'only a text'\n1",
    "a = 1; b = 2\n\n# comment\nc = 3",
]


@each("text", TAKEN)
def test_everything_the_language_has_is_taken(text: str) -> None:
    program = checked(text)
    assert program.source.text == text
    assert ast.dump(program.tree) == ast.dump(ast.parse(text))


@pytest.mark.parametrize("text", ["x = '\\d'", "x = 1or 2", "x = 0xfor 2", "x = 1.if 2 else 3", "x = 1_0if 2 else 3"])
def test_what_the_parser_warns_of_is_not_told(text: str, recwarn: pytest.WarningsRecorder) -> None:
    with pytest.warns((DeprecationWarning, SyntaxWarning)):
        ast.parse(text)
    recwarn.clear()
    checked(text)
    assert not recwarn.list


@each("attack", RUNNING)
def test_programs_that_are_hostile_only_when_they_run_are_taken(attack: Attack) -> None:
    assert checked(attack.text).scopes.module


SEED = """
import math, random
class Value:
    def __init__(self, data, _children=(), _op='', label=''):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._prev = set(_children)
        self._op = _op
        self.label=label
    def __repr__(self):
        return f"Value(data={self.data})"
    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), '+')
        def _backward():
            self.grad += 1.0 * out.grad
            other.grad += 1.0 * out.grad
        out._backward = _backward
        return out
    def __radd__(self, other):
        return self + other
    def tanh(self):
        x = self.data
        t = (math.exp(2*x) - 1)/(math.exp(2*x) + 1)
        out = Value(t, (self, ), 'tanh')
        def _backward():
            self.grad += (1 - t**2) * out.grad
        out._backward = _backward
        return out
    def backward(self):
        topo = []
        visited = set()
        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)
        build_topo(self)
        self.grad = 1.0
        for node in reversed(topo):
            node._backward()
class Neuron:
    def __init__(self, nin):
        self.w = [Value(random.uniform(-1,1)) for _ in range(nin)]
        self.b = Value(0)
    def __call__(self, x):
        act = sum((wi*xi for wi,xi in zip(self.w, x)), self.b)
        return act.tanh()
    def parameters(self):
        return self.w + [self.b]
n = Neuron(2)
for k in range(10):
    ypred = [n(x) for x in [[0.0, 1.0]]]
    loss = sum((yout - ygt)**2 for ygt, yout in zip([1.0], ypred))
    for p in n.parameters():
        p.grad = 0.0
    loss.backward()
    for p in n.parameters():
        p.data += -0.1 * p.grad
    if k%200==0:
        print(k, loss.data, f"pred: {ypred[0].data:.3f}")
"""


def test_the_classes_of_the_seed_are_taken() -> None:
    assert checked(SEED).inputs == ()


INPUTS = [
    ("a = 2.0", [("a",)]),
    ("a = -3\nb = +1", [("a",), ("b",)]),
    ("x = 2/3\ny = (1 + 2) * -3 ** 2 // 4 % 5", [("x",), ("y",)]),
    ("theta = pi/4\nx = e", [("theta",), ("x",)]),
    ("t = math.pi\nu = math.inf", [("t",), ("u",)]),
    ("import math as m\nt = m.pi * 2", [("t",)]),
    ("from math import pi as half\nt = half / 2", [("t",)]),
    ("a, b = 2.0, -3.0", [("a",), ("b",)]),
    ("[a, b] = 2.0, -3.0", [("a",), ("b",)]),
    ("a = b = 1.0", [("a", "b")]),
    ("a, b = c, d = 1, 2", [("a", "c"), ("b", "d")]),
    ("a: float = 2.0", [("a",)]),
    ("a = 1\na = 2", [("a",), ("a",)]),
    ("b = 1\na = b", [("b",)]),
    ("if 1:\n    a = 1.0\nfor i in [1]: b = 2.0\ndef f(): c = 3.0", []),
    ("e = 1\nx = e", [("e",)]),
    ("def f():\n    global pi\n    pi = 3\nx = pi", []),
    ("math = 1\nif math: import math\nx = math.pi", [("math",)]),
    ("a = True\nb = None\nc = 'x'", []),
    ("a = [1.0]\nb = (1.0, 2.0)\nc, d = [1.0, 2.0]", []),
    ("a, b = 1.0, 'x'", []),
    ("a, *b = 1.0, 2.0", []),
    ("xs = [1]\nxs[0] = 1.0\na, xs[0] = 1.0, 2.0", []),
    ("t = a, b = 1.0, 2.0", []),
    ("a += 1\na: int", []),
    ("a = 1 if 1 else 2\nb = abs(1)\nc = 1 < 2\nd = not 1\nf = 1 @ 2\ng = 1 and 2", []),
    ("print(a := 1.0)", []),
]


@each(("text", "names"), INPUTS)
def test_inputs_are_bare_numbers_assigned_by_the_module_itself(text: str, names: list[tuple[str, ...]]) -> None:
    found = checked(text).inputs
    assert [tuple(node.id for node in (one.target, *one.others)) for one in found] == names


def test_all_mistakes_are_reported_in_the_order_of_the_text() -> None:
    text = "x = nowhere\ntry: pass\nexcept: pass\ndef f(a, a): pass\nx.nothing\nimport os\ny = b''"
    found = findings(text)
    assert [one.line for one in found] == [1, 2, 4, 5, 6, 7]
    assert [one.code for one in found] == ["name", "syntax", "scope", "attribute", "import", "syntax"]


@pytest.mark.parametrize("text", ["import {}", "from {} import x", "import {} as x", "from {} import *"])
@pytest.mark.parametrize("name", ["nowhere", "nowhere.deep"])
def test_a_module_that_is_not_here_is_named(text: str, name: str) -> None:
    (finding,) = findings(text.format(name))
    assert finding.message == f"there is no module `{name}` here"


def test_twenty_mistakes_are_reported_at_most() -> None:
    found = findings("\n".join(f"x{number} = nowhere{number}" for number in range(50)))
    assert [one.line for one in found] == list(range(1, 21))


def test_what_follows_from_a_mistake_is_not_reported_again() -> None:
    text = "import os\nos.path.join('a')\nimport torch\ntorch.nn.Linear(1)\nnowhere.x.y"
    assert [(one.line, one.code) for one in findings(text)] == [
        (1, "import"),
        (4, "import"),
        (5, "name"),
        (5, "attribute"),
    ]


def test_names_bound_by_a_refused_statement_are_known_after_it() -> None:
    assert [one.line for one in findings("with abs(1) as f: pass\nprint(f)")] == [1]


def test_a_program_without_classes_has_no_attributes_of_its_own() -> None:
    assert [one.code for one in findings("x = 1.0\nx.foo = 1\nx.foo")] == ["attribute", "attribute"]


NODES = {name for name, kind in vars(ast).items() if isinstance(kind, type) and issubclass(kind, ast.stmt | ast.expr)}


def test_the_never_list_names_nodes_of_python() -> None:
    assert set(forms.NEVER) <= NODES


@each(
    "spec",
    ["", ".3f", "5d", ">10", "<8.2f", "^9", "*>6d", "=+9.1f", "+.2e", " d", "-.1g", "05d", ",", ",.2f", ".1%", "10s"],
)
def test_a_plain_format_is_taken(spec: str) -> None:
    checked(f"x = 1\ny = f'{{x:{spec}}}'")


@each("spec", ["x", "b", "o", "c", "n", "#x", "_d", "z.1f", ".f", "!r", "5.", "a", "__", ">>>5", "5x"])
def test_another_format_is_refused(spec: str) -> None:
    findings(f"x = 1\ny = f'{{x:{spec}}}'")


@pytest.mark.parametrize(("spec", "taken"), [(WIDEST, True), (WIDEST + 1, False)])
def test_a_format_has_a_greatest_width(spec: int, taken: bool) -> None:  # noqa: FBT001
    if taken:
        checked(f"f'{{1:{spec}d}}'")
    else:
        findings(f"f'{{1:{spec}d}}'")


@pytest.mark.parametrize(("digits", "taken"), [(FINEST, True), (FINEST + 1, False)])
def test_a_format_has_most_digits(digits: int, taken: bool) -> None:  # noqa: FBT001
    if taken:
        checked(f"f'{{1:.{digits}f}}'")
    else:
        findings(f"f'{{1:.{digits}f}}'")


SIZES = [
    ("source_bytes", 6, "é = 1", "é = 10"),
    ("tree_depth", 5, "x = 1 + 2 + 3", "x = 1 + 2 + 3 + 4"),
    ("tree_nodes", 10, "x = 1 + 2\n0", "x = 1 + 2\n0; 1"),
]


@pytest.mark.parametrize(("budget", "limit", "fits", "exceeds"), SIZES)
def test_a_program_of_just_the_allowed_size_is_taken(budget: str, limit: int, fits: str, exceeds: str) -> None:
    limits = replace(Limits(), **{budget: limit})
    check(fits, limits, NAMES)
    with pytest.raises(LimitExceeded) as caught:
        check(exceeds, limits, NAMES)
    (found,) = caught.value.diagnostics
    assert found.line is not None
    assert f"{limit:,}" in found.message


@pytest.mark.parametrize(
    ("fits", "exceeds"),
    [("x = 15", "x = 16"), ("x = 0xf", "x = 0x10"), ("x = 'abcdef'", "x = 'abcdefg'"), ("f'abcdef'", "f'abcdefg'")],
)
def test_a_literal_of_just_the_allowed_size_is_taken(fits: str, exceeds: str) -> None:
    limits = replace(Limits(), integer_bits=4, sequence=6)
    check(fits, limits, NAMES)
    with pytest.raises(SyntaxRejected) as caught:
        check(exceeds, limits, NAMES)
    assert caught.value.diagnostics[0].limit is not None


def test_a_sum_of_250_terms_is_taken_and_one_of_500_is_too_deep() -> None:
    checked("a = 1\nb = " + "+".join(["a"] * 250))
    with pytest.raises(LimitExceeded) as caught:
        checked("a = 1\nb = " + "+".join(["a"] * 500))
    assert caught.value.limit == "syntax depth"
    assert caught.value.diagnostics[0].line == 2


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_the_line_of_a_mistake_is_exact(line_break: str) -> None:
    text = line_break.join(["'''", "'''", "x = (1 +", "  nowhere)", "# end"])
    (found,) = findings(text)
    assert found.line == 4
    assert found.span is not None
    assert text[slice(*found.span)] == "nowhere"


def test_comments_and_blank_lines_change_nothing() -> None:
    one, other = checked("a = 1\nb = a * a"), checked("# first\n\na = 1   # one\n\n\nb = a * a\n\n")
    assert ast.dump(one.tree) == ast.dump(other.tree)
