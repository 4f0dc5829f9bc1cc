# title: Mistake: a set, and x * x
# sentence: A set keeps x once: the walk that counts users by it gives x half of what is due.
# level: engines

class Value:
    def __init__(self, data, children=(), op=""):
        self.data = data
        self.grad = 0.0
        self._prev = set(children)
        self._op = op
        self._backward = lambda: None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other), "+")
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other), "*")
        def _backward():
            product = self.data * other.data
            for v in out._prev:
                v.grad += product / v.data * out.grad
        out._backward = _backward
        return out

    def backward(self):
        order = []
        seen = set()
        def build(v):
            if v not in seen:
                seen.add(v)
                for child in v._prev:
                    build(child)
                order.append(v)
        build(self)
        self.grad = 1.0
        for v in reversed(order):
            v._backward()

x = Value(3.0)
y = Value(2.0)
L = x * x + x * y
L.backward()
print(x.grad, y.grad)
