"""A program for micrograd. What micrograd has no operator for is written with its own Value, by rule and slopes."""

import math
from collections.abc import Iterable

from engine.export.format import Format, Subject
from engine.export.rules import forward, literal, slope_text
from engine.export.straight import CHECK, Straight, exact, program, straight
from engine.op import Op

TARGET = "numpy"  # numbers are NumPy's where micrograd's own operators do not do
OPERATORS = {("+", 2), ("-", 2), ("*", 2), ("/", 2), ("-", 1)}
POWER = "**"
RESERVED = ("np", "sys", "Value", "made", "value", "operands", "numbers", "result", "rule", "slopes", "hand_back")
DEEP = 300  # nodes that fit into Python's own limit, twice over
HEAD = f"""\
import math
import sys

import numpy as np
from micrograd.engine import Value

sys.setrecursionlimit({{limit}})  # micrograd's backward goes as deep as the graph is
np.seterr(all="ignore")  # 1 / 0 is inf here, as in the playground


{CHECK.replace("{", "{{").replace("}", "}}")}"""
MADE = '''

def made(rule, slopes, *operands):
    """An operation that micrograd does not have: by its rule, and the rule of its slopes."""
    operands = [one if isinstance(one, Value) else Value(one) for one in operands]
    numbers = [np.float64(one.data) for one in operands]
    result = Value(float(rule(*numbers)), tuple(operands))

    def hand_back():
        for operand, slope in zip(operands, slopes(*numbers, np.float64(result.data))):
            operand.grad += float(slope) * result.grad

    result._backward = hand_back
    return result
'''
TAIL = """\
]
for name, value, data, grad in SHOWN:
    check(f"the number of {name}", value.data, data)
    check(f"the gradient of {name}", value.grad, grad)
    print(f"{name}: data {data:g}, grad {grad:g}")
"""


def write(subject: Subject) -> bytes:
    """The program."""
    found = straight(subject, TARGET, RESERVED)
    return program(subject, "micrograd", lambda: lines(found))


def lines(found: Straight) -> Iterable[str]:
    """What micrograd lacks, leaves, forward, backward, and the comparison."""
    data, names = found.recording.nodes.data, found.names
    lacking = {node: op for node, op in found.operations if not native(found, node, op)}
    yield HEAD.format(limit=max(1_000, 3 * len(data) + DEEP))
    if lacking:
        yield MADE
    yield from (definition(op) for op in dict.fromkeys(lacking.values()))
    yield "\n# The inputs and parameters."
    yield from (f"{names[node]} = Value({exact(data[node])}){found.remark(node)}" for node in found.leaves)
    yield "\n# Forward: each operation a line, with its number."
    yield from (called(found, node, op) if node in lacking else found.line(node, op) for node, op in found.operations)
    yield "\n# Backward."
    yield f"{found.output}.backward()"
    yield "\n# What the playground shows: name, value, number, gradient."
    yield from found.earlier()
    yield "SHOWN = ["
    everything = [*found.leaves, *(node for node, _ in found.operations)]
    yield from found.shown(everything, lambda name, data, grad: f'    ("{name}", {name}, {data}, {grad}),')
    yield TAIL


def native(found: Straight, node: int, op: Op) -> bool:
    """Whether micrograd computes it with an operator of its own, without stumbling over these numbers."""
    recording = found.recording
    edges = range(recording.first[node], recording.first[node + 1])
    numbers = (recording.nodes.data[node], *(recording.edges.local[edge] or 0.0 for edge in edges))
    if not all(map(math.isfinite, numbers)):
        return False
    if op.symbol != POWER:
        return (op.symbol, len(op.params)) in OPERATORS
    base, exponent = found.operands(node)[0], found.fixed(node)[1]
    return exponent is not None and (exponent >= 1 or recording.nodes.data[base] > 0)


def definition(op: Op) -> str:
    """An operation as a function of micrograd's Values; its name ends as no node's does."""
    free = (None,) * len(op.params)
    places = (op.params[0], op.params[-1], "z")
    rule = forward(op, TARGET, free).format(*places)
    slopes = ", ".join(slope_text(op, place, TARGET, free).format(*places) for place in range(len(op.params)))
    params = ", ".join(op.params)
    return (
        f"\n\ndef {op.name}_({params}):\n"
        f"    return made(lambda {params}: {rule}, lambda {params}, z: ({slopes},), {params})\n"
    )


def called(found: Straight, node: int, op: Op) -> str:
    """The operation as a call of its function."""
    operands = zip(found.operands(node), found.fixed(node), strict=True)
    texts = (found.names[one] if number is None else literal(number, TARGET) for one, number in operands)
    return f"{found.names[node]} = {op.name}_({', '.join(texts)}){found.remark(node)}"


FORMAT = Format(
    name="micrograd", title="micrograd program", media_type="text/x-python", suffix="py", write=write, whole=True
)
