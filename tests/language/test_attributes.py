# ruff: noqa: E501  # a row is one line
"""Attributes: read and written by closed tables; classes of the program and what they inherit."""

from tests.each import each
from tests.language.agreement import ran
from tests.language.telling import Wrong, check_alike, check_wrong, said

ALIKE = [
    "a = 2.0\nb = a * 3\nb.backward()\nprint(a.data, a.grad, a.label, b.data, b.label, (a + 1).label)\nb.label = 'x'\nprint(b.label)",
    "a = 2.0\na.data = 5\na.data += 1\na.data -= 0.5\na.data *= 2\na.data /= 4\nprint(a.data, a)\na.grad = 3\na.grad += 1\nprint(a.grad)",
    "a = 2.0\nrate = 0.5\ny = a * a\ny.backward()\na.data -= rate * a.grad\na.grad = Value(7.0)\nprint(a.data, a.grad)",
    "a = 2.0\na.label = None\nb = a * 2\nb.label = 'named'\nc = b\nprint(a.label, b.label, c.label)",
    "class A: pass\na = A()\na.x = 1\na.x += 2\na.y = a.z = [0]\na.y.append(1)\nprint(a.x, a.y, a.z)",
    "class A:\n    n = 0\n    xs = []\n    def __init__(self):\n        A.n += 1\n        self.me = A.n\na, b = A(), A()\na.xs.append(1)\na.n = 9\nprint(a.n, b.n, A.n, A.xs, b.me)",
    "class A:\n    def f(self, x=1): return (self.k, x)\na = A()\na.k = 3\ng = a.f\na.k = 4\nprint(g(), g(2), A.f(a, 5), a.f(x=6))",
    "class A:\n    f = lambda self, x: x * 2\n    g = len\nprint(A().f(3), A.f(1, 4), A.g([1, 2]), A().g([1]))",
    "class A:\n    def f(self): return 'A' + self.g()\n    def g(self): return 'a'\nclass B(A):\n    def g(self): return 'b'\nclass C(B): pass\nprint(A().f(), B().f(), C().f())",
    "class A:\n    def __init__(self, x): self.x = x\nclass B(A):\n    def __init__(self, x, y):\n        super().__init__(x)\n        self.y = y\nclass C(B): pass\nb = C(1, y=2)\nprint(b.x, b.y, isinstance(b, A))",
    "class A:\n    def __init__(self): self._prev = ()\n    def set(self):\n        def back(): self._prev += (1,)\n        self._backward = back\na = A()\na.set()\na._backward()\na._backward()\nprint(a._prev)",
    "class A:\n    x = 1\n    y = x + 1\n    z = [y, x]\n    def f(self): return self.x\n    x = 5\nprint(A.x, A.y, A.z, A().f())",
    "x = 1\nclass A:\n    x = x + 1\n    def f(self): return x\nprint(A.x, A().f())",
    "def g():\n    x = 5\n    class A:\n        x = x\n    return A.x\nx = 1\nprint(g())",
    "x, y = 1, 2\nclass A:\n    z = x + y\n    x = x * 2\n    w = x + y\n    max = max\nprint(A.z, A.w, A.max(1, 2))",
    "def make(n):\n    class A:\n        k = n\n        def f(self): return n * self.k\n    return A\nprint(make(2)().f(), make(3).k)",
    "class A:\n    'docstring'\n    x: int = 5\n    y: float\nprint(A.x)",
    "from micrograd.nn import Module, Neuron\nclass Net(Module):\n    def __init__(self): self.a, self.b = Neuron(1), Neuron(1)\n    def __call__(self, x): return self.a(x) * self.b(x)\n    def parameters(self): return self.a.parameters() + self.b.parameters()\nn = Net()\ny = n([2.0])\ny.backward()\nprint(y, [p.grad for p in n.parameters()], isinstance(n, Module), isinstance(n.a, Module))\nn.zero_grad()\nprint([p.grad for p in n.parameters()])",
    "from engine.nn import Module\nclass A(Module): pass\nprint(A().parameters())\nA().zero_grad()",
    "class W:\n    def __init__(self): self.w = Value(2.0)\n    def __call__(self, x): return self.w * x\nm = W()\ny = m(3)\ny.backward()\nprint(m.w.grad, m.w.label)",
    "class A:\n    def __init__(self, **named):\n        self.named = named\nprint(A(x=1, y=2).named, A(**{'z': 3}).named)",
    "a = 2.0\nxs = [a, a * 2]\nxs[0].data = 7\nxs[1].grad = 1\nprint(a, xs)",
    "class A: pass\na = A()\na.f = lambda: 5\na.g = len\nprint(a.f(), a.g([1]))",
]  # fmt: skip
WRONG = [
    Wrong("class A:\n    x = 1\na = A()\na.x = 2\nclass B:\n    y = 1\nprint(a.y)", "attribute", 7, "an object of class A has no `y`"),
    Wrong("class A:\n    def f(self): return self.valeu\n    value = 1\n    valeu: int\nA().f()", "attribute", 2, "has no `valeu`", "did you mean `value`"),
    Wrong("class A: x = 1\nclass B: y = 1\nprint(A.y)", "attribute", 3, "class A has no `y`"),
    Wrong("class A: pass\nA().data", "attribute", 2, "an object of class A has no `data`"),
    Wrong("x = [1][0]\nx.data", "attribute", 2, "a whole number has no `data`", "Value("),
    Wrong("x = [[1]][0]\nx.grad", "attribute", 2, "a list has no `grad`"),
    Wrong("None.data", "attribute", 1, "None has no `data`"),
    Wrong("print.data", "attribute", 1, "a function has no `data`"),
    Wrong("a = 1.0\na.append(1)", "attribute", 2, "a Value has no `append`"),
    Wrong("[1].tanh()", "attribute", 1, "a list has no `tanh`"),
    Wrong("n = MLP(1, [1])\nn.w", "attribute", 2, "has no `w`"),
    Wrong("n = MLP(1, [1])\nn.data = 1", "attribute", 2, "`data` of an object of class MLP cannot be assigned"),
    Wrong("x = [5]\nx[0].data = 1", "attribute", 2, "`data` of a whole number cannot be assigned"),
    Wrong("def f(): pass\nf.data = 1", "attribute", 2, "`data` of a function cannot be assigned"),
    Wrong("xs = [Value]\nxs[0].grad = 1", "attribute", 2, "`grad` of a function cannot be assigned"),
    Wrong("a = 1.0\na.lr = 1", "attribute", 2, "`lr` of a Value cannot be assigned", "`data`, `grad` and `label` can"),
    Wrong("a = 1.0\na.data = 'x'", "type", 2, "this needs a number, and not a text"),
    Wrong("a = 1.0\na.data = None", "type", 2, "this needs a number, and not None"),
    Wrong("a = 1.0\na.grad = [1]", "type", 2, "this needs a number, and not a list"),
    Wrong("a = 1.0\na.label = 5", "type", 2, "a label is a text, and not a whole number"),
    Wrong("a = 1.0\na.data += 'x'", "type", 2, "`+` does not work on"),
    Wrong("o = SGD([], 0.1)\no.lr = 'x'", "type", 2, "this needs a number, and not a text"),
    Wrong("class A: pass\na = A()\nclass B(a): pass", "type", 3, "class B can build on a class of the program"),
    Wrong("class A(MLP): pass", "type", 1, "and not on `MLP`", "let it hold one"),
    Wrong("class A:\n    def f(self): super().__init__()\nA().f()", "type", 2, "`super()` stands in a method of a class that builds on another"),
    Wrong("class A:\n    def __init__(self): return 1\nA()", "type", 3, "`__init__` of A must return nothing"),
    Wrong("class A: pass\nA(1)", "arity", 2, "`A` takes 0 arguments, and 1 is given"),
    Wrong("class A:\n    def __init__(self, x): pass\nA()", "arity", 3, "`__init__` needs `x`"),
    Wrong("class A:\n    def f(): pass\nA().f()", "arity", 3, "`f` takes 0 arguments, and 1 is given"),
    Wrong("class A: pass\nA()()", "type", 2, "an object of class A cannot be called", "`__call__`"),
    Wrong("def f(x):\n    return x.data\nf('a')", "attribute", 2, "a text has no `data`"),
]  # fmt: skip


@each("source", ALIKE)
def test_attributes_and_classes_are_those_of_python(source: str) -> None:
    check_alike(source)


@each("row", WRONG)
def test_what_is_not_there_or_cannot_be_assigned_is_told(row: Wrong) -> None:
    check_wrong(row)


LABELS = [
    ("a = 2.0\nb = a * 3", "b", "b"),
    ("a = 2.0\nb = a * 3\nc = b", "c", "b"),
    ("a = 2.0\nb = c = a * 3", "c", "b"),
    ("a = 2.0\nb, c = a * 3, a * 4", "c", "c"),
    ("a = 2.0\nb, *c = [a * 3, a * 4]\nd = b", "d", "b"),
    ("a = 2.0\nfor k in [a * 3]: pass", "k", "k"),
    ("a = 2.0\nfor i, k in enumerate([a * 3]): pass", "k", "k"),
    ("a = 2.0\ndef f(p): return p\nb = f(a * 3)", "b", "p"),
    ("class A: pass\no = A()\no.w = Value(2.0)\nb = o.w", "b", "w"),
    ("a = 2.0\na += 1", "a", "a"),
    ("a, c = 2.0, 3.0\nc += a", "c", "c"),
    ("a = Value(2.0, label='x')", "a", "x"),
    ("a = 2.0\nprint((b := a * 2) > 1)", "b", "b"),
    ("a = 2.0\nb = [k for k in [a * 2]][0]", "b", "k"),
    ("b = MLP(1, [1]).layers[0].neurons[0].w[0]", "b", "layers[0].neurons[0].w[0]"),
]


@each(("source", "name", "label"), LABELS)
def test_the_first_name_of_a_value_is_its_label(source: str, name: str, label: str) -> None:
    assert ran(source).variables[name].label == label


def test_none_clears_a_gradient_as_it_does_in_pytorch() -> None:
    assert said("a = 2.0\n(a * a).backward()\na.grad = None\nprint(a.grad)") == "0.0\n"


def used(source: str) -> int:
    return ran(source).machine.meter.used


CLEARING = [
    ("a = Value(1.0)\nfor i in range(500): a = a * 1.01", "a.zero_grad()", 500),
    ("net = MLP(10, [100])", "net.zero_grad()", 1_100),
    ("net = MLP(10, [100])\nopt = SGD(net.parameters(), 0.1)", "opt.zero_grad()", 1_100),
]


@each(("before", "clearing", "cost"), CLEARING)
def test_clearing_is_charged_by_what_it_clears_and_noticed(before: str, clearing: str, cost: int) -> None:
    assert used(f"{before}\n{clearing}") - used(before) >= cost
    assert not ran(before).machine.cleared
    assert ran(f"{before}\n{clearing}").machine.cleared


NET = "net = MLP(2, [1])\nopt = SGD(net.parameters(), 0.1)\nnet([1.0, 2.0]).backward()\n"
OWN = "from micrograd.nn import Module\nclass Net(Module):\n    def __init__(self): self.w = [Value(2.0), Value(3.0)]\n    def parameters(self): return self.w\n"
CLEARED = [
    (f"{NET}net.zero_grad()", "[p.grad for p in net.parameters()]"),
    (f"{NET}opt.zero_grad()", "[p.grad for p in net.parameters()]"),
    (f"{OWN}n = Net()\n(n.w[0] * n.w[1]).backward()\nn.zero_grad()", "[w.grad for w in n.w]"),
]


@each(("source", "grads"), CLEARED)
def test_what_is_cleared_is_zero_and_was_not(source: str, grads: str) -> None:
    before, _, clearing = source.rpartition("\n")
    shown = said(f"{before}\nprint({grads})\n{clearing}\nprint({grads})").splitlines()
    assert shown[0] != shown[1]
    assert set(shown[1].strip("[]").split(", ")) == {"0.0"}


@each(
    "source",
    ["a = 2.0\na.grad = 0", "a = 2.0\na.grad = None", "class A: pass\na = A()\na.x = Value(1.0)\na.x.grad = 0"],
)
def test_an_assigned_gradient_is_noticed(source: str) -> None:
    assert ran(source).machine.cleared


def test_a_plain_number_has_an_item_as_what_torch_makes_of_one() -> None:
    assert said("import torch\nx = torch.tensor(2.5)\nprint(x, x.item())") == "2.5 2.5\n"
