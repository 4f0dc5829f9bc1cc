import math

from engine.document import Request, evaluate
from engine.examples import EXAMPLES, Example
from engine.recording import record
from engine.replay.agreement import MOST, STEPS, compare, one_sided
from engine.value import Value
from tests.each import each


@each("example", EXAMPLES)
def test_every_gradient_of_every_example_agrees(example: Example) -> None:
    recording = evaluate(Request(source=example.source)).recording
    leaves = [node for node, kind in enumerate(recording.nodes.kind) if kind in ("input", "parameter")]
    found = compare(recording, leaves)
    assert len(found.rows) == min(len(leaves), MOST)
    assert {row.verdict for row in found.rows} <= {"agrees"}
    for row in found.rows:
        assert row.difference is not None
        assert row.difference < 1e-7
        assert row.central.step > 0


def test_costs_are_passes_and_operations() -> None:
    a, b = Value(2.0), Value(3.0)
    found = compare(record(a * b + a), [0, 1])
    costs = {cost.way: (cost.passes, cost.operations) for cost in found.costs}
    assert costs == {"reverse": (2, 4), "forward": (2, 8), "central": (4, 8), "complex": (2, 4)}


def test_a_kink_is_named_and_a_wrong_slope_would_be_found() -> None:
    x = Value(0.0)
    found = compare(record(abs(x) + x), [0])
    assert found.kinks == (1,)
    assert found.rows[0].verdict in ("kink", "agrees")
    assert found.rows[0].imaginary is None
    x = Value(0.0)
    assert compare(record(x.relu() * 2), [0]).rows[0].verdict == "kink"  # type: ignore[attr-defined]


def test_nothing_finite_is_undefined() -> None:
    row = compare(record(Value(-1.0).log()), [0]).rows[0]  # type: ignore[attr-defined]
    assert (row.reverse, row.imaginary) == (-1.0, None)
    assert row.verdict == "undefined"


def test_smaller_steps_come_nearer_until_rounding_spoils_it() -> None:
    x = Value(2.0)
    table = one_sided(record(x**3), 0)
    assert [h for h, _ in table] == list(STEPS)
    errors = [abs(slope - 12.0) for _, slope in table]
    best = min(range(len(errors)), key=errors.__getitem__)
    assert errors[:best] == sorted(errors[:best], reverse=True)
    assert errors[-1] > 100 * errors[best]
    assert 6 <= best <= 9
    assert all(math.isfinite(slope) for _, slope in table)


def test_very_many_inputs_are_cut_short() -> None:
    leaves = [Value(float(i)) for i in range(MOST + 30)]
    total = leaves[0] + leaves[1]
    for leaf in leaves[2:]:
        total = total + leaf
    recording = record(total)
    inputs = [node for node, kind in enumerate(recording.nodes.kind) if kind == "input"]
    assert len(compare(recording, inputs).rows) == MOST
