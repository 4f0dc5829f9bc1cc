"""A program for NumPy that knows nothing of gradients: forward, and backward as one derives it by hand."""

from collections.abc import Iterable, Iterator

from engine.export.format import Format, Subject
from engine.export.straight import CHECK, Straight, exact, program, straight

D = "d_"  # before a name: the derivative of the output for it
HEAD = f"""\
import math

import numpy as np

np.seterr(all="ignore")  # 1 / 0 is inf here, as in the playground


{CHECK}

# The inputs and parameters."""
TAIL = """\
]
for name, found, found_grad, data, grad in SHOWN:
    check(f"the number of {name}", float(found), data)
    check(f"the gradient of {name}", float(found_grad), grad)
    print(f"{name}: data {data:g}, grad {grad:g}")
"""


def write(subject: Subject) -> bytes:
    """The program."""
    found = straight(subject, "numpy", ("np", "found_grad"), D)
    return program(subject, "NumPy", lambda: lines(found))


def lines(found: Straight) -> Iterable[str]:
    """Leaves, forward, backward, and the comparison."""
    data, names = found.recording.nodes.data, found.names
    yield HEAD
    yield from (f"{names[node]} = np.float64({exact(data[node])}){found.remark(node)}" for node in found.leaves)
    yield "\n# Forward: each operation a line, with its number."
    yield from (found.line(node, op) for node, op in found.operations)
    yield "\n# Backward: each operation hands its gradient times its slope to its operands, where it adds up."
    yield from backward(found)
    yield "\n# What the playground shows: name, number and gradient found, number and gradient shown."
    yield from found.earlier()
    yield "SHOWN = ["
    everything = [*found.leaves, *(node for node, _ in found.operations)]
    yield from found.shown(everything, lambda name, data, grad: f'    ("{name}", {name}, {D}{name}, {data}, {grad}),')
    yield TAIL


def backward(found: Straight) -> Iterator[str]:
    """The backward pass: the first deposit in a gradient is an assignment."""
    recording, names = found.recording, found.names
    records = dict(found.operations)
    given = {recording.output}
    yield f"{D}{found.output} = np.float64(1.0)"
    for node in recording.order:
        for operand, text in found.deposits(node, records[node], f"{D}{names[node]}"):
            yield f"{D}{names[operand]} {'+=' if operand in given else '='} {text}"
            given.add(operand)
    untouched = [node for node in (*found.leaves, *records) if node not in given]
    yield from (f"{D}{names[node]} = 0.0  # the output does not depend on it" for node in untouched)


FORMAT = Format(
    name="numpy",
    title="NumPy program with its backward pass",
    media_type="text/x-python",
    suffix="py",
    write=write,
    whole=True,
)
