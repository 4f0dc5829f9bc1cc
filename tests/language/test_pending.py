"""Values whose graph is made when somebody looks: until then nobody can tell, afterwards there is nothing to tell."""

from collections.abc import Callable

import pytest

from engine.language.meter import reachable
from engine.language.pending import Pending, become, is_pending, made_by
from engine.language.values import VALUES
from engine.value import Value
from tests.each import each


class Maker:
    """Makes the graph of one Value: 2 * 3."""

    size = 1

    def __init__(self, value: Value) -> None:
        self.value, self.times = value, 0
        self.leaves = ()

    def make(self) -> None:
        self.times += 1
        become(self.value, Value)
        real = Value(2.0) * 3.0
        for name in ("a", "b", "da", "db", "grad", "origin", "next"):
            setattr(self.value, name, getattr(real, name))


def pending() -> tuple[Value, Maker]:
    value = Value.__new__(Value)
    real = Value(2.0) * 3.0
    value.data, value.op, value.level, value.label = 6.0, real.op, 1, None
    maker = Maker(value)
    value.next = maker  # type: ignore[assignment]
    become(value, Pending)
    return value, maker


QUIET: list[Callable[[Value], object]] = [
    lambda v: v.data,
    lambda v: v.op,
    lambda v: v.level,
    lambda v: v.__class__ is Value,
    lambda v: isinstance(v, Value),
    lambda v: v + 1,
    lambda v: 2 * v,
    lambda v: v > 3,
    bool,
    lambda v: f"{v:.3f}",
    lambda v: setattr(v, "label", "named"),
    lambda v: reachable([v]),
]
LOOKS: list[Callable[[Value], object]] = [
    lambda v: v.grad,
    lambda v: v.a,
    lambda v: v.operands,
    lambda v: v.locals,
    lambda v: v.history(),
    lambda v: v.next,
    lambda v: v.origin,
    lambda v: v.backward(),
    lambda v: (v * 2).backward(),
    lambda v: v.zero_grad(),
    repr,
    lambda v: setattr(v, "data", 1.0),
    lambda v: setattr(v, "grad", 1.0),
]


@each("use", QUIET)
def test_its_number_is_there(use: Callable[[Value], object]) -> None:
    value, maker = pending()
    use(value)
    assert (is_pending(value), maker.times) == (True, 0)
    assert made_by(value) is maker
    assert value.__class__ in VALUES
    assert type(value) in VALUES


@each("use", LOOKS)
def test_whatever_else_is_asked_or_assigned_has_the_graph_made_first(use: Callable[[Value], object]) -> None:
    value, maker = pending()
    use(value)
    assert (is_pending(value), maker.times, type(value)) == (False, 1, Value)


def test_a_pass_that_comes_by_goes_on_below() -> None:
    value, _ = pending()
    leaf = Value(5.0)
    (value * leaf + value).backward()
    assert value.grad == 6.0
    assert value.a.grad == 18.0  # type: ignore[union-attr]


def test_what_no_value_has_it_has_not_either() -> None:
    value, maker = pending()
    with pytest.raises(AttributeError):
        value.written  # type: ignore[attr-defined]  # noqa: B018
    assert maker.times == 0


def test_a_census_counts_a_graph_that_is_not_made_once() -> None:
    value, maker = pending()
    maker.size = 70
    assert reachable([value, [value, value], 5, "text"]) == (70, 2)
