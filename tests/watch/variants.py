"""Right engines as they occur, each with a program: written otherwise than the dresses."""

MICROGRAD = '''
import random

class Value:
    """ stores a single scalar value and its gradient """

    def __init__(self, data, _children=(), _op=''):
        self.data = data
        self.grad = 0
        # internal variables used for autograd graph construction
        self._backward = lambda: None
        self._prev = set(_children)
        self._op = _op # the op that produced this node, for graphviz / debugging / etc

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), '+')

        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward

        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), '*')

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward

        return out

    def __pow__(self, other):
        assert isinstance(other, (int, float)), "only supporting int/float powers for now"
        out = Value(self.data**other, (self,), f'**{other}')

        def _backward():
            self.grad += (other * self.data**(other-1)) * out.grad
        out._backward = _backward

        return out

    def relu(self):
        out = Value(0 if self.data < 0 else self.data, (self,), 'ReLU')

        def _backward():
            self.grad += (out.data > 0) * out.grad
        out._backward = _backward

        return out

    def backward(self):

        # topological order all of the children in the graph
        topo = []
        visited = set()
        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)
        build_topo(self)

        # go one variable at a time and apply the chain rule to get its gradient
        self.grad = 1
        for v in reversed(topo):
            v._backward()

    def __neg__(self): # -self
        return self * -1

    def __radd__(self, other): # other + self
        return self + other

    def __sub__(self, other): # self - other
        return self + (-other)

    def __rsub__(self, other): # other - self
        return other + (-self)

    def __rmul__(self, other): # other * self
        return self * other

    def __truediv__(self, other): # self / other
        return self * other**-1

    def __rtruediv__(self, other): # other / self
        return other * self**-1

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"

class Module:

    def zero_grad(self):
        for p in self.parameters():
            p.grad = 0

    def parameters(self):
        return []

class Neuron(Module):

    def __init__(self, nin, nonlin=True):
        self.w = [Value(random.uniform(-1,1)) for _ in range(nin)]
        self.b = Value(0)
        self.nonlin = nonlin

    def __call__(self, x):
        act = sum((wi*xi for wi,xi in zip(self.w, x)), self.b)
        return act.relu() if self.nonlin else act

    def parameters(self):
        return self.w + [self.b]

    def __repr__(self):
        return f"{'ReLU' if self.nonlin else 'Linear'}Neuron({len(self.w)})"

class Layer(Module):

    def __init__(self, nin, nout, **kwargs):
        self.neurons = [Neuron(nin, **kwargs) for _ in range(nout)]

    def __call__(self, x):
        out = [n(x) for n in self.neurons]
        return out[0] if len(out) == 1 else out

    def parameters(self):
        return [p for n in self.neurons for p in n.parameters()]

class MLP(Module):

    def __init__(self, nin, nouts):
        sz = [nin] + nouts
        self.layers = [Layer(sz[i], sz[i+1], nonlin=i!=len(nouts)-1) for i in range(len(nouts))]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]

random.seed(1)
model = MLP(2, [4, 1])
xs = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]
ys = [0.0, 1.0, 1.0]
for k in range(3):
    loss = sum((model(x) - y)**2 for x, y in zip(xs, ys)) / 3
    model.zero_grad()
    loss.backward()
    for p in model.parameters():
        p.data -= 0.05 * p.grad
'''
PULL = """
class Var:
    def __init__(self, value, left=None, right=None, dl=0.0, dr=0.0):
        self.value = float(value)
        self.grad = None
        self.left = left
        self.right = right
        self.dl = dl
        self.dr = dr

    def __add__(self, other):
        return Var(self.value + other.value, self, other, 1.0, 1.0)

    def __mul__(self, other):
        return Var(self.value * other.value, self, other, other.value, self.value)

    def chain(self):
        found = []
        if self.left is not None:
            found += self.left.chain()
        if self.right is not None:
            found += self.right.chain()
        return [v for v in found if v != self] + [self]

    def backward(self):
        order = []
        for v in self.chain():
            if v not in order:
                order.append(v)
        for v in order:
            v.grad = 0.0
        self.grad = 1.0
        for v in reversed(order):
            if v.left is not None:
                v.left.grad = v.left.grad + v.grad * v.dl
            if v.right is not None:
                v.right.grad = v.right.grad + v.grad * v.dr

x = Var(3)
y = Var(-2)
z = x*y + x*x
w = z*z + z
w.backward()
"""
TENSOR = """
import math

class Function:
    def __init__(self, *tensors):
        self.parents = tensors
        self.saved = []

class Tensor:
    def __init__(self, data, ctx=None):
        self.data = data
        self.grad = None
        self._ctx = ctx

    def __mul__(self, other):
        ctx = Function(self, other)
        return Tensor(self.data * other.data, (ctx.parents, lambda g: (g * other.data, g * self.data)))

    def __add__(self, other):
        return Tensor(self.data + other.data, ((self, other), lambda g: (g, g)))

    def sin(self):
        return Tensor(math.sin(self.data), ((self,), lambda g: (g * math.cos(self.data),)))

    def backward(self):
        order = []
        def deepwalk(v):
            if v not in order:
                if v._ctx is not None:
                    for p in v._ctx[0]:
                        deepwalk(p)
                order.append(v)
        deepwalk(self)
        self.grad = 1.0
        for v in reversed(order):
            if v._ctx is None:
                continue
            parents, rule = v._ctx
            for p, g in zip(parents, rule(v.grad)):
                p.grad = g if p.grad is None else p.grad + g

a = Tensor(0.4)
b = Tensor(1.7)
c = (a*b + a).sin()
d = c*c + c*b
d.backward()
"""
STACKED = """
class Num:
    counter = 0

    def __init__(self, n, args=(), op=None):
        self.n = n
        self.d = 0.0
        self.args = list(args)
        self.op = op
        self.level = 1 + max([one.level for one in args]) if args else 0

    def __add__(self, o):
        return Num(self.n + o.n, [self, o], 'add')

    def __mul__(self, o):
        return Num(self.n * o.n, [self, o], 'mul')

    def push(self):
        if self.op == 'add':
            for one in self.args:
                one.d += self.d
        elif self.op == 'mul':
            x, y = self.args
            x.d, y.d = x.d + y.n * self.d, y.d + x.n * self.d if x != y else x.d + 2 * x.n * self.d

def backward(root):
    seen = {root: True}
    stack = [root]
    while stack:
        v = stack.pop()
        for one in v.args:
            if one not in seen:
                seen[one] = True
                stack.append(one)
    root.d = 1.0
    for v in sorted(seen, key=lambda v: v.level, reverse=True):
        v.push()

p = Num(1.5)
q = Num(-0.5)
r = p*q + q
s = r*p + r
backward(s)
"""
HAND = """
class Value:
    def __init__(self, data, _prev=(), _op='', label=''):
        self.data = data
        self.grad = 0.0
        self._prev = set(_prev)
        self._op = _op
        self.label = label

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), '+')

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), '*')

a = Value(2.0, label='a')
b = Value(-3.0, label='b')
c = Value(10.0, label='c')
e = a*b; e.label = 'e'
d = e + c; d.label = 'd'
f = Value(-2.0, label='f')
L = d * f; L.label = 'L'
L.grad = 1.0
d.grad = f.data * L.grad
f.grad = d.data * L.grad
e.grad = 1.0 * d.grad
c.grad = 1.0 * d.grad
a.grad = b.data * e.grad
b.grad = a.data * e.grad
"""
DEEP = (
    MICROGRAD.split("class Module", maxsplit=1)[0]
    + """
x = Value(0.5)
y = x
for i in range(150):
    y = y * 0.99 + x
y.backward()
"""
)
KINK = (
    MICROGRAD.split("class Module", maxsplit=1)[0]
    + """
x = Value(0.0)
y = (x.relu() + x) * 3 - x.relu() * x
y.backward()
"""
)
VARIANTS = {
    "micrograd": MICROGRAD,
    "left and right": PULL,
    "rules in a tuple": TENSOR,
    "levels and a function": STACKED,
    "by hand": HAND,
    "deep": DEEP,
    "kink": KINK,
}
