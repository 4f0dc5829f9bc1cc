import math
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import torch

from engine.derivative import Tape, check, grad, hessian, jvp, numeric_gradient
from engine.ops import OPS
from engine.value import Value, apply
from tests.each import each

Function = Callable[..., Any]  # of Values or of tensors

FUNCTIONS: dict[str, tuple[Function, tuple[float, ...]]] = {
    "polynomial": (lambda x, y: 3 * x**2 * y - x * y**3 + y / x, (1.5, -0.75)),
    "shared": (lambda x, y: (x * y + x) * (x * y + x) + x * x, (0.5, 2.0)),
    "powers": (lambda x, y: x**y + 2**x, (1.25, 2.5)),
    "exponentials": (lambda x, y: (x * y).exp() / (1 + (x - y).exp()) + (1 + y * y).log(), (0.3, -0.7)),
    "waves": (lambda x, y: (x * y).sin() * x.cos() + (x / y).tanh(), (0.9, 1.7)),
    "diamond": (lambda x, y: sum((x * k + y).tanh() for k in range(4)), (0.2, -0.1)),
}
CASES = pytest.mark.parametrize(("f", "point"), FUNCTIONS.values(), ids=FUNCTIONS)


def tensors(point: tuple[float, ...]) -> list[torch.Tensor]:
    return [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in point]


def values(point: tuple[float, ...]) -> list[Value]:
    return [Value(x) for x in point]


def chain(length: int) -> tuple[Value, Value]:
    node = x = Value(0.5)
    for i in range(length):
        node = node * 0.5 + x if i % 2 else -node
    return node, x


@CASES
def test_the_first_three_derivatives_are_pytorch_s(f: Function, point: tuple[float, ...]) -> None:
    xs, ts = values(point), tensors(point)
    y, t = f(*xs), f(*ts)
    for _ in range(3):
        slopes = grad(y, xs)
        exact = torch.autograd.grad(t, ts, create_graph=True)
        assert [slope.data for slope in slopes] == pytest.approx([slope.item() for slope in exact], rel=1e-9)
        y, t = slopes[0] + slopes[1], exact[0] + exact[1]


@CASES
def test_the_hessian_is_pytorch_s(f: Function, point: tuple[float, ...]) -> None:
    xs = values(point)
    ours = hessian(f(*xs), xs)
    theirs = torch.autograd.functional.hessian(f, tuple(tensors(point)))  # type: ignore[no-untyped-call]
    assert [entry.data for row in ours for entry in row] == pytest.approx(
        [entry.item() for row in theirs for entry in row], rel=1e-9
    )


@CASES
def test_forward_and_reverse_mode_agree(f: Function, point: tuple[float, ...]) -> None:
    xs, direction = values(point), (0.75, -2.0)
    y = f(*xs)
    expected = sum(slope.data * speed for slope, speed in zip(grad(y, xs), direction, strict=True))
    assert jvp(y, xs, direction) == pytest.approx(expected, rel=1e-12)


@CASES
def test_grad_gives_the_numbers_of_a_backward_pass(f: Function, point: tuple[float, ...]) -> None:
    xs = values(point)
    y = f(*xs)
    slopes = [slope.data for slope in grad(y, xs)]
    assert [x.grad for x in xs] == [0.0, 0.0]
    y.backward()
    assert slopes == pytest.approx([x.grad for x in xs], rel=1e-14)


@each("op", OPS.values())
def test_every_operation_has_a_second_derivative(op: Any) -> None:  # noqa: ANN401  # a record
    """Measured: the slope of the exact slope, at the record's own samples."""
    for sample in op.samples:
        for i in range(len(sample)):

            def slope(point: Any, i: int = i) -> float:  # noqa: ANN401
                xs = values(point)
                return grad(apply(op, *xs), xs[i]).data

            xs = values(sample)
            exact = grad(grad(apply(op, *xs), xs[i]), xs[i]).data
            assert exact == pytest.approx(numeric_gradient(slope, sample)[i].slope, rel=1e-5, abs=1e-6)


def test_a_derivative_is_a_graph_of_the_forward_nodes() -> None:
    x, w = Value(3.0, "x"), Value(2.0, "w")
    inner = x * x
    slope = grad(inner * w, x)
    assert {id(x), id(w)} <= {id(node) for node in slope.history()}
    assert grad(slope, w).data == 6.0
    assert x.grad == w.grad == 0.0


def test_constants_stay_plain_numbers() -> None:
    x = Value(2.0)
    slope = grad(x**3, x)
    assert [node.data for node in slope.history() if node.op is None] == [2.0]
    plain = [operand for node in slope.history() for operand in node.operands if isinstance(operand, float)]
    assert sorted(plain) == [2.0, 3.0]  # 3 * x**2


def test_a_derivative_is_never_a_node_of_the_function_itself() -> None:
    a, b = Value(2.0), Value(5.0)
    product = a * b
    power = apply(OPS["exp"], a)
    assert grad(product, a) is not b
    assert grad(product, a).data == 5.0
    assert grad(power, a) is not power
    assert grad(grad(power, a), a).data == power.data


def test_what_is_not_there_has_slope_zero() -> None:
    x, other = Value(2.0), Value(3.0)
    y = x * x
    assert grad(y, other).data == 0.0
    assert grad(1.5, x).data == 0.0
    assert grad(3 * x, x).data == 3.0
    assert grad(x, x).data == 1.0
    assert grad(grad(3 * x, x), x).data == 0.0
    assert jvp(y, [other], [1.0]) == 0.0


def test_inner_nodes_and_repeated_ones_can_be_asked_for() -> None:
    x = Value(2.0)
    h = x * x
    y = h * 3 + x
    assert [slope.data for slope in grad(y, [h, x, x])] == [3.0, 13.0, 13.0]
    assert jvp(y, [h, x, x], [1.0, 1.0, 1.0]) == 29.0


def test_a_plain_number_cannot_be_differentiated_by() -> None:
    with pytest.raises(ValueError, match="by a Value"):
        grad(Value(1.0), 2.0)  # type: ignore[call-overload]
    with pytest.raises(ValueError, match="one number per Value, but got 1 for 2"):
        jvp(Value(1.0), [Value(1.0), Value(2.0)], [1.0])


def test_a_long_chain_needs_no_recursion() -> None:
    y, x = chain(100_000)
    assert y.level > 20 * sys.getrecursionlimit()
    y.backward()
    assert grad(y, x).data == pytest.approx(x.grad, rel=1e-12)
    assert jvp(y, [x], [1.0]) == pytest.approx(x.grad, rel=1e-12)
    assert Tape(y, [x])([0.5]) == y.data


@CASES
def test_a_tape_computes_the_function_at_other_numbers(f: Function, point: tuple[float, ...]) -> None:
    xs = values(point)
    tape = Tape(f(*xs), xs)
    elsewhere = [x + 0.125 for x in point]
    assert tape(elsewhere) == f(*values(tuple(elsewhere))).data
    assert [x.data for x in xs] == list(point)


@CASES
def test_exact_and_measured_slopes_agree(f: Function, point: tuple[float, ...]) -> None:
    xs = values(point)
    checks = check(f(*xs))
    assert {id(one.leaf) for one in checks} == {id(x) for x in xs}
    for one in checks:
        assert one.agrees
        assert one.difference == abs(one.analytic - one.numeric) < 1e-8 * max(1.0, abs(one.analytic))
        assert 0.0 < one.step <= 0.25


@pytest.mark.parametrize("x", [1e-9, 1e-3, 1.0, 37.5, 1e6, 1e100])
def test_the_step_suits_the_point(x: float) -> None:
    leaf = Value(x)
    (found,) = check(apply(OPS["log"], leaf))
    assert found.agrees
    assert found.step < x
    assert found.numeric == pytest.approx(1 / x, rel=1e-7)


def test_at_a_kink_the_convention_is_not_what_is_measured() -> None:
    (kink,) = check(apply(OPS["relu"], Value(0.0)))
    assert kink.analytic == 0.0
    assert kink.numeric == pytest.approx(0.5)
    assert not kink.agrees


def test_a_wrong_rule_is_found() -> None:
    wrong = replace(OPS["tanh"], slopes=(lambda x, z: 1.0 - z,))  # the square is missing
    y = Value(0.5)
    y.op, y.a, y.da, y.level = wrong, Value(0.5), 0.0, 1
    (found,) = check(y)
    assert not found.agrees
    assert found.difference == pytest.approx(abs((1 - math.tanh(0.5)) - (1 - math.tanh(0.5) ** 2)), rel=1e-6)


def test_where_nothing_can_be_measured_nothing_agrees() -> None:
    (found,) = check(apply(OPS["sqrt"], Value(0.0)))
    assert found.analytic == math.inf
    assert math.isnan(found.numeric)
    assert not found.agrees
    (lost,) = numeric_gradient(lambda point: math.nan * point[0], [1.0])
    assert math.isnan(lost.slope)


def test_a_check_is_made_at_the_numbers_the_leaves_hold_now() -> None:
    x = Value(1.0)
    y = x**3
    x.data = 2.0
    (found,) = check(y)
    assert found.analytic == 12.0
    assert found.agrees


def test_a_check_looks_at_the_given_leaves_only() -> None:
    x, w = Value(1.0), Value(2.0)
    (found,) = check(x * w, [w])
    assert found.leaf is w
    assert found.analytic == 1.0
