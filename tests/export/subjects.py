"""What the tests export: the examples, programs at the edges, and nodes with any label."""

import re
from collections.abc import Mapping, Sequence

from engine.document import Request, evaluate
from engine.examples import EXAMPLES
from engine.export.format import Subject
from engine.export.nodelink import Facts
from engine.export.view import view
from engine.op import Op
from engine.ops import OPS
from engine.recording import record
from engine.value import Value, apply

EDGES = {
    "nothing": "print(1)",
    "leaf": "a = 2.0",
    "unused": "a = 2.0\nb = 3.0\ny = a * a",
    "twice": "a = 2.0\ny = a * 3\ny.backward()\ny.backward()",
    "again": "c = 1.0\na = 2.0\nfor i in range(4):\n    c += a * c",
    "words": "lambda_ = 2.0\nnp = 3.0\nd_np = 4.0\nsum = np * lambda_\nprint_ = sum + d_np",
    "constants": "x = 0.5\ny = -2 ** x + (-3) * x - 7 // x + x % -2 + max(x, 2) + min(-1, x) + atan2(-1, x)",
    "poles": "x = 0.0\ny = 1 / x + log(x) + x ** 0.5 + x / 0 + x ** -1",
    "infinite": "import math\nx = 800.0\ny = exp(x) - exp(x) + math.inf * x",
    "greek": 'θ = Value(0.5, label="θ")\ny = sin(θ) * 2',
    "deep": "x = 1.0\nfor i in range(600):\n    x = x + 0.001 * x",
}


def summed(points: Sequence[tuple[Op, tuple[float, ...]]]) -> str:
    """A program that applies each operation at its point, and adds everything up."""
    lines = ["total = Value(0.0)"]
    for place, (op, point) in enumerate(points):
        names = [f"{param}{place}" for param in op.params]
        lines += [f"{name} = {number!r}" for name, number in zip(names, point, strict=True)]
        formula = re.sub(r"\b([xy])\b", rf"\g<1>{place}", op.formula)
        lines.append(f"total = total + ({formula if op.spellings else f'{op.name}({names[0]})'})")
    return "\n".join(lines)


SAMPLES = [(op, point) for op in OPS.values() for point in op.samples]
KINKS = [(op, point) for op in OPS.values() if op.kink for point in op.kink.points]
SOURCES = {
    **{example.name: example.source for example in EXAMPLES},
    **EDGES,
    "samples": summed(SAMPLES),
    "kinks": summed(KINKS),
}


def subject(source: str, inputs: Mapping[str, float] | None = None) -> Subject:
    """A program, run, with other numbers for some inputs."""
    found = evaluate(Request(source=source, inputs=dict(inputs or {})))
    return Subject(source, found.recording, found.view, found.facts)


def labelled(label: str) -> Subject:
    """An input and a result of that name."""
    x = Value(1.0, label)
    y = apply(next(op for op in OPS.values() if op.symbol.isidentifier() and len(op.params) == 1), x)
    y.label = label
    y.backward()
    recording = record(y)
    facts = Facts(variables={}, passes=(), lines={"executed": []}, printed=(), diagnostics=[], keys={})
    return Subject(f"# {label}\n", recording, view(recording, drawn_nodes=100), facts)
