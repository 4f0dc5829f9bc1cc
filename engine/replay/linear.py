"""Which operations are sums and which are products: read from their slopes, checked at their samples."""

import math
from functools import cache

from engine.formula import number, parsed
from engine.op import Op
from engine.tracing import slopes


@cache
def signs(op: Op) -> tuple[float, ...] | None:
    """The sign of each operand where the result is their sum: (1, -1) of a difference. None for other operations."""
    fixed = [number(parsed(text)) for text in slopes(op)]
    found = tuple([one for one in fixed if one is not None and abs(one) == 1.0])
    if len(found) < len(op.params):
        return None
    adds = all(op.forward(*at) == sum([sign * x for sign, x in zip(found, at, strict=True)]) for at in op.samples)
    return found if adds else None


@cache
def multiplies(op: Op) -> bool:
    """Whether the result is the product of two operands: each one's slope is the other."""
    turned = tuple(reversed(op.params))
    return len(turned) > 1 and slopes(op) == turned and all(op.forward(*at) == math.prod(at) for at in op.samples)
