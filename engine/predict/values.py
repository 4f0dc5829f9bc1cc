"""The mistakes that can be made with the number of an operation, each with the number that comes of it."""

from collections.abc import Iterator

from engine.ops import OPS
from engine.predict.mistakes import Mistake
from engine.recording import Recording


def mistakes(recording: Recording, node: int) -> Iterator[Mistake]:
    """The mistakes with the number of an operation."""
    nodes = recording.nodes
    op = nodes.op[node]
    if op is None:
        return
    operands = recording.edges.source[recording.first[node] : recording.first[node + 1]]
    numbers = [nodes.data[one] for one in operands]
    if (gradient := nodes.adjoint[node]) is not None:
        yield Mistake("gradient", gradient, node)
    yield Mistake("sign", -nodes.data[node], node)
    if len(numbers) == 2:
        x, y = numbers
        for point in ((y, x), (x, x), (y, y)):
            yield Mistake("operand", op.forward(*point), node)
    for other in operands:
        yield Mistake("wrong_node", nodes.data[other], node, other=other)
    for instead in OPS.values():
        if instead is not op and len(instead.params) == len(numbers):
            yield Mistake("operation", instead.forward(*numbers), node, symbol=instead.symbol)


def strangers(recording: Recording, node: int) -> Iterator[Mistake]:
    """The numbers of other nodes."""
    for other, number in enumerate(recording.nodes.data):
        if other != node:
            yield Mistake("wrong_node", number, node, other=other)
