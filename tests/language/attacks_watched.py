# ruff: noqa: E501  # a row is one line
"""Hostile programs with a class of their own that computes: what they may try to get at while they are watched."""

from tests.language.hostile import Attack, rows

ENGINE = """\
class V:
    def __init__(self, data, links=()):
        self.data = data
        self.grad = 0.0
        self.links = links
    def __add__(self, other):
        return V(self.data + other.data, (self, other))
    def __mul__(self, other):
        return V(self.data * other.data, (self, other))
a = V(2.0)
b = a * a + a
"""
REACHES = {  # what a number has not, also where it is lent
    "number-goes-back": "b.data.backward()",
    "number-has-no-gradient": "print(b.data.grad)",
    "gradient-of-a-number": "b.data.grad = 5.0",
    "number-of-a-number": "b.data.data = 3.0",
    "number-moved": "b.data.data += 3.0",
    "label-of-a-number": "b.data.label = 'x'",
    "method-of-a-number": "b.data.tanh()",
    "clearing-a-number": "b.data.zero_grad()",
    "computed-number-goes-back": "(b.data * 2.0 + 1.0).backward()",
    "computed-number-is-written": "x = b.data * 2.0\nx.data = 1.0",
    "gradient-goes-back": "b.grad = b.data * 1.0\nb.grad.backward()",
    "history": "b.data.history()",
    "operands": "b.data.operands",
    "origin": "b.data.origin",
    "record-of-the-operation": "b.data.op.forward",
    "holder-of-attributes": "b.attributes",
    "class-of-a-number": "b.data.__class__",
    "slots": "b.data.__slots__",
    "closure-of-a-method": "b.backward.__closure__",
    "onlooker": "b.of.find('data')",
}
TAKES = {
    "derivative-of-numbers": "grad(b.data, a.data)",
    "optimizer-of-numbers": "SGD([a.data, b.data], 0.1)",
    "adam-of-numbers": "Adam([a.data], 0.1)",
}
ENDS = {
    "truth-from-a-copy": "for v in (a, b):\n    v.grad = Value(v.data)\nprint(a.grad)",
    "number-is-an-object": "a.data = a\nb = a + a",
    "number-is-a-function": "a.data = lambda: 1\nb = a * a",
    "number-is-its-class": "a.data = V\nb = a + a",
    "number-holds-itself": "xs = []\nxs.append(xs)\na.data = xs\nb = a + b",
    "links-to-themselves": "a.links = [a]\na.links.append(a.links)\nb.grad = 1.0",
    "links-without-end": "for i in range(3000): a = a + a\na.grad = 1.0",
    "many-gradients": "for i in range(50000): b.grad += b.data",
    "one-long-expression": "x = a.data\nfor i in range(30000): x = x * 0.9 + a.data\nb.grad = x",
    "wide-expression": "b.grad = sum([a.data * b.data for i in range(20000)])",
    "hash-of-a-number": "print({a.data: 1, b.data: 2}, hash)",
    "numbers-as-places": "print([1, 2, 3, 4, 5, 6, 7, 8][a.data])",
    "huge-number": "c = V(2 ** 2000) * V(2 ** 2000)\nc.grad = c.data",
    "huge-gradient": "b.grad = 2 ** 4000\nb.grad = b.grad + 1\nb.grad = 1.0",
    "gradient-stays-huge": "a.grad = 1.0\na.grad = -(2 ** 4000)",
    "no-number": "c = V(math.inf) * V(0.0)\nc.grad = c.data",
    "operator-that-lies": "class W(V):\n    def __add__(self, other): return other\nc = W(1.0) + W(2.0)\nc.grad = 1.0",
    "operator-without-end": "class W(V):\n    def __add__(self, other): return self + other\nW(1.0) + W(2.0)",
    "attribute-named-as-ours": "b.attributes = {}\nb.of = None\nb.data = 1.0\nprint(b.data)",
    "text-of-a-number": "print(b.data, str(b.data), [b.data * 2], f'{b.data * 2}', {'x': b.data * 2})",
    "kind-of-a-number": "print(isinstance(b.data * 2, Value), isinstance(b.data, float), type(b.data))",
    "labels": "b.label = '<script>alert(1)</script>' * 500\nb.grad = 1.0",
    "classes-without-end": "for i in range(2000):\n    class W(V):\n        pass\n    c = W(1.0) + W(2.0)\n    c.grad = 1.0",
    "deep-links": "xs = []\nfor i in range(2000): xs = [xs]\na.links = xs\nb.grad = 1.0",
    "wide-links": "a.links = [a, b] * 20000\nb.links = a.links\nb.grad = 1.0",
    "gradient-is-a-net": "b.grad = MLP(2, [3, 1])\nb.grad = 1.0",
    "writes-while-walking": "def walk(v):\n    v.data = v.data * 2.0\n    for one in v.links: walk(one)\nwalk(b)\nb.grad = 1.0",
}

WATCHED: tuple[Attack, ...] = (
    *rows("watched-reaches", "ends", {name: ENGINE + text for name, text in REACHES.items()}),
    *rows("watched-takes", "ends", {name: ENGINE + text for name, text in TAKES.items()}),
    *rows("watched", "ends", {name: ENGINE + text for name, text in ENDS.items()}),
)
