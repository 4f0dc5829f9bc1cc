"""What a run has made is gone when it is over, without the collector: a worker runs one program after another."""

import gc
from collections.abc import Callable

from engine.language.grammar.checked import check
from engine.language.machine import Machine
from engine.language.run import Options, run_to
from engine.training import Trainer
from engine.value import Value
from tests.each import each
from tests.language.agreement import LIMITS, NAMES

NET = """\
net = MLP(2, [4, 1])
for k in range(20):
    loss = sum([(net([x, 1.0]) - x) ** 2 for x in (0.1, 0.2, 0.3)])
    net.zero_grad()
    loss.backward()
    for p in net.parameters():
        p.data -= 0.05 * p.grad
"""
OBJECTS = """\
class Point:
    def __init__(self, x):
        self.x = x
        self.twice = lambda: self.x * 2
    def far(self):
        return sum([self.x * i for i in range(40)])
def chain(x, n):
    return x if n == 0 else chain(x + x, n - 1)
point = Point(Value(2.0))
y = point.far() + point.twice() + chain(point.x, 40)
"""


def made(source: str, trainer: Callable[[Machine], Trainer] | None) -> int:
    """How many operations of a run are still there after it."""
    checked = check(source, LIMITS, NAMES)
    gc.collect()
    gc.disable()
    try:
        before = operations()
        count = run_to(checked, LIMITS, Options({}), lambda ended: ended.machine.meter.coming, trainer=trainer)
        assert count > 50
        return operations() - before
    finally:
        gc.enable()


def operations() -> int:
    return sum(type(thing) is Value and thing.op is not None for thing in gc.get_objects())


@each(("source", "trainer"), [(NET, None), (NET, lambda machine: Trainer(machine, small=0)), (OBJECTS, None)])
def test_operations_are_gone_when_a_run_is_over(source: str, trainer: Callable[[Machine], Trainer] | None) -> None:
    assert made(source, trainer) == 0
