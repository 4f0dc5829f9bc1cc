# title: Mistake: no visited set
# sentence: Eighteen diamonds and no memory of where it was: the walk takes each of 262,144 paths.
# level: engines

class Value:
    def __init__(self, data, children=(), op=""):
        self.data = data
        self.grad = 0.0
        self._prev = children
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
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out

    def backward(self):
        self.grad = 1.0
        def visit(v):
            v._backward()
            for child in v._prev:
                visit(child)
        visit(self)

x = Value(1.0)
L = x
for k in range(18):
    L = L + L
L.backward()
print(x.grad)
