"""Values: how a graph comes about, what `backward` leaves behind, and that PyTorch agrees."""

import gc
import math
import operator
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from random import Random

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine import Input, Parameter, Value
from engine.op import Op
from engine.ops import OPS
from engine.value import apply
from tests.each import each
from tests.engine import oracle
from tests.engine.graphs import Program, random_program

OPERATORS = [
    operator.add,
    operator.sub,
    operator.mul,
    operator.truediv,
    operator.floordiv,
    operator.mod,
    operator.pow,
]
RELATIONS = [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge]
PLAIN: list[float] = [2, 2.0, True, np.float64(2.0), np.float32(2.0), np.int64(2), Fraction(5, 2)]  # type: ignore[list-item]
REFUSED = ["2", None, 2j, [2.0], (2.0,), {}, Decimal(2), object()]


def example() -> tuple[list[Value], Value]:
    """The seeds' `L = (a*b + c) * f`."""
    a, b, c, f = leaves = [Value(x) for x in (2.0, -3.0, 10.0, -2.0)]
    return leaves, (a * b + c) * f


def grads(values: list[Value]) -> list[float]:
    return [value.grad for value in values]


# How a graph comes about


def test_a_leaf_has_no_history() -> None:
    x = Value(2, "x")
    assert (x.data, x.grad, x.label, x.op, x.operands, x.locals, x.level) == (2.0, 0.0, "x", None, (), (), 0)
    assert type(x.data) is float
    assert (x.kind, Parameter(2).kind, Input(2).kind) == ("input", "parameter", "input")


def test_a_value_of_a_value_takes_its_number() -> None:
    assert Value(Value(2.0) * 3).data == 6.0


def test_an_operator_keeps_operands_in_order_and_their_slopes() -> None:
    a, b = Value(2.0), Value(-3.0)
    node = a - b
    assert (node.op, node.operands, node.locals, node.level) == (OPS["sub"], (a, b), (1.0, -1.0), 1)
    assert (a / b).locals == pytest.approx((-1 / 3, -2 / 9))


def test_a_plain_operand_stays_a_number_without_slope() -> None:
    a = Value(2.0)
    assert ((a * 3).operands, (a * 3).locals) == ((a, 3.0), (3.0, None))
    assert ((3 * a).operands, (3 * a).locals) == ((3.0, a), (None, 3.0))
    assert isinstance((3 * a).a, float)


def test_the_same_operand_twice_is_two_operands() -> None:
    x = Value(3.0)
    square = x * x
    assert (square.operands, square.locals) == ((x, x), (3.0, 3.0))
    square.backward()
    assert x.grad == 6.0


def test_the_level_is_one_more_than_the_highest_operands() -> None:
    a, b = Value(1.0), Value(2.0)
    deep = ((a + b) + b) + b
    assert deep.level == 3
    assert (a * deep).level == (deep * a).level == (deep * 2).level == (2 * deep).level == deep.tanh().level == 4  # type: ignore[attr-defined]


@each("apply_", OPERATORS)
@each("plain", PLAIN)
def test_a_plain_number_may_stand_on_either_side(apply_: Callable[..., object], plain: float) -> None:
    right, left = apply_(Value(3.5), plain), apply_(plain, Value(3.5))
    assert isinstance(right, Value)
    assert isinstance(left, Value)
    assert (right.data, left.data) == (apply_(3.5, float(plain)), apply_(float(plain), 3.5))
    assert type(right.b) is type(left.a) is float


@each("apply_", OPERATORS)
@each("other", REFUSED)
def test_what_is_no_number_is_refused_on_either_side(apply_: Callable[..., object], other: object) -> None:
    with pytest.raises(TypeError):
        apply_(Value(2.0), other)
    with pytest.raises(TypeError):
        apply_(other, Value(2.0))


@pytest.mark.parametrize("other", REFUSED, ids=lambda x: type(x).__name__)
def test_an_operation_of_two_refuses_what_is_no_number(other: object) -> None:
    for operands in ((Value(2.0), other), (other, Value(2.0))):
        with pytest.raises(TypeError, match="max takes numbers"):
            apply(OPS["max"], *operands)


def test_python_built_in_functions_know_values() -> None:
    x = Value(-2.0)
    assert (abs(x).op, (-x).op, (+x).op, pow(x, 2).op) == (OPS["abs"], OPS["neg"], OPS["pos"], OPS["pow"])
    assert sum([x, x], start=x).data == -6.0


def test_numbers_at_the_edge_follow_ieee() -> None:
    assert (Value(1.0) / 0).data == (1 / Value(0.0)).data == math.inf
    assert math.isnan((Value(-8.0) ** (1 / 3)).data)
    assert (Value(0.0) ** -1).data == (Value(10.0) ** 400).data == math.inf


# Backward


def test_the_seeds_expression() -> None:
    leaves, result = example()
    result.backward()
    assert result.data == -8.0
    assert grads(leaves) == [6.0, -4.0, -2.0, 4.0]
    assert result.grad == 1.0


def test_two_passes_double_the_leaves_and_refresh_the_rest() -> None:
    x = Value(3.0)
    inner = x * 2
    result = inner * inner
    found = []
    for _ in range(3):
        result.backward()
        found.append((x.grad, inner.grad, result.grad))
    assert found == [(24.0, 12.0, 1.0), (48.0, 12.0, 1.0), (72.0, 12.0, 1.0)]


@pytest.mark.parametrize(("accumulation", "expected"), [("pytorch", [12.0, 24.0]), ("micrograd", [12.0, 36.0])])
def test_a_second_pass_adds_or_compounds(accumulation: str, expected: list[float]) -> None:
    x = Value(2.0)
    result = x * x * 3
    found = []
    for _ in expected:
        result.backward(accumulation)  # type: ignore[arg-type]  # the two words there are
        found.append(x.grad)
    assert found == expected


def test_both_sides_of_a_diamond_add_up() -> None:
    x = Value(3.0)
    left, right = x * 2, x * 5
    (left * right).backward()
    assert (x.grad, left.grad, right.grad) == (60.0, 15.0, 6.0)


def test_a_node_waits_for_all_that_use_it() -> None:
    x = Value(1.5)
    shared = x * x
    long = ((shared + 1) * 2 + shared) * shared
    long.backward()
    assert (shared.data, shared.grad, x.grad) == (2.25, 2 + 6 * 2.25, 3.0 * (2 + 6 * 2.25))


def test_what_the_root_does_not_depend_on_is_left_alone() -> None:
    x, unused = Value(2.0), Value(3.0)
    beside = x * unused
    beside.grad, unused.grad = 7.0, 8.0
    (x * 2).backward()
    assert (x.grad, beside.grad, unused.grad) == (2.0, 7.0, 8.0)


def test_a_leaf_is_its_own_root() -> None:
    x = Value(5.0)
    x.backward()
    x.backward()
    assert x.grad == 2.0
    x.backward("micrograd")
    assert x.grad == 1.0


def test_two_roots_add_up_in_the_leaves() -> None:
    x = Value(2.0)
    (x * 3).backward()
    (x * x).backward()
    assert x.grad == 7.0


def test_a_flow_of_zero_is_not_skipped() -> None:
    x = Value(0.0)
    (x**0.5 * 0).backward()
    assert math.isnan(x.grad)


def test_zero_grad_clears_all_it_depends_on_and_nothing_else() -> None:
    leaves, result = example()
    other = leaves[0] * 5
    result.backward()
    other.grad = 9.0
    result.zero_grad()
    assert all(node.grad == 0.0 for node in result.history())
    assert other.grad == 9.0


def test_the_history_has_operands_before_results_and_each_once() -> None:
    x, y = Value(2.0, "x"), Value(3.0, "y")
    product = y * x
    root = product + product * x
    history = root.history()
    assert [node.op.name if node.op else node.label for node in history] == ["y", "x", "mul", "mul", "add"]


def test_the_same_graph_gives_the_same_grads_bit_for_bit() -> None:
    program = random_program(Random(7), steps=40)

    def grads_of_all() -> list[float]:
        leaves = [Value(x) for x in program.inputs]
        nodes = program.run(leaves, lambda op: op)
        nodes[-1].backward()
        return grads(nodes)

    assert grads_of_all() == grads_of_all()


def test_a_chain_of_a_million_nodes_needs_no_recursion() -> None:
    assert sys.getrecursionlimit() < 100_000
    x = node = Value(1.0)
    for _ in range(1_000_000):
        node = node + 1e-6
    node.backward()
    assert (x.grad, node.level) == (1.0, 1_000_000)
    del node  # falls apart without recursion, too


def test_a_long_history_needs_no_recursion_either() -> None:
    node = Value(1.0)
    for _ in range(50_000):
        node = node + 1e-6
    assert len(node.history()) == 50_001
    node.zero_grad()


def test_a_graph_is_freed_without_the_collector() -> None:
    def work() -> None:
        leaves, result = example()
        program = random_program(Random(3), steps=60)
        nodes = program.run([Value(x) for x in program.inputs], lambda op: op)
        for root in (result, nodes[-1]):
            root.backward()
            root.backward("micrograd")
            root.zero_grad()
        assert leaves

    work()
    gc.collect()
    gc.disable()
    try:
        work()
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_value_has_its_slots_and_no_more() -> None:
    with pytest.raises(AttributeError):
        Value(1.0).color = "red"  # type: ignore[attr-defined]
    assert not hasattr(Value(1.0), "__dict__")
    assert sys.getsizeof(Value(1.0)) <= 128


# As a number


@each("relation", RELATIONS)
@each("y", [1.0, 2.0, 3.0, math.nan])
def test_comparison_is_by_data(relation: Callable[[object, object], bool], y: float) -> None:
    for left, right in (
        (Value(2.0), Value(y)),
        (Value(2.0), y),
        (2.0, Value(y)),
        (2, Value(y)),
        (Value(2.0), Input(y)),
    ):
        assert relation(left, right) is relation(2.0, y)


def test_what_is_no_number_is_unequal_and_not_ordered() -> None:
    assert Value(2.0) != "2"
    assert Value(2.0) is not None
    with pytest.raises(TypeError):
        assert Value(2.0) < "2"


def test_values_hash_by_identity() -> None:
    a, b = Value(2.0), Value(2.0)
    assert a == b
    assert len({a, b, a}) == 2


def test_a_value_is_true_unless_its_number_is_zero() -> None:
    assert [bool(Value(x)) for x in (0.0, -0.0, 1e-300, math.nan)] == [False, False, True, True]


def test_a_value_prints_with_its_gradient_and_takes_a_format() -> None:
    x = Value(-6.0)
    assert str(x) == repr(x) == f"{x}" == "Value(data=-6.0, grad=0.0)"
    assert f"{x:.2f} {x:>8.1e}" == "-6.00 -6.0e+00"


def test_item_is_the_number_and_detach_forgets() -> None:
    x = Value(2.0)
    node = x * 3
    assert (node.item(), node.detach().data, node.detach().op) == (6.0, 6.0, None)


@pytest.mark.parametrize(
    ("written", "shown"), [(10, "10"), (10.0, "10.0"), (-3, "-3"), (2 / 3, "0.6666666666666666"), (1e300, "1e+300")]
)
def test_an_input_is_shown_as_it_was_written(written: float, shown: str) -> None:
    n = Input(written, "n")
    assert str(n) == repr(n) == f"{n}" == str(n.written) == shown
    assert type(n.written) is type(written)
    assert (hash(n), n == written, {written: "found"}[n]) == (hash(written), True, "found")  # type: ignore[index]
    assert f"{n:.3f}" == f"{written:.3f}"


def test_a_whole_input_counts_and_indexes() -> None:
    n = Input(2)
    assert ([5, 6, 7][n], list(range(n)), [0] * n) == (7, [0, 1], [0, 0])
    with pytest.raises(TypeError):
        operator.index(Input(2.0))


def test_an_input_that_was_moved_shows_its_new_number() -> None:
    n = Input(2)
    n.data = 2.5
    assert (str(n), n.written) == ("2.5", 2.5)
    n.data = 3.0
    assert str(n) == "3"
    n.data = math.nan
    assert str(n) == "nan"


def test_arithmetic_on_an_input_makes_a_value() -> None:
    n = Input(7)
    node = n // 2
    assert (type(node), node.data, node.a) == (Value, 3.0, n)
    assert (n**2 + n * n - 2 * n).data == 84.0


@each("op", OPS.values())
def test_slopes_of_inputs_can_be_differentiated_again(op: Op) -> None:
    point = op.samples[0]
    for i, expected in enumerate(oracle.second(op, point)):
        inputs = [Input(x) for x in point]
        first = op.slopes[i](*inputs, op(*inputs))
        if isinstance(first, Value):
            first.backward()
        assert grads(list(inputs)) == pytest.approx(expected, rel=1e-12, abs=1e-15)


# Against PyTorch


@given(st.randoms(use_true_random=False).map(lambda random: random_program(random, steps=random.randint(1, 25))))
def test_values_and_grads_of_random_graphs_are_those_of_torch(program: Program) -> None:
    ours = program.run([Value(x) for x in program.inputs], lambda op: op)
    theirs = program.run(oracle.leaves(program.inputs), oracle.function)
    ours[-1].backward()
    assert [node.data for node in ours] == pytest.approx([node.item() for node in theirs], rel=1e-9)
    expected = torch.autograd.grad(theirs[-1], theirs, allow_unused=True, materialize_grads=True)
    scale = max(1.0, *(abs(grad.item()) for grad in expected))
    assert grads(ours) == pytest.approx([grad.item() for grad in expected], rel=1e-8, abs=1e-10 * scale)
