import gc
import math
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import fields, replace
from random import Random
from typing import TypeVar

import pytest
import torch

from engine.leaf import Parameter
from engine.op import Op
from engine.ops import OPS
from engine.origin import Scope, Site
from engine.recording import Recording, fingerprint, record
from engine.validity import validate
from engine.value import Accumulation, Value, apply
from tests.each import each
from tests.engine import oracle
from tests.engine.graphs import Program, random_program

T = TypeVar("T")
ACCUMULATIONS: tuple[Accumulation, ...] = ("pytorch", "micrograd")
PROGRAMS = range(40)


def bits(numbers: Sequence[float | None]) -> list[bytes | None]:
    return [None if number is None else struct.pack("d", number) for number in numbers]


def written(value: Value, serial: int, scope: Scope | None = None) -> Value:
    value.origin = (Site((serial, serial + 1), 1), scope, serial)
    return value


def seed() -> Value:
    """The seeds' expression, with the places of nodes as the language gives them."""
    numbers = {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}
    a, b, c, f = (written(Value(number, name), serial) for serial, (name, number) in enumerate(numbers.items()))
    product = written(a * b, 4)
    total = written(product + c, 5)
    output = written(total * f, 6)
    output.label = "L"
    output.backward()
    return output


def built(program: Program) -> list[Value]:
    def function(op: Op) -> Callable[..., object]:
        return lambda *operands: (
            apply(op, *operands) if any(isinstance(one, Value) for one in operands) else op(*operands)
        )

    made: list[Value] = program.run([Value(number) for number in program.inputs], function)
    return made


def rows(recording: Recording) -> list[tuple[int, int, int, float | None, float | None]]:
    edges = recording.edges
    return list(zip(edges.source, edges.target, edges.key, edges.local, edges.flow, strict=True))


def test_the_seeds_expression_is_recorded_as_designed() -> None:
    recording = record(seed())
    validate(recording)
    nodes = recording.nodes
    assert nodes.label == ("a", "b", "c", "f", None, None, "L")
    assert nodes.kind == ("input",) * 4 + ("operation",) * 3
    assert [op and op.name for op in nodes.op] == [None] * 4 + ["mul", "add", "mul"]
    assert nodes.data == (2.0, -3.0, 10.0, -2.0, -6.0, 4.0, -8.0)
    assert nodes.grad == nodes.adjoint == (6.0, -4.0, -2.0, 4.0, -2.0, -2.0, 1.0)
    assert nodes.data_end == (None,) * 7
    assert nodes.serial == tuple(range(7))
    assert rows(recording) == [
        (0, 4, 0, -3.0, 6.0),
        (1, 4, 1, 2.0, -4.0),
        (4, 5, 0, 1.0, -2.0),
        (2, 5, 1, 1.0, -2.0),
        (5, 6, 0, -2.0, -2.0),
        (3, 6, 1, 4.0, 4.0),
    ]
    assert recording.output == 6
    assert recording.order == (6, 5, 4)


@each("number", PROGRAMS)
def test_the_adjoint_is_what_one_fresh_pass_leaves_in_grad(number: int) -> None:
    for accumulation in ACCUMULATIONS:
        output = built(random_program(Random(number), steps=30))[-1]
        output.backward(accumulation)
        recording = record(output, accumulation=accumulation)
        validate(recording)
        assert bits(recording.nodes.adjoint) == bits(recording.nodes.grad)


@each("number", PROGRAMS)
def test_the_adjoints_of_inputs_are_those_of_pytorch(number: int) -> None:
    program = random_program(Random(number), steps=12)
    made = built(program)
    recording = record(made[-1], inputs=made[: len(program.inputs)])
    tensors = oracle.leaves(program.inputs)
    torch.autograd.backward(program.run(tensors, oracle.function)[-1])
    expected = [0.0 if tensor.grad is None else tensor.grad.item() for tensor in tensors]
    by_data = dict(zip(program.inputs, expected, strict=True))
    for kind, data, adjoint in zip(recording.nodes.kind, recording.nodes.data, recording.nodes.adjoint, strict=True):
        if kind == "input":
            assert adjoint == pytest.approx(by_data[data], rel=1e-9, abs=1e-12)


def test_numbers_agree_to_the_sign_of_zero_and_where_they_are_none() -> None:
    x, y = Value(0.0), Value(-1.0)
    for output in (x * -0.0 + y * 0.0, apply(OPS["log"], x) * 0.0 + x, (x / x) * y, -x * 0.0):
        for leaf in (x, y):
            leaf.grad = 0.0
        output.backward()
        recording = record(output)
        validate(recording)
        for adjoint, grad in zip(recording.nodes.adjoint, recording.nodes.grad, strict=True):
            if adjoint is not None and grad is not None:
                assert bits([adjoint]) == bits([grad]) or (math.isnan(adjoint) and math.isnan(grad))


def test_an_operand_used_twice_has_two_edges() -> None:
    x = Value(3.0)
    recording = record(x * x)
    validate(recording)
    assert rows(recording) == [(0, 1, 0, 3.0, 3.0), (0, 1, 1, 3.0, 3.0)]
    assert recording.nodes.adjoint == (6.0, 1.0)


def test_a_diamond_adds_up_and_the_walk_goes_through_it_once() -> None:
    x = Value(2.0)
    left, right = x * 3.0, x + 1.0
    recording = record(left * right)
    validate(recording)
    assert recording.nodes.adjoint[0] == 3.0 * 3.0 + 6.0
    assert sorted(recording.order) == [node for node, op in enumerate(recording.nodes.op) if op]


def test_a_constant_is_a_node_per_use_just_before_it_and_without_gradient() -> None:
    scope = Scope("call", "f", 1, None)
    x = written(Value(3.0, "x"), 0)
    first = written(2 * x, 1, scope)
    output = written(first - 2.0, 2)
    recording = record(output)
    validate(recording)
    nodes = recording.nodes
    assert nodes.kind == ("input", "constant", "operation", "constant", "operation")
    assert nodes.data == (3.0, 2.0, 6.0, 2.0, 4.0)
    assert nodes.grad[1] is nodes.adjoint[1] is nodes.serial[1] is None
    assert (nodes.scope[1], nodes.site[1]) == (scope, nodes.site[2])
    assert rows(recording)[:2] == [(1, 2, 0, None, None), (0, 2, 1, 2.0, 2.0)]


def test_nodes_come_in_order_of_execution_and_without_serials_as_soon_as_they_can() -> None:
    a, b = Value(1.0, "a"), Value(2.0, "b")
    late = written(Value(3.0, "late"), 7)
    unplaced = late * a
    output = written(unplaced + b, 9)
    recording = record(output)
    validate(recording)
    assert recording.nodes.label[:2] == ("a", "b")
    assert recording.nodes.label[2] == "late"
    assert recording.output == 4


def test_inputs_that_nothing_uses_are_drawn_in_their_place() -> None:
    x, unused, y = (written(Value(1.0, name), serial) for serial, name in enumerate("xuy"))
    output = written(x * y, 3)
    recording = record(output, inputs=[x, unused, y])
    validate(recording)
    assert recording.nodes.label == ("x", "u", "y", None)
    assert recording.nodes.adjoint[1] == 0.0
    assert recording.order == (3,)


def test_a_leaf_can_be_the_output_and_nothing_is_a_graph_as_well() -> None:
    x = Value(5.0, "x")
    x.backward()
    recording = record(x)
    validate(recording)
    assert (recording.output, recording.order, recording.nodes.adjoint) == (0, (), (1.0,))
    nothing = record(None)
    validate(nothing)
    assert len(nothing) == 0
    assert nothing.output is None
    alone = record(None, inputs=[x])
    validate(alone)
    assert alone.nodes.adjoint == (0.0,)


def test_kinds_are_those_of_the_leaves() -> None:
    recording = record(Parameter(1.0, "w") * Value(2.0, "x"))
    assert recording.nodes.kind == ("parameter", "input", "operation")


def test_two_passes_add_up_in_leaves_only() -> None:
    x = Value(2.0)
    output = x * x * x
    output.backward()
    output.backward()
    recording = record(output)
    validate(recording)
    assert recording.nodes.grad == (24.0, 2.0, 1.0)
    assert recording.nodes.adjoint == (12.0, 2.0, 1.0)


def test_by_micrograds_rule_earlier_passes_flow_on() -> None:
    x = Value(2.0)
    output = x * x * x
    output.backward("micrograd")
    output.backward("micrograd")
    recording = record(output, accumulation="micrograd")
    validate(recording)
    assert recording.nodes.grad == (32.0, 4.0, 1.0)
    square = recording.edges.target.index(1)
    assert recording.edges.flow[square] == 4.0 * 2.0
    assert recording.nodes.adjoint == (8.0 + 8.0 + 4.0, 2.0, 1.0)


def test_data_is_what_the_forward_run_used() -> None:
    w, x = written(Value(9.0, "w"), 0), written(Value(2.0, "x"), 1)
    x.data = 3.0  # before its first use, at 2
    output = written(w * x, 3)
    w.data, x.data = 5.0, 7.0  # after it, at 4 and 5; then w again
    w.data = 6.0
    assigned = [(x, 2, 2.0), (w, 4, 9.0), (x, 5, 3.0), (w, 6, 5.0)]
    recording = record(output, assigned=assigned)
    validate(recording)
    assert recording.nodes.data == (9.0, 3.0, 27.0)
    assert recording.nodes.data_end == (6.0, 7.0, None)
    assert recording.edges.local == (3.0, 9.0)


def test_data_assigned_before_the_first_use_alone_leaves_no_trace() -> None:
    w = written(Value(1.0), 0)
    w.data = 4.0
    output = written(apply(OPS["tanh"], w), 5)
    recording = record(output, assigned=[(w, 1, 1.0)])
    assert recording.nodes.data[0] == 4.0
    assert recording.nodes.data_end == (None, None)


def test_the_hash_is_of_the_topology_alone() -> None:
    def graph(x: float, *, swapped: bool = False, label: str | None = None) -> str:
        a, b = written(Value(x, label), 0), written(Value(3.0), 1)
        return record(b - a if swapped else a - b).structure

    assert graph(1.0) == graph(2.0, label="other")
    assert graph(1.0) != graph(1.0, swapped=True)
    x, w = Value(1.0), Parameter(1.0)
    assert len({record(one).structure for one in (x, w, x + 1.0, x + x, x * x, 1.0 + x)}) == 6


def test_the_hash_is_the_same_in_every_process() -> None:
    program = (
        "from engine.value import Value; from engine.recording import record; print(record(Value(2.0)*3).structure)"
    )
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == record(Value(5.0) * 7).structure


def test_a_recording_holds_no_value_and_does_not_change() -> None:
    x = Value(2.0, "x")
    output = x * x
    recording = record(output)
    output.backward()
    x.data = 100.0
    assert recording.nodes.data == (2.0, 4.0)
    assert recording.nodes.grad == (0.0, 0.0)
    for table in (recording.nodes, recording.edges):
        for column in fields(table):
            assert isinstance(getattr(table, column.name), tuple)
            assert not any(isinstance(one, Value) for one in getattr(table, column.name))


def test_a_long_chain_is_recorded_without_recursion_in_linear_time() -> None:
    def seconds(length: int) -> float:
        x = Value(1.0)
        for _ in range(length):
            x = x + x
            x.da = x.db = 0.5  # so that it stays finite
        x.backward()
        gc.collect()
        started = time.process_time()
        recording = record(x)
        spent = time.process_time() - started
        validate(recording)
        assert len(recording) == length + 1
        assert recording.order == tuple(range(length, 0, -1))
        return spent

    assert seconds(100_000) < 30 * max(seconds(10_000), 0.01)


def changed(recording: Recording, where: str, row: int, to: object) -> Recording:
    """The recording with one entry of one column replaced: "nodes.kind", "edges.flow", "order"."""
    table, _, column = where.partition(".")
    if not column:
        return substituted(recording, table, entry(getattr(recording, table), row, to))
    inner = getattr(recording, table)
    return substituted(recording, table, substituted(inner, column, entry(getattr(inner, column), row, to)))


def substituted(table: T, column: str, to: object) -> T:
    """A copy of a frozen table with one column replaced."""
    other = copy(table)
    object.__setattr__(other, column, to)
    return other


def entry(column: tuple[object, ...], row: int, to: object) -> tuple[object, ...]:
    return (*column[:row], to, *column[row + 1 :])


@each(
    ("where", "row", "to", "says"),
    [
        ("nodes.kind", 0, "weight", "no known kind"),
        ("nodes.kind", 4, "input", "cannot have operands"),
        ("nodes.kind", 0, "operation", "has no record"),
        ("nodes.kind", 0, "constant", "constants have no gradient"),
        ("nodes.op", 4, OPS["tanh"], "takes 1 operands, and has 2"),
        ("nodes.grad", 1, None, "have one"),
        ("nodes.adjoint", 1, -4.0000000000000001e-9, "its uses send back"),
        ("nodes.adjoint", 6, 2.0, "carries"),
        ("edges.source", 0, 4, "not older"),
        ("edges.source", 0, -1, "not older"),
        ("edges.key", 0, 1, "stands where"),
        ("edges.target", 0, 5, "stands where"),
        ("edges.local", 0, None, "no gradient goes to a constant"),
        ("edges.local", 0, 1.0, "and not the gradient of node 4 times 1.0"),
        ("edges.flow", 5, 4.5, "carries 4.5"),
        ("order", 0, 5, "twice"),
        ("order", 0, 0, "only them"),
    ],
)
def test_the_validator_says_what_is_wrong(where: str, row: int, to: object, says: str) -> None:
    wrong = changed(record(seed()), where, row, to)
    wrong = replace(wrong, structure=fingerprint(wrong.nodes, wrong.edges.source, wrong.output))
    with pytest.raises(ValueError, match=says):
        validate(wrong)


def test_the_validator_looks_at_the_walk_and_the_whole() -> None:
    recording = record(seed())
    for wrong, says in (
        (replace(recording, order=(5, 6, 4)), "visits node 5 before node 6"),
        (replace(recording, order=(6, 5)), "only them: see node 4"),
        (replace(recording, output=7), "is no node"),
        (replace(recording, structure="0" * 32), "not that of this topology"),
        (replace(recording, first=recording.first[:-1]), "one entry per node"),
        (replace(recording, nodes=replace(recording.nodes, label=())), "differ in length"),
    ):
        with pytest.raises(ValueError, match=says):
            validate(wrong)


def test_the_validator_sees_a_wrong_sign_of_zero() -> None:
    x = Value(2.0)
    recording = record(x * 0.0)
    validate(recording)
    with pytest.raises(ValueError, match="adjoint"):
        validate(changed(recording, "nodes.adjoint", 0, -0.0))
