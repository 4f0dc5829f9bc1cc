"""Twelve right engines, written as learners write them, each in its own way; one program that runs on all of them."""

PROGRAM = """
x = Value(0.7)
y = Value(-1.3)
z = Value(2.1)
p = x*y + z
q = p*p + x
s = q*y
t = s.tanh()
r = t*p + q
r.backward()
"""
TOPO = """
    def backward(self):
        topo, visited = [], set()
        def build(v):
            if v not in visited:
                visited.add(v)
                for child in v.LINKS:
                    build(child)
                topo.append(v)
        build(self)
        self.grad = 1.0
        for v in reversed(topo):
            v.CALL
"""


def topo(links: str, call: str) -> str:
    """The walk of most engines, with the names of one."""
    return TOPO.replace("LINKS", links).replace("CALL", call)


CLOSURES = """
class Value:
    def __init__(self, data, KEPT=()):
        self.data = data
        self.grad = 0.0
        self.KEPT = HOLD(KEPT)
        self.rule = lambda: None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))
        def rule():
            self.grad += out.grad
            other.grad += out.grad
        out.rule = rule
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))
        def rule():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out.rule = rule
        return out

    def tanh(self):
        t = (math.exp(2*self.data) - 1) / (math.exp(2*self.data) + 1)
        out = Value(t, (self,))
        def rule():
            self.grad += (1 - t**2) * out.grad
        out.rule = rule
        return out
"""


def closures(name: str, hold: str) -> str:
    """Rules as closures, with links of a name in a container."""
    return CLOSURES.replace("KEPT", name).replace("HOLD", hold) + topo(name, "rule()")


BRANCHES = """
class Value:
    def __init__(self, data, op='', inputs=[]):
        self.data, self.op, self.inputs = data, op, inputs
        self.grad = 0

    def __add__(self, other): return Value(self.data + other.data, '+', [self, other])
    def __mul__(self, other): return Value(self.data * other.data, '*', [self, other])
    def tanh(self): return Value(math.tanh(self.data), 'tanh', [self])

    def _backward(self):
        if self.op == '+':
            for one in self.inputs:
                one.grad += self.grad
        elif self.op == '*':
            a, b = self.inputs
            a.grad += self.grad * b.data
            b.grad += self.grad * a.data
        elif self.op == 'tanh':
            self.inputs[0].grad += self.grad * (1 - self.data * self.data)
""" + topo("inputs", "_backward()")
SLOPES = """
class Value:
    def __init__(self, data, prev=(), slopes=()):
        self.data = data
        self.grad = 0.0
        self.prev = prev
        self.slopes = slopes

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), [1.0, 1.0])

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), [other.data, self.data])

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, (self,), [1.0 - t * t])

    def backward(self):
        order = []
        def visit(v):
            if v not in order:
                for one in v.prev:
                    visit(one)
                order.append(v)
        visit(self)
        for v in order:
            v.grad = 0.0
        self.grad = 1.0
        while order:
            v = order.pop()
            for one, slope in zip(v.prev, v.slopes):
                one.grad = one.grad + slope * v.grad
"""
PATHS = """
class Value:
    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents

    def __add__(self, other):
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, [(self, 1 - t**2)])

    def backward(self, upstream=1.0):
        self.grad += upstream
        for parent, local in self.parents:
            parent.backward(upstream * local)
"""
TWO = """
class Op:
    def __init__(self, *inputs):
        self.inputs = inputs

class Add(Op):
    def forward(self):
        a, b = self.inputs
        return a.data + b.data

    def backward(self, g):
        return g, g

class Mul(Op):
    def forward(self):
        a, b = self.inputs
        return a.data * b.data

    def backward(self, g):
        a, b = self.inputs
        return g * b.data, g * a.data

class Tanh(Op):
    def forward(self):
        self.t = math.tanh(self.inputs[0].data)
        return self.t

    def backward(self, g):
        return (g * (1 - self.t**2),)

class Value:
    def __init__(self, data, op=None):
        self.data = data
        self.grad = 0.0
        self.op = op

    def __add__(self, other):
        op = Add(self, other)
        return Value(op.forward(), op)

    def __mul__(self, other):
        op = Mul(self, other)
        return Value(op.forward(), op)

    def tanh(self):
        op = Tanh(self)
        return Value(op.forward(), op)

    def spread(self):
        if self.op is not None:
            for one, g in zip(self.op.inputs, self.op.backward(self.grad)):
                one.grad += g
""" + topo("", "spread()").replace("v.:", "(v.op.inputs if v.op is not None else ()):")
TAPE = """
tape = []

class Value:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0

    def __add__(self, other):
        out = Value(self.data + other.data)
        def back():
            self.grad += out.grad
            other.grad += out.grad
        tape.append(back)
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data)
        def back():
            self.grad += out.grad * other.data
            other.grad += out.grad * self.data
        tape.append(back)
        return out

    def tanh(self):
        out = Value(math.tanh(self.data))
        def back():
            self.grad += out.grad * (1 - out.data**2)
        tape.append(back)
        return out

    def backward(self):
        self.grad = 1.0
        for back in reversed(tape):
            back()
"""
KINDS = (
    """
class Value:
    def __init__(self, data, *args):
        self.data = data
        self.grad = 0.0
        self.args = args

    def push(self): pass
    def __add__(self, other): return Sum(self.data + other.data, self, other)
    def __mul__(self, other): return Product(self.data * other.data, self, other)
    def tanh(self): return Tanh(math.tanh(self.data), self)
"""
    + topo("args", "push()")
    + """
class Sum(Value):
    def push(self):
        for one in self.args:
            one.grad += self.grad

class Product(Value):
    def push(self):
        a, b = self.args
        a.grad += b.data * self.grad
        b.grad += a.data * self.grad

class Tanh(Value):
    def push(self):
        self.args[0].grad += (1 - self.data**2) * self.grad
"""
)
HELPER = """
class Value:
    def __init__(self, data, _prev=()):
        self.data = data
        self.grad = None
        self._prev = list(_prev)
        self._locals = []

    def made(data, *pairs):
        out = Value(data, [one for one, _ in pairs])
        out._locals = [local for _, local in pairs]
        return out

    def receive(self, amount):
        self.grad = amount if self.grad is None else self.grad + amount

    def __add__(self, other): return Value.made(self.data + other.data, (self, 1.0), (other, 1.0))
    def __mul__(self, other): return Value.made(self.data * other.data, (self, other.data), (other, self.data))
    def tanh(self):
        t = math.tanh(self.data)
        return Value.made(t, (self, 1 - t * t))

    def give(self):
        for one, local in zip(self._prev, self._locals):
            one.receive(local * self.grad)
""" + topo("_prev", "give()")
SORTED = """
class Value:
    count = [0]

    def __init__(self, data, sources=None):
        self.data = data
        self.grad = 0.0
        self.sources = sources or []
        Value.count[0] += 1
        self.number = Value.count[0]

    def __add__(self, other):
        return Value(self.data + other.data, [{'of': self, 'slope': 1.0}, {'of': other, 'slope': 1.0}])

    def __mul__(self, other):
        return Value(self.data * other.data, [{'of': self, 'slope': other.data}, {'of': other, 'slope': self.data}])

    def tanh(self):
        e = math.exp(-2 * self.data)
        t = (1 - e) / (1 + e)
        return Value(t, [{'of': self, 'slope': 1 - t ** 2}])

    def everything(self):
        found = {self.number: self}
        for source in self.sources:
            found.update(source['of'].everything())
        return found

    def backward(self):
        self.grad = 1.0
        found = self.everything()
        for number in sorted(found, reverse=True):
            v = found[number]
            for source in v.sources:
                source['of'].grad += v.grad * source['slope']
"""
LAZY = """
class Value:
    def __init__(self, data, left=None, right=None, dl=0.0, dr=0.0):
        self.data = float(data)
        self.grad = 0.0
        self.left, self.right, self.dl, self.dr = left, right, dl, dr
        self.users = 0
        self.waits = 0
        for one in (left, right):
            if one is not None:
                one.users += 1

    def __add__(self, other): return Value(self.data + other.data, self, other, 1.0, 1.0)
    def __mul__(self, other): return Value(self.data * other.data, self, other, other.data, self.data)
    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, self, None, 1 - t * t)

    def take(self, amount):
        self.grad += amount
        self.waits += 1
        if self.waits >= self.users:
            if self.left is not None:
                self.left.take(self.grad * self.dl)
            if self.right is not None:
                self.right.take(self.grad * self.dr)

    def backward(self):
        self.take(1.0)
"""
WRITTEN = {
    "closures and a tuple `parents`": closures("parents", "tuple"),
    "closures and a list `prev`": closures("prev", "list"),
    "closures and a set `_children`": closures("_children", "set"),
    "a method with branches": BRANCHES,
    "slopes in a list, one walk": SLOPES,
    "recursion without an order": PATHS,
    "a second class for operations": TWO,
    "a tape": TAPE,
    "a class for each operation": KINDS,
    "a method that takes what is given": HELPER,
    "dictionaries, in order of making": SORTED,
    "counted users": LAZY,
}
