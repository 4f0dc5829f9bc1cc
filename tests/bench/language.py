"""Programs in the playground's language beside the same text in CPython: on micrograd, and on our own engine.

Ours is all that a program costs until its graph stands: the whole tree checked, compiled to closures, run with its
budgets charged, every node with its place. CPython's is to compile and to run the text.
"""

import io
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from dataclasses import replace
from statistics import median
from typing import Any

from engine.language.grammar.checked import check
from engine.language.limits import Limits
from engine.language.names import vocabulary
from engine.language.run import Options, Run, run
from tests.bench.timing import TUNED, Row, aiming, paired, race, row

TURNS = 15
TRAINING = 100
LIMITS = replace(Limits(), steps=60_000_000, cpu_seconds=60.0)  # those of a training stream: nothing may end early
NAMES = vocabulary()
OURS = {"micrograd.engine": "engine", "micrograd.nn": "engine.micrograd"}

WRITTEN_OUT = """\
import random
from micrograd.engine import Value

class Neuron:
    def __init__(self, nin):
        self.w = [Value(random.uniform(-1, 1)) for _ in range(nin)]
        self.b = Value(0.0)

    def __call__(self, x):
        act = sum((wi*xi for wi, xi in zip(self.w, x)), self.b)
        return act.relu()

    def parameters(self):
        return self.w + [self.b]

class Layer:
    def __init__(self, nin, nout):
        self.neurons = [Neuron(nin) for _ in range(nout)]

    def __call__(self, x):
        return [n(x) for n in self.neurons]

    def parameters(self):
        return [p for n in self.neurons for p in n.parameters()]

random.seed(1)
xs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
ys = [1.0, -1.0, -1.0, 1.0]
layers = [Layer(3, 4), Layer(4, 4), Layer(4, 1)]
params = [p for layer in layers for p in layer.parameters()]
for k in range(TURNS):
    ypred = []
    for x in xs:
        for layer in layers:
            x = layer(x)
        ypred.append(x[0])
    loss = sum((yout - ygt)**2 for ygt, yout in zip(ys, ypred))
    for p in params:
        p.grad = 0.0
    loss.backward()
    for p in params:
        p.data += -0.01 * p.grad
"""

READY_MADE = """\
import random
from micrograd.nn import MLP

random.seed(1)
xs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
ys = [1.0, -1.0, -1.0, 1.0]
net = MLP(3, [4, 4, 1])
for k in range(TURNS):
    outs = [net(x) for x in xs]
    loss = (outs[0] - ys[0])**2
    for i in range(1, 4):
        loss = loss + (outs[i] - ys[i])**2
    net.zero_grad()
    loss.backward()
    for p in net.parameters():
        p.data -= 0.01 * p.grad
"""

STRAIGHT = """\
from micrograd.engine import Value

for k in range(10 * TURNS):
    a = Value(-4.0)
    b = Value(2.0)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    loss = f / 2.0
    loss += 10.0 / f
    loss.backward()
"""

PROGRAMS = {
    "a net written out in the program": WRITTEN_OUT,
    "the library's MLP": READY_MADE,
    "micrograd's README example in a loop": STRAIGHT,
}


def rows(training: int = TRAINING, turns: int = TURNS) -> Iterable[Row]:
    """Two rows a program, of one run."""
    for name, program in PROGRAMS.items():
        source = program.replace("TURNS", str(training))
        found = race(
            {"ours": ours(source), "micrograd": cpython(source), "engine": cpython(on_engine(source))}, turns, TUNED
        )
        work = f"{name}, {training} turns, provenance on, {TUNED}"
        for key, peer, bar, aim in (
            ("micrograd", "the same program in CPython on micrograd", 1.5, 2.0),
            ("engine", "the same program in CPython on our engine", 1 / 2.2, 1 / 1.6),
        ):
            named = (peer, median(found[key]))
            ratio = paired(found["ours"], found[key])
            yield aiming(row(work, median(found["ours"]), named, bar, ratio=ratio), aim)


def ours(source: str) -> Callable[[], Run]:
    """The program through our language."""
    options = Options({})
    return lambda: run(check(source, LIMITS, NAMES), LIMITS, options)


def on_engine(source: str) -> str:
    """The program with our engine in the place of micrograd."""
    for theirs, mine in OURS.items():
        source = source.replace(theirs, mine)
    return source


def cpython(source: str) -> Callable[[], float]:
    """The program in CPython: what its last loss is; what it prints goes nowhere."""

    def execute() -> float:
        names: dict[str, Any] = {"__name__": "program"}
        with redirect_stdout(io.StringIO()):
            exec(compile(source, "program", "exec"), names)  # noqa: S102  # the thing we are beside
        return float(names["loss"].data)

    return execute
