"""The rulebook: every operation the project knows, one record each."""

from engine.op import Op
from engine.ops import activation, arithmetic, exponential, piecewise, trigonometric

OPS: dict[str, Op] = {
    record.name: record
    for module in (arithmetic, exponential, trigonometric, piecewise, activation)
    for record in vars(module).values()
    if isinstance(record, Op)
}
