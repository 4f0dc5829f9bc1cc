"""A number that remembers how it was made.

Arithmetic on Values gives Values. Each keeps the operation that made it, the one or two operands, and the slope towards
each of them; `backward()` multiplies and adds those slopes from a result down to what it was made of.

The operations themselves stand in `engine.ops`; `unary` and `binary` turn a record into an operator or a method.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Literal

from engine.op import NUMBER, Op
from engine.ops import OPS
from engine.origin import Origin

Accumulation = Literal["pytorch", "micrograd"]
new = object.__new__


def unary(op: Op) -> Callable[[Value], Value]:
    """The method that applies `op` to a Value."""
    forward, (slope,) = op.forward, op.slopes

    def method(self: Value) -> Value:
        node = new(Value)
        node.op = op
        node.a = self
        x = self.data
        node.data = z = forward(x)
        node.da = slope(x, z)
        node.grad = 0.0
        node.b = node.db = node.next = node.label = node.origin = None
        node.level = self.level + 1
        return node

    return method


def binary(op: Op) -> tuple[Callable[[Value, object], Value], Callable[[Value, object], Value]]:
    """The method that applies `op` to a Value and another operand, and the one for a plain number on the left."""
    return forwards(op), reflected(op)


def forwards(op: Op) -> Callable[[Value, object], Value]:
    """The method that applies `op` to a Value and another operand."""
    forward, (slope_x, slope_y) = op.forward, op.slopes

    def method(self: Value, other: object) -> Value:
        node = new(Value)
        node.op = op
        node.a = self
        x = self.data
        if other.__class__ is Value or isinstance(other, Value):
            node.b = other
            y = other.data
            node.data = z = forward(x, y)
            node.da = slope_x(x, y, z)
            node.db = slope_y(x, y, z)
            level = other.level
            node.level = self.level + 1 if self.level > level else level + 1
        elif isinstance(other, NUMBER):
            node.b = y = float(other)
            node.data = z = forward(x, y)
            node.da = slope_x(x, y, z)
            node.db = None  # a plain number has no gradient
            node.level = self.level + 1
        else:
            return NotImplemented  # type: ignore[no-any-return]  # Python's way to refuse
        node.grad = 0.0
        node.next = node.label = node.origin = None
        return node

    return method


def reflected(op: Op) -> Callable[[Value, object], Value]:
    """The method that applies `op` to a plain number and a Value."""
    forward, slope_y = op.forward, op.slopes[1]

    def method(self: Value, other: object) -> Value:
        if not isinstance(other, NUMBER):
            return NotImplemented  # type: ignore[no-any-return]
        node = new(Value)
        node.op = op
        node.a = x = float(other)
        node.b = self
        y = self.data
        node.data = z = forward(x, y)
        node.da = None
        node.db = slope_y(x, y, z)
        node.level = self.level + 1
        node.grad = 0.0
        node.next = node.label = node.origin = None
        return node

    return method


def comparison(relation: Callable[..., bool]) -> Callable[[Value, object], bool]:
    """The method that compares by data."""

    def method(self: Value, other: object) -> bool:
        if isinstance(other, Value):
            return relation(self.data, other.data)
        return relation(self.data, other) if isinstance(other, NUMBER) else NotImplemented

    return method


class Value:
    """A number, its gradient, and how it was made.

    data    the number                     op     the record of the operation, None for a leaf
    grad    d(root) / d(this)              a, b   the operands: Values, or plain numbers; None where there is none
    level   0 for a leaf, else one more    da, db the slopes d(this) / d(operand); None where no gradient goes:
            than the highest operand              no operand there, or a plain number
    label   its name, or None              origin where it was written, filled in by the language
    """

    __slots__ = ("a", "b", "da", "data", "db", "grad", "label", "level", "next", "op", "origin")
    __array_ufunc__ = None  # numpy's numbers leave operators to us
    kind = "input"  # of a leaf of this class

    data: float
    grad: float
    op: Op | None
    a: Value | float | None
    b: Value | float | None
    da: float | None
    db: float | None
    level: int
    next: Value | None  # while a backward pass runs: the node queued after this one
    label: str | None
    origin: Origin | None

    def __init__(self, data: float | Value, label: str | None = None) -> None:
        self.data = data.data if isinstance(data, Value) else float(data)
        self.grad = 0.0
        self.op = self.a = self.b = self.da = self.db = self.next = self.origin = None
        self.level = 0
        self.label = label

    @property
    def operands(self) -> tuple[Value | float, ...]:
        """The operands in the order they were written, `x*x` twice the same."""
        return tuple(operand for operand in (self.a, self.b) if operand is not None)

    @property
    def locals(self) -> tuple[float | None, ...]:
        """The slope towards each operand; None towards a plain number."""
        return (self.da, self.db)[: len(self.operands)]

    def backward(self, accumulation: Accumulation = "pytorch") -> None:
        """Add d(this) / d(leaf) to the `.grad` of every leaf this depends on: one pass of `sweep`."""
        sweep(self, accumulation)

    def history(self) -> list[Value]:
        """Everything this depends on, and itself last: operands before results, left before right."""
        seen: set[int] = set()
        found: list[Value] = []
        pending: list[tuple[Value, bool]] = [(self, False)]
        while pending:
            node, complete = pending.pop()
            if complete:
                found.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                pending.append((node, True))
                pending += [(x, False) for x in (node.b, node.a) if isinstance(x, Value)]
        return found

    def zero_grad(self) -> None:
        """Clear the gradient of everything this depends on."""
        for node in self.history():
            node.grad = 0.0

    def item(self) -> float:
        """The number."""
        return self.data

    def detach(self) -> Value:
        """A new leaf with the same number and no history."""
        return Value(self.data)

    def __trace__(self, op: Op, operands: tuple[object, ...]) -> Value:
        return apply(op, *operands)

    def __repr__(self) -> str:
        return f"Value(data={self.data!r}, grad={self.grad!r})"

    def __format__(self, spec: str) -> str:
        return format(self.data, spec) if spec else str(self)

    def __bool__(self) -> bool:
        return self.data != 0.0

    __hash__ = object.__hash__
    __eq__ = comparison(operator.eq)
    __ne__ = comparison(operator.ne)
    __lt__ = comparison(operator.lt)
    __le__ = comparison(operator.le)
    __gt__ = comparison(operator.gt)
    __ge__ = comparison(operator.ge)

    __pos__ = unary(OPS["pos"])
    __neg__ = unary(OPS["neg"])
    __abs__ = unary(OPS["abs"])
    __add__, __radd__ = binary(OPS["add"])
    __sub__, __rsub__ = binary(OPS["sub"])
    __mul__, __rmul__ = binary(OPS["mul"])
    __truediv__, __rtruediv__ = binary(OPS["div"])
    __floordiv__, __rfloordiv__ = binary(OPS["floordiv"])
    __mod__, __rmod__ = binary(OPS["mod"])
    __pow__, __rpow__ = binary(OPS["pow"])


def sweep(root: Value, accumulation: Accumulation = "pytorch") -> int:
    """Walk the graph once from `root` down, multiply and add; the number of nodes visited.

    The flow is computed fresh, level by level: whatever uses a node lies on a higher level, so a node's own gradient is
    complete when its turn comes. Interior nodes show the gradient of the last pass; leaves add up over passes, as in
    PyTorch. By micrograd's rule interior nodes are not cleared either, and compound.
    """
    fresh = accumulation == "pytorch"
    root.grad = root.grad + 1.0 if root.op is None and fresh else 1.0
    queues = [END] * (root.level + 1)  # per level a linked list, through `next`, of the nodes to visit
    queues[root.level], root.next = root, END
    visited = 0
    operand: Value
    for _ in range(len(queues)):
        node = queues.pop()  # gradients take the room that is left
        while node is not END:
            visited += 1
            grad = node.grad
            slope = node.da
            if slope is not None:  # then the operand is a Value
                operand = node.a  # type: ignore[assignment]
                flow = grad if slope == 1.0 else grad * slope  # the number that is there needs no room
                if operand.op is None or operand.next is not None:
                    operand.grad += flow
                else:  # its first deposit in this pass
                    operand.grad = flow if fresh else operand.grad + flow
                    operand.next = queues[operand.level]
                    queues[operand.level] = operand
            slope = node.db
            if slope is not None:
                operand = node.b  # type: ignore[assignment]
                flow = grad if slope == 1.0 else grad * slope
                if operand.op is None or operand.next is not None:
                    operand.grad += flow
                else:
                    operand.grad = flow if fresh else operand.grad + flow
                    operand.next = queues[operand.level]
                    queues[operand.level] = operand
            node.next, node = None, node.next  # type: ignore[assignment]  # a list ends in END
    return visited


END = Value(0.0)  # ends the lists of a backward pass
METHODS = {op.name: unary(op) if len(op.params) == 1 else binary(op) for op in OPS.values()}

for name, method in METHODS.items():
    if not isinstance(method, tuple):
        setattr(Value, name, method)


def apply(op: Op, *operands: object) -> Value:
    """A new node: `op` applied to operands of which at least one is a Value."""
    method = METHODS[op.name]
    if not isinstance(method, tuple):
        return method(*operands)  # type: ignore[arg-type]
    x, y = operands
    node = method[0](x, y) if isinstance(x, Value) else method[1](y, x)  # type: ignore[arg-type]
    if node is NotImplemented:
        raise TypeError(f"{op.name} takes numbers and Values")
    return node
