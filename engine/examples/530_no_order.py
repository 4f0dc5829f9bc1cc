# title: Mistake: no topological order
# sentence: It goes back child by child: what is used twice hands on before it is complete.
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
        seen = {self}
        waiting = [self]
        while waiting:
            v = waiting.pop()
            v._backward()
            for child in v._prev:
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)

a = Value(2.0)
b = Value(-3.0)
c = a * b
d = c + a
L = d * c
L.backward()
print(a.grad, b.grad)
