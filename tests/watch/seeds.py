"""The classes that two published texts print, only misprints mended, and the program that the second ends in."""

from pathlib import Path

EXAMPLE = (Path(__file__).parents[2] / "engine" / "examples" / "490_engine.py").read_text("utf-8")
# "What Micrograd Taught Me That PyTorch Hides" prints four attributes and the walk; its operations are written as it
# says what they do.
TAUGHT = """
class Value:
    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._prev = set(children)

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))
        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out

    def tanh(self):
        t = math.tanh(self.data)
        out = Value(t, (self,))
        def _backward():
            local_gradient = 1 - t**2
            self.grad += local_gradient * out.grad
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
        for v in reversed(topo):
            v._backward()
"""
TRAINING = EXAMPLE.split("# The same neuron", maxsplit=1)[0]
BUILT = TRAINING.split("class Neuron", maxsplit=1)[0]  # "building tinygrad": its Value


def training(turns: int) -> str:
    """The program that "building tinygrad" ends in: XOR, so many turns, and the predictions."""
    told = TRAINING.replace('print(k, f"{loss.data:.6f}")', "if k%200==0:\n        print(k, loss.data)")
    results = """
for i in range(len(xs)):
    print(f"input: {xs[i]}, pred: {ypred[i].data:.3f} | target: {ys[i]}")
"""
    return told.replace("range(10)", f"range({turns})") + results
