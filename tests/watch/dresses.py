"""Engines as learners write them: one table of operations, dressed in many ways, and a walk back for each dress.

A dress is a function from operations and a walk to the text of a class. A right engine and its mutants differ only in
what the table or the walk says.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache


@dataclass(frozen=True)
class Operation:
    """A method: its number of `a`, `b` and its slopes, of `a`, `b` and `out`, as text; how a deposit is written.

    `targets` are the nodes that the deposits go to, `signs` how they are assigned, `factor` what they are times.
    """

    method: str
    forward: str
    slopes: tuple[str, ...]
    wraps: bool = True
    extra: str = ""  # a parameter that is a plain number
    targets: tuple[str, ...] = ("a", "b")
    signs: tuple[str, ...] = ("+=", "+=")
    factors: tuple[str, ...] = ("out.G", "out.G")

    @property
    def two(self) -> bool:
        """Whether there are two operands."""
        return len(self.slopes) == 2


OPERATIONS = (
    Operation("__add__", "a + b", ("1.0", "1.0")),
    Operation("__mul__", "a * b", ("b", "a")),
    Operation("__sub__", "a - b", ("1.0", "-1.0")),
    Operation("__truediv__", "a / b", ("1.0 / b", "-a / b**2")),
    Operation("__neg__", "-a", ("-1.0",)),
    Operation("__pow__", "a ** k", ("k * a ** (k - 1)",), extra="k"),
    Operation("tanh", "math.tanh(a)", ("1.0 - out**2",)),
    Operation("exp", "math.exp(a)", ("out",)),
    Operation("log", "math.log(a)", ("1.0 / a",)),
    Operation("relu", "a if a > 0 else 0.0", ("1.0 if out > 0 else 0.0",)),
    Operation("sigmoid", "1.0 / (1.0 + math.exp(-a))", ("out * (1.0 - out)",)),
)
PROGRAM = """
x = Value(0.7)
y = Value(-1.3)
z = Value(2.1)
p = x*y + z
q = p*x - y/z
r = (q + p).tanh()
s = (r*r + x**3).exp()
t = (s + z.log()).relu() * 0.5
u = (-p).sigmoid() * t
v = (p - s) * u + s*r
w = v + q*q
w.backward()
"""
REFLECTED = """
    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other
"""


@dataclass(frozen=True)
class Names:
    """What attributes are called, and what links are kept in."""

    data: str = "data"
    grad: str = "grad"
    links: str = "_prev"
    keep: str = "set({})"


@dataclass(frozen=True)
class Dress:
    """A way to write an engine: its names, how methods are written, and its right walks."""

    name: str
    names: Names
    method: Callable[["Dress", Operation], str]
    head: str
    walk: str
    tail: str = ""

    def source(self, operations: Sequence[Operation] = OPERATIONS, program: str = PROGRAM) -> str:
        """The text of the class, and of a program that uses it."""
        methods = "".join(self.method(self, one) for one in operations)
        return "import math\n\n" + self.spelled(self.head + methods + REFLECTED + self.walk + self.tail) + program

    def spelled(self, text: str) -> str:
        """A text with the names put in."""
        keep = self.names.keep
        for mark, name in (
            ("KEEP(", keep.split("{}")[0]),
            (".D", f".{self.names.data}"),
            (".G", f".{self.names.grad}"),
        ):
            text = text.replace(mark, name)
        return text.replace(".L", f".{self.names.links}").replace(")KEPT", f"{keep.split('{}')[1]}")


@cache
def numbers(text: str, a: str, b: str, out: str) -> str:
    """An expression with the names of numbers in the place of `a`, `b`, `out`."""
    words = {"a": a, "b": b, "out": out}
    found, word = [], ""
    for letter in text + " ":
        if letter.isalnum() or letter in "_.":
            word += letter
            continue
        found.append(words.get(word, word) + letter)
        word = ""
    return "".join(found).strip()


def definition(one: Operation) -> str:
    """The head of a method, and the wrapping of its other operand."""
    other = ", other" if one.two else f", {one.extra}" if one.extra else ""
    wrap = "        other = other if isinstance(other, Value) else Value(other)\n" if one.two and one.wraps else ""
    return f"\n    def {one.method}(self{other}):\n{wrap}"


def made(one: Operation) -> str:
    """The line that makes the result."""
    children = "(self, other)" if one.two else "(self,)"
    return (
        f"        out = Value({numbers(one.forward, 'self.D', 'other.D', '')}, {children}, '{one.method.strip('_')}')\n"
    )


def deposits(one: Operation, a: str, b: str, out: str, indent: str) -> str:
    """The lines that write the gradients."""
    found = ""
    for i, slope in enumerate(one.slopes):
        name = {"a": a, "b": b, "out": out}[one.targets[i]]
        factor = one.factors[i].replace("out.", f"{out}.").replace("a.", f"{a}." if out != "a" else "a.")
        local = numbers(slope, f"{a}.D", f"{b}.D", f"{out}.D")
        amount = f"({local}) * {factor}" if factor else local
        if one.signs[i]:
            found += f"{indent}{name}.G {one.signs[i]} {amount}\n"
    return found or f"{indent}pass\n"


def closure(_dress: Dress, one: Operation) -> str:
    """`_backward` as a closure."""
    inside = deposits(one, "self", "other", "out", "            ")
    return (
        definition(one)
        + made(one)
        + f"        def _backward():\n{inside}        out._backward = _backward\n        return out\n"
    )


def branch(_dress: Dress, one: Operation) -> str:
    """The method of a class whose `_backward` asks which operation it was."""
    keep = f"        out.k = {one.extra}\n" if one.extra else ""
    return definition(one) + made(one) + keep + "        return out\n"


def locals_(_dress: Dress, one: Operation) -> str:
    """The method of a class that keeps the slopes in a list."""
    out = one.forward
    slopes = ", ".join(numbers(slope, "self.D", "other.D", "n") for slope in one.slopes)
    children = "(self, other)" if one.two else "(self,)"
    return (
        definition(one)
        + f"        n = {numbers(out, 'self.D', 'other.D', '')}\n"
        + f"        return Value(n, {children}, '{one.method.strip('_')}', ({slopes},))\n"
    )


def branches(operations: Sequence[Operation]) -> str:
    """The `_backward` of the dress with branches."""
    found = "\n    def _backward(self):\n"
    for i, one in enumerate(operations):
        word = "elif" if i else "if"
        names = "a, b = self.L" if one.two else "a, = self.L"
        body = deposits(one, "a", "b", "self", "            ").replace("k *", "self.k *").replace("(k -", "(self.k -")
        found += f"        {word} self.op == '{one.method.strip('_')}':\n            {names}\n{body}"
    return found


@dataclass(frozen=True)
class Branching(Dress):
    """The dress whose rules stand in one method."""

    def source(self, operations: Sequence[Operation] = OPERATIONS, program: str = PROGRAM) -> str:
        """The text, the rules of the operations among it."""
        return replace(self, tail=branches(operations)).base(operations, program)

    def base(self, operations: Sequence[Operation], program: str) -> str:
        """The text as other dresses have it."""
        return Dress.source(self, operations, program)


CLOSURE_HEAD = """class Value:
    def __init__(self, data, _children=(), _op='', label=''):
        self.D = data
        self.G = 0.0
        self._backward = lambda: None
        self.L = KEEP(_children)KEPT
        self._op = _op
        self.label = label
"""
BRANCH_HEAD = """class Value:
    def __init__(self, data, inputs=(), op=''):
        self.D = float(data)
        self.G = 0
        self.L = KEEP(inputs)KEPT
        self.op = op
        self.k = None
"""
LOCAL_HEAD = """class Value:
    def __init__(self, data, children=(), op='', local=()):
        self.D = data
        self.G = 0.0
        self.op = op
        self.L = KEEP(children)KEPT
        self.local = local
"""
TOPO = """
    def backward(self):
        topo = []
        visited = set()
        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v.L:
                    build_topo(child)
                topo.append(v)
        build_topo(self)
        self.G = 1.0
        for node in reversed(topo):
            node._backward()
"""
LIST_TOPO = """
    def topo(self, seen, order):
        if self in seen:
            return
        seen.append(self)
        for one in self.L:
            one.topo(seen, order)
        order.append(self)

    def backward(self):
        order = []
        self.topo([], order)
        for v in order:
            v.G = 0
        self.G = 1
        order.reverse()
        for v in order:
            v._backward()
"""
COUNTED = """
    def backward(self):
        count = {}
        todo = [self]
        while todo:
            v = todo.pop()
            for child in v.L:
                count[child] = count.get(child, 0) + 1
                if count[child] == 1:
                    todo.append(child)
        self.G = 1.0
        ready = [self]
        while ready:
            v = ready.pop()
            v._backward()
            for child in v.L:
                count[child] = count[child] - 1
                if count[child] == 0:
                    ready.append(child)
"""
CENTRAL = """
    def backward(self):
        order = []
        seen = set()
        def visit(v):
            if v in seen:
                return
            seen.add(v)
            for child in v.L:
                visit(child)
            order.append(v)
        visit(self)
        self.G = 1.0
        for v in reversed(order):
            for child, local in zip(v.L, v.local):
                child.G += local * v.G
"""
PATHS = """
    def backward(self, grad=1.0):
        self.G += grad
        for child, local in zip(self.L, self.local):
            child.backward(local * grad)
"""
LEVELS = """
    def backward(self):
        found = [self]
        for v in found:
            for child in v.L:
                if child not in found:
                    found.append(child)
        self.G = 1.0
        for v in sorted(found, key=lambda v: -v.number):
            for i in range(len(v.L)):
                v.L[i].G += v.G * v.local[i]
"""
DRESSES: tuple[Dress, ...] = (
    Dress("closure", Names(), closure, CLOSURE_HEAD, TOPO),
    Dress("closure, tuple", Names("value", "gradient", "parents", "tuple({})"), closure, CLOSURE_HEAD, COUNTED),
    Branching("branches", Names(links="inputs", keep="list({})"), branch, BRANCH_HEAD, LIST_TOPO),
    Dress("slopes", Names(links="prev", keep="tuple({})"), locals_, LOCAL_HEAD, CENTRAL),
    Dress("paths", Names("x", "dx", "inputs", "list({})"), locals_, LOCAL_HEAD, PATHS),
    Dress(
        "two classes",
        Names("val", "adj", "sources", "tuple({})"),
        locals_,
        """class Counter:
    def __init__(self):
        self.next = 0

counter = Counter()

"""
        + LOCAL_HEAD
        + "        counter.next += 1\n        self.number = counter.next\n",
        LEVELS,
    ),
)
