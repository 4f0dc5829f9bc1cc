"""The budgets are charged as the work is done: what is alive is counted again, what is gone is not."""

from collections.abc import Callable
from itertools import repeat

import pytest

from engine.language.faults import Fault
from engine.language.limits import Limits
from engine.language.meter import SLICE, Meter, reachable
from engine.language.values import Bound, Class, Function, Instance, OrderedSet, Stream, Thing
from engine.nn import MLP
from engine.optim import SGD
from engine.value import Value
from tests.each import each
from tests.language.agreement import ran
from tests.language.telling import Wrong, check_wrong


def used(source: str) -> int:
    return ran(source).machine.meter.used


def test_steps_grow_with_the_work() -> None:
    assert (
        used("x = [1]")
        < used("x = [1]\ny = [2]")
        < used("x = [i for i in range(100)]")
        < used("x = list(range(10000))")
    )
    ten, hundred = used("for i in range(10): x = i * 2"), used("for i in range(100): x = i * 2")
    assert hundred - ten == pytest.approx(9 * ten, rel=0.2)


def test_backward_is_charged_by_the_nodes_it_visits() -> None:
    source = "a = 1.0\nfor i in range(500): a = a * 1.01\n"
    once, often = used(source + "a.backward()"), used(source + "for i in range(10): a.backward()")
    assert often - once > 9 * 500


def test_what_is_gone_is_not_counted() -> None:
    ran("x = 0\nfor i in range(40):\n    x = [0] * 40000")
    ran("for i in range(30000):\n    a = Value(1.0) * 2 * 3 * 4")


@each(
    ("made", "nodes", "elements"),
    [
        (lambda v: v, 1, 0),
        (lambda v: v * v + 1, 3, 0),
        (lambda v: [v, v, [v]], 1, 4),
        (lambda v: (v, {v: v * 2}), 2, 4),
        (lambda v: OrderedSet({v: None}), 1, 1),
        (lambda v: {1: v}.values(), 1, 1),
        (lambda v: Instance(Class("A", None, {"b": v}), {"a": v}), 1, 4),
        (lambda v: Class("A", Class("B", None, {"x": v}), {}), 1, 3),
        (lambda v: Bound(Function(None, [[v]], {}), [v]), 1, 4),  # type: ignore[arg-type]
        (lambda v: Function(None, [], {"x": [v]}), 1, 2),  # type: ignore[arg-type]
        (lambda v: MLP(2, [1]), 3, 6),
        (lambda v: SGD([v], 0.1), 1, 1),
        (lambda v: Stream("zip", iter([v])), 0, 0),
        (lambda v: [1, "text", None], 0, 3),
    ],
)
def test_what_can_be_reached_is_counted_once(made: Callable[[Value], Thing], nodes: int, elements: int) -> None:
    assert reachable([made(Value(1.0))]) == (nodes, elements)


def test_a_circle_is_counted_once() -> None:
    x: list[Thing] = [1]
    x.append(x)
    assert reachable([x, x]) == (0, 2)


def test_a_budget_is_passed_by_no_more_than_a_slice() -> None:
    meter = Meter(Limits(steps=3 * SLICE), [])
    charges = map(meter.charge, repeat(1, 5 * SLICE))
    with pytest.raises(Fault, match="steps"):
        all(charge is None for charge in charges)
    assert 3 * SLICE < meter.used <= 4 * SLICE + 1


@each("more", [0, 1])
@each("limits", [Limits(nodes=3), Limits(elements=3)])
def test_as_many_may_be_alive_as_the_budget_says(limits: Limits, more: int) -> None:
    held: list[Thing] = [Value(1.0) for _ in range(3 + more)] if limits.nodes == 3 else [[0.0] * (3 + more)]
    meter = Meter(limits, [held])
    if more:
        with pytest.raises(Fault, match="too many"):
            meter.census(7)
    else:
        meter.census(7)
        assert meter.alive == (*reachable(held), 0, 7)


def test_what_is_known_to_be_gone_need_not_be_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    monkeypatch.setattr(Meter, "census", lambda _, used: looks.append(used))
    meter, more = Meter(Limits(nodes=10, elements=2 * SLICE), []), SLICE + 1
    meter.skip(8, more)
    meter.forget(8, more)
    meter.skip(8, more)
    assert looks == []
    meter.skip(3, more)
    assert looks == [3 * more]


LOOP = "a = 1.0\nxs = []\nwhile True: "
ENDLESS = [
    Wrong(LOOP + "xs.append(a * 2)", "limit", 3, "the program exceeds"),
    Wrong(LOOP + "a = a * 1.0", "limit", 3, "the program exceeds"),
    Wrong(LOOP + "xs = [xs, [0] * 9000]", "limit", 3, "the program exceeds"),
    Wrong(LOOP + "xs = MLP(30, [30, 30])", "limit", 3, "the program exceeds"),
    Wrong("MLP(10 ** 9, [10 ** 9])", "limit", 1, "the program exceeds"),
]


@pytest.mark.parametrize("row", ENDLESS)
def test_what_never_ends_is_ended(row: Wrong) -> None:
    check_wrong(row)
