# ruff: noqa: E501  # a row is one line
"""The names that exist: operations, Python's builtins, math, random, nets, losses, optimizers, data, derivatives."""

import math
import random

import pytest

from engine.language.names import NAMES
from engine.ops import OPS
from tests.each import each
from tests.language.agreement import ran
from tests.language.telling import Wrong, check_alike, check_wrong, said

# What LANGUAGE lists.
OPERATIONS = """exp expm1 log log1p log2 log10 sqrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh sigmoid relu
leaky_relu elu gelu silu softplus erf abs sign step floor max min pow atan2 hypot"""
BUILTINS = """abs all any bool dict enumerate filter float int isinstance len list map max min pow print range repr reversed
round set sorted str sum tuple type zip"""
OTHERS = """Value grad Neuron Layer MLP mse hinge cross_entropy softmax SGD Adam cosine step_decay warmup xor moons circles
spiral blobs pi e math random"""
DRAWS = ["random", "uniform", "gauss", "randint", "choice", "shuffle", "sample"]
ALIKE = [
    "print(abs(-3), abs(-2.5), abs(True), max(3, 1, 2), min([2, 1]), max('b', 'a'), pow(2, 10), pow(2, -1), pow(0.5, 2))",
    "print(sum([1, 2.5]), sum([]), sum([1], 10), sum([[1], [2]], []), sum((1, 2), start=5), sum(range(5)), sum([True, True]))",
    "a = 2.0\nprint(sum([a, 1]), sum([1, a]), sum([a]), sum([a, a], a), sum([], a), sum([1, 2], a), sum([a, 1], 0))",
    "a = 2.0\nprint(max(a, 1), max(1, a), min([a, 3, a]), max(a, Value(2.0)), max([a], key=lambda k: 1), max([], default=a))",
    "print(max([3, 1], key=lambda x: -x), min('ab', 'b', key=len), max([1, 2], [1, 3]), max([], default=None), min((2,)))",
    "print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5, -2), round(7), round(1e20), round(2, 1), round(True))",
    "print(int(3.9), int(-3.9), int('12'), int(' -7 '), int(), int(True), float('1.5'), float(3), float(), float('inf'), float('1e3'))",
    "print(bool(0), bool('a'), bool([]), bool(), str(1.5), str(), str([1]), str('a'), list('ab'), list(), tuple([1]), tuple())",
    "print(dict(), dict({1: 2}), dict([(1, 2), ('a', 3)]), dict(a=1, b=2), dict({1: 2}, c=3), dict(zip('ab', [1, 2])))",
    "print(set(), set([1, 1, 2]), len(set('abca')), list(set([3, 1, 3])))",
    "print(len('abc'), len([1]), len(()), len({1: 2}), len({1}), len(range(5)), len('é漢'))",
    "print(all([]), any([]), all([1, 'a']), any([0, '', None]), any(x > 1 for x in [1, 2]), all(x > 1 for x in [1, 2]))",
    "print(list(map(lambda x, y: x * y, [1, 2], [3, 4])), list(map(str, [1])), list(map(len, ['ab', ''])), list(map(int, '12')))",
    "print(list(filter(lambda x: x > 1, [1, 2, 3])), list(filter(None, [0, 1, '', 'a'])))",
    "print(list(zip([1, 2], 'ab', (True, False))), list(zip()), list(zip([1, 2], [3])), list(zip([1], [2], strict=True)))",
    "print(list(enumerate('ab')), list(enumerate('ab', 5)), list(enumerate([1], start=-1)), list(reversed('ab')), list(reversed(range(3))))",
    "print(list(range(3)), list(range(1, 4)), list(range(5, 0, -2)), range(2, 9)[2])",
    "print(isinstance(1, int), isinstance(1.0, int), isinstance(True, int), isinstance(1, (str, float)), isinstance('a', str), isinstance([], (list, tuple)), isinstance({}, dict), isinstance({1}, set), isinstance(None, int), isinstance(Value(1.0), Value), isinstance(1.0, Value))",
    "n = 3\nx = 2.5\nprint(isinstance(n, int), isinstance(n, float), isinstance(n, Value), isinstance(x, int), isinstance(x, (int, float)), isinstance(n * 1, float))",
    "class A: pass\nclass B(A): pass\nprint(isinstance(B(), A), isinstance(A(), B), isinstance(A(), (int, A)), type(B()) == B, type(A()) == type(B()))",
    "print(type(1) == int, type(1.0) == float, type('') == str, type([]) == list, type({}) == dict, type(()) == tuple, type(True) == bool, type(1) == type(2))",
    "print(repr('a'), repr(1), repr([1, 'a']), repr(None), repr(1.5))",
    "a = 2.0\nprint(int(a), float(a), round(a), int(Value(3.7)), float(Value(3.7)), round(Value(3.7)), round(Value(3.14159), 2), bool(a))",
    "print(math.pi, math.e, math.inf, math.nan, math.sqrt(4), math.floor(2.5), math.tanh(0.5), math.log(1), math.hypot(3, 4), math.atan2(1, 1), pi, e)",
    "print(sqrt(2), exp(1), sin(1), floor(-2.5), sigmoid(0), relu(-1), sign(-3), step(2), erf(0.5), gelu(1.0), softplus(0), abs(-1))",
    "from math import sqrt, pi as p\nimport math as m\nprint(sqrt(4), p, m.cos(0))",
    "random.seed(7)\nprint(random.random(), random.uniform(1, 2), random.gauss(0, 1), random.gauss(), random.randint(1, 6), random.choice('abc'), random.choice([1, 2]), random.sample(range(9), 3))\nx = [1, 2, 3, 4, 5]\nrandom.shuffle(x)\nprint(x)",
    "random.seed('text')\nprint(random.random())\nrandom.seed(1.5)\nprint(random.random())\nn = 3\nrandom.seed(n)\nprint(random.random())",
    "import random as r\nfrom random import gauss\nr.seed(1)\nprint(r.random(), gauss(0, 2))",
    "n = Neuron(2)\nprint(n, len(n.w), n.w[0], n.b, n([1.0, 2.0]), len(n.parameters()))\nn.zero_grad()",
    "n = Neuron(2, 'relu')\nm = Layer(2, 3, activation='sigmoid')\nprint(n, m, n([1, 2]), m([1.0, 2.0]), len(m.neurons), len(m.parameters()))",
    "n = MLP(2, [3, 1])\nprint(n, n([1.0, 2.0]), len(n.layers), n.layers[0].neurons[1].w[0], len(n.parameters()))",
    "n = MLP(2, [2, 2], last='linear')\ny = n([1.0, Value(2.0)])\nprint(y, n)\nsum(y).backward()\nprint([p.grad for p in n.parameters()])",
    "from micrograd.nn import MLP, Layer, Neuron\nprint(MLP(2, [2, 1]), Layer(2, 1), Neuron(2, nonlin=False), MLP(2, [2, 1])([1.0, 2.0]))",
    "a, b = 0.5, 2.0\nprint(mse([a, b], [1, 2]), hinge([a, b], [1, -1]), softmax([a, b, 1.0]), cross_entropy([a, b], 1), mse(a, 1.0))",
    "a = 2.0\no = SGD([a], 0.1)\ny = a * a\ny.backward()\no.step()\nprint(a, o.lr)\no.lr = 0.5\no.zero_grad()\nprint(a.grad, o.lr)",
    "a, b = 2.0, 1.0\no = Adam([a, b], lr=0.1)\nfor i in range(3):\n    y = (a - b) ** 2\n    o.zero_grad()\n    y.backward()\n    o.step()\nprint(a.data, b.data)",
    "a = 2.0\no = SGD([a], lr=0.1, momentum=0.9)\nfor i in range(3):\n    a.grad = 0\n    (a * a).backward()\n    o.step()\nprint(a.data)",
    "print([cosine(i, 4) for i in range(5)], cosine(1, 4, lr=0.1, last=0.01), step_decay(5, 2), step_decay(3, 2, 1.0, 0.5), warmup(1, 4), warmup(9, 4, lr=0.1))",
    "print(xor(), moons(4), moons(4, 0.2), circles(4), spiral(4), blobs(6), moons(n=2, noise=0.0))",
    "x = 3.0\ny = x ** 3 * 2.0\ng = grad(y, x)\nh = grad(g, x)\nprint(g, h, grad(h, x))\nh.backward()\nprint(x.grad)",
    "x, z = 3.0, 2.0\nprint(grad(x * z, [x, z]), grad(x * 1, z), grad(x, x))",
    "x = 2.0\ny = tanh(x)\nprint(x.tanh(), y.exp().log(), x.relu(), (x * 1).sqrt(), x.item(), x.detach(), y.label, (x + y).label)",
]  # fmt: skip
WRONG = [
    Wrong("math.log(-1)", "value", 1, "`log` needs x > 0, but is given -1"),
    Wrong("sqrt(-1)", "value", 1, "`sqrt` needs"),
    Wrong("math.exp(1000)", "value", 1, "too large"),
    Wrong("acos(2)", "value", 1, "`acos` needs"),
    Wrong("tanh('a')", "type", 1, "`tanh` needs numbers or Values, and not a text"),
    Wrong("tanh([1.0])", "type", 1, "`tanh` needs numbers or Values, and not a list", "[tanh(x) for x in xs]"),
    Wrong("tanh(None)", "type", 1, "and not None"),
    Wrong("tanh()", "arity", 1, "`tanh` takes 1 argument, and 0 are given"),
    Wrong("tanh(1, 2)", "arity", 1, "`tanh` takes 1 argument, and 2 are given"),
    Wrong("tanh(x=1)", "arity", 1, "`tanh` takes"),
    Wrong("atan2(1)", "arity", 1, "`atan2` takes 2 arguments, and 1 is given"),
    Wrong("max()", "value", 1, "`max` of nothing"),
    Wrong("max([])", "value", 1, "`max` of nothing", "`default=`"),
    Wrong("max(5)", "type", 1, "cannot be run over"),
    Wrong("max([1, 'a'])", "type", 1, "`>` does not work"),
    Wrong("sum(5)", "type", 1, "cannot be run over"),
    Wrong("sum(['a'])", "type", 1, "`+` does not work"),
    Wrong("sum([[1]])", "type", 1, "`+` does not work"),
    Wrong("len(5)", "type", 1, "a whole number has no length"),
    Wrong("a = 1.0\nlen(a)", "type", 2, "a Value has no length"),
    Wrong("range()", "arity", 1, "`range` takes"),
    Wrong("range(1.5)", "type", 1, "`range` needs whole numbers, and 1.5 is none", "`int(…)` makes one"),
    Wrong("x = 1.5\nrange(x)", "type", 2, "`range` needs whole numbers, and 1.5 is none", "`int(…)` makes one"),
    Wrong("range('a')", "type", 1, "`range` needs whole numbers, and a text is none"),
    Wrong("range(1, 2, 0)", "value", 1, "the step of `range` cannot be 0"),
    Wrong("int('abc')", "value", 1, "'abc' does not spell a whole number"),
    Wrong("int('1.5')", "value", 1, "does not spell a whole number"),
    Wrong("float('x')", "value", 1, "'x' does not spell a number"),
    Wrong("int([1])", "type", 1, "this needs a number, and not a list"),
    Wrong("int(math.nan)", "value", 1, "nan is no whole number"),
    Wrong("round('a')", "type", 1, "this needs a number, and not a text"),
    Wrong("round(math.inf)", "value", 1, "inf is no whole number"),
    Wrong("dict([1])", "type", 1, "cannot be run over"),
    Wrong("dict([(1,)])", "value", 1, "`dict` needs pairs, and one has 1 elements"),
    Wrong("isinstance(1, 2)", "type", 1, "`isinstance` needs a type"),
    Wrong("isinstance(1, 'int')", "type", 1, "`isinstance` needs a type"),
    Wrong("list(zip([1], [1, 2], strict=True))", "value", 1, "differ in length"),
    Wrong("list(map(5, [1]))", "type", 1, "a whole number cannot be called"),
    Wrong("Value('a')", "type", 1, "this needs a number, and not a text"),
    Wrong("Value([1])", "type", 1, "this needs a number, and not a list"),
    Wrong("Value()", "arity", 1, "`Value` takes 1 to 2 arguments"),
    Wrong("Value(1.0, label=5)", "type", 1, "a label is a text"),
    Wrong("import torch\ntorch.tensor([1.0])", "type", 2, "a tensor here holds one"),
    Wrong("grad(1, 2)", "type", 1, "`grad` needs Values"),
    Wrong("a = 1.0\ngrad(a, 2)", "type", 2, "`grad` needs Values"),
    Wrong("MLP(2)", "arity", 1, "`MLP` takes 2 to"),
    Wrong("MLP(2, 3)", "type", 1, "the sizes of the layers come as a list"),
    Wrong("MLP(2.5, [1])", "type", 1, "a size is a whole number, and not a number"),
    Wrong("MLP(2, [0])", "value", 1, "a whole number from 1"),
    Wrong("MLP(2, [1], 'nothing')", "value", 1, "there is no activation nothing"),
    Wrong("MLP(2, [1])([1.0])", "value", 1, "a neuron with 2 weights takes as many numbers, but got 1"),
    Wrong("MLP(2, [1])()", "arity", 1, "`MLP` takes 1 argument"),
    Wrong("MLP(2, [1])(['a', 'b'])", "type", 1, "a net needs numbers or Values, and one is a text"),
    Wrong("mse([1.0], [1.0, 2.0])", "value", 1, "of the same length"),
    Wrong("mse(['a'], [1.0])", "type", 1, "a loss needs numbers or Values, and one is a text"),
    Wrong("cross_entropy([1.0], 5)", "value", 1, "5 was given"),
    Wrong("SGD([1.0], 0.1)", "type", 1, "an optimizer moves Values, and one is a number", "net.parameters()"),
    Wrong("SGD(5, 0.1)", "type", 1, "cannot be run over"),
    Wrong("moons('a')", "type", 1, "a size is a whole number, and not a text"),
    Wrong("moons(10 ** 9)", "limit", 1, "sequence length"),
    Wrong("random.choice([])", "value", 1, "nothing to choose from"),
    Wrong("random.randint(5, 1)", "value", 1, "5 is above 1"),
    Wrong("random.sample([1], 2)", "value", 1, "cannot take 2 of 1"),
    Wrong("random.shuffle((1, 2))", "type", 1, "`shuffle` needs a list, and not a tuple"),
    Wrong("random.uniform('a', 1)", "type", 1, "this needs a number"),
    Wrong("print(x=1)", "arity", 1, "`print` takes no argument `x`"),
    Wrong("sorted([1], lambda x: x)", "arity", 1, "`sorted` takes"),
    Wrong("enumerate([1], 1.5)\nlen(1)", "type", 2, "no length"),
]  # fmt: skip


@each("name", [*OPERATIONS.split(), *BUILTINS.split(), *OTHERS.split()])
def test_every_name_that_is_promised_exists(name: str) -> None:
    assert name in NAMES


@each("name", OPERATIONS.split())
def test_every_operation_works_on_numbers_values_as_function_of_math_and_as_method(name: str) -> None:
    op = OPS[name]
    point = ", ".join(map(repr, op.samples[0]))
    first, *others = op.samples[0]
    values = ", ".join([f"Value({first!r})", *map(repr, others)])
    check_alike(f"print({name}({point}), math.{name}({point}), {name}({values}), math.{name}({values}))")
    check_alike(f"import torch\ny = torch.{name}({values})\nprint(y)")
    if not others:
        check_alike(f"a = Value({first!r})\nb = a.{name}()\nb.backward()\nprint(a.grad, b)")


@each("source", ALIKE)
def test_the_library_does_what_it_does_in_python(source: str) -> None:
    check_alike(source)


@each("row", WRONG)
def test_what_the_library_does_not_take_is_told(row: Wrong) -> None:
    check_wrong(row)


def test_random_numbers_are_those_of_pythons_own_generator() -> None:
    python = random.Random(0)
    expected = [python.random(), python.uniform(1, 2), python.gauss(0, 1), python.randint(1, 9)]
    assert (
        ran("x = [random.random(), random.uniform(1, 2), random.gauss(0, 1), random.randint(1, 9)]").variables["x"]
        == expected
    )


# Numbers at the edge: where Values go on and the answer warns, plain numbers go wrong.
EDGES = [
    ("a / b", 1.0, 0.0, math.inf),
    ("a / b", -1.0, 0.0, -math.inf),
    ("a / b", 0.0, 0.0, math.nan),
    ("log(a)", 0.0, 0.0, -math.inf),
    ("log(a)", -1.0, 0.0, math.nan),
    ("sqrt(a)", -1.0, 0.0, math.nan),
    ("a ** (1/3)", -8.0, 0.0, math.nan),
    ("exp(a)", 1000.0, 0.0, math.inf),
    ("a ** b", 0.0, -1.0, math.inf),
    ("a * b", 1e308, 10.0, math.inf),
    ("acos(a)", 2.0, 0.0, math.nan),
    ("a % b", 5.0, 0.0, math.nan),
]


@each(("expression", "a", "b", "result"), EDGES)
def test_values_follow_ieee_arithmetic(expression: str, a: float, b: float, result: float) -> None:
    found = ran(f"a = {a}\nb = {b}\nc = {expression}").variables["c"].data
    assert found == result or (math.isnan(found) and math.isnan(result))


KINKS = [
    ("relu(a)", 0.0, 0.0),
    ("abs(a)", 0.0, 0.0),
    ("sign(a)", 0.0, 0.0),
    ("step(a)", 0.0, 0.0),
    ("floor(a)", 2.0, 0.0),
    ("max(a, 3.0)", 3.0, 0.5),
    ("min(a, 3.0)", 3.0, 0.5),
    ("max(a, 3.0, 3.0)", 3.0, 0.25),
    ("max(3.0, 3.0, a)", 3.0, 0.5),
    ("sqrt(a)", 0.0, math.inf),
    ("a ** 0", 0.0, 0.0),
    ("a ** 0", 5.0, 0.0),
    ("0 ** a", 2.0, 0.0),
    ("0 ** a", 0.0, 0.0),
    ("(-2) ** a", 2.0, math.nan),
    ("2 ** a", 3.0, 8 * math.log(2)),
    ("a // 2", 5.0, 0.0),
    ("a % 2", 5.0, 1.0),
    ("7 // a", 2.0, 0.0),
    ("7 % a", 2.0, -3.0),
    ("leaky_relu(a)", -1.0, 0.01),
    ("elu(a)", -1.0, math.exp(-1)),
    ("sqrt(a) * 0", 0.0, math.nan),
    ("sigmoid(a)", 1e308, 0.0),
    ("tanh(a)", -1e308, 0.0),
    ("softplus(a)", 1e308, 1.0),
    ("gelu(a)", 1e308, 1.0),
    ("gelu(a)", -1e308, 0.0),
]


@each(("expression", "at", "slope"), KINKS)
def test_slopes_at_kinks_and_far_out_are_those_that_are_promised(expression: str, at: float, slope: float) -> None:
    found = ran(f"a = {at}\nc = {expression}").inputs[0].grad
    assert found == pytest.approx(slope, rel=1e-15, nan_ok=True)


def test_between_plain_numbers_pythons_rules_hold() -> None:
    assert said("print(7 // 2, 2 ** 3, 1 / 4, max(1, 2.0), abs(-2))") == "3 8 0.25 2.0 2\n"
    check_wrong(Wrong("x = [1]\ny = 1 / 0", "zero_division", 2, "divides by zero"))
