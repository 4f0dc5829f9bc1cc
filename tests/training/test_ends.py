"""How loops end: by a fault, by a budget, in a function, inside one another; and what a request may say of a run."""

from dataclasses import replace

import pytest

from engine.examples import EXAMPLES, Example
from tests.each import each
from tests.training.both import STREAM, facts, one, told

LINE = """
w = 0.5
b = 0.25
data = [(0.25*i, 1.1 + 0.5*i) for i in range(8)]
kept = []
for k in range(60):
    loss = sum((w*x + b - y)**2 for x, y in data)
    w.grad, b.grad = 0.0, 0.0
    loss.backward()
    w.data -= 0.002 * w.grad
    b.data -= 0.002 * b.grad
"""
FAULTS = [
    "    kept.append(1 / (30 - k))",
    "    data[40 - k]",
    "    assert loss.data > 3.0",
    "    if k == 33:\n        nothing()\n    def nothing(): return missing",
    "    if k == 20:\n        w = 'text'",
    "    if k == 20:\n        data[0] = (1.0,)",
    "    if k == 20:\n        [].pop()",
]
BUDGETS = {
    "steps": {"steps": 14_000},
    "nodes": {"nodes": 1_500},
    "printed": {"printed_bytes": 600},
    "sequence": {"sequence": 40},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_comes_where_it_comes_anyway(fault: str) -> None:
    facts(LINE + fault, fails=True)


@pytest.mark.parametrize("name", BUDGETS)
def test_a_budget_ends_a_loop_in_the_turn_in_which_it_does_anyway(name: str) -> None:
    source = LINE + "    kept.append(loss)\n    print(k, loss.data)\n"
    limits = replace(STREAM, **BUDGETS[name])
    trainers: list[object] = []
    plain, replayed = told(source, None, limits), told(source, trainers, limits)  # type: ignore[arg-type]
    assert plain.failed is not None
    assert replayed.failed is not None
    assert plain.failed[0] == replayed.failed[0] == "limit"
    assert plain.failed[2] == replayed.failed[2]
    [site] = trainers[0].facts()  # type: ignore[attr-defined]
    assert site["replayed"] > 5


def test_steps_that_need_not_be_taken_hardly_count() -> None:
    limits = replace(STREAM, **BUDGETS["steps"])
    assert told(LINE, None, limits).failed is not None
    assert told(LINE, [], limits).failed is not None
    assert told(LINE, [], limits, share=64).failed is None


def test_inputs_may_be_sent_other_numbers() -> None:
    assert one(LINE, inputs={"w": -1.5})["replayed"] == 59
    made = LINE.replace("    loss =", "    x0 = Value(0.1)\n    loss = x0*w +")
    assert one(made)["replayed"] == 59
    facts(made, inputs={"x0#7": 3.0})
    facts(made, inputs={"w": 3.0})


def test_another_output_may_be_drawn() -> None:
    source = LINE.replace("    w.grad,", "    other = loss * w\n    w.grad,")
    for output in ("loss", "other", "w"):
        assert one(source, output=output)["replayed"] == 59


def test_by_micrograds_rule_and_where_numbers_are_watched_nothing_is_replayed() -> None:
    assert facts(LINE, accumulation="micrograd") == []


def test_a_loop_that_is_run_again_repeats_what_it_did() -> None:
    source = LINE.replace("for k in range(60):", "def run(n):\n  for k in range(n):").replace("\n    ", "\n      ")
    [found] = facts(source + "  return loss\nfirst = run(5)\nsecond = run(5)\nprint(first, second)\nfirst.backward()")
    assert found == {"line": 7, "turns": 10, "replayed": 9, "reason": None}


def test_loops_inside_one_another() -> None:
    inner = LINE.replace("range(60)", "range(5)").replace("\n    ", "\n        ").replace("\nfor", "\n    for")
    source = inner.replace("kept = []\n", "kept = []\nfor epoch in range(6):\n")
    outer, found = facts(source + "    kept.append(loss.data)\nprint(kept)")
    assert found["replayed"] == 29
    assert outer["reason"] is not None


def test_gradients_that_add_up_over_an_inner_loop() -> None:
    found = facts("""
w = 0.5
b = 0.25
data = [(0.25*i, 1.1 + 0.5*i) for i in range(8)]
for epoch in range(12):
    w.grad = b.grad = 0.0
    for x, y in data:
        loss = (w*x + b - y)**2
        loss.backward()
    w.data -= 0.002 * w.grad
    b.data -= 0.002 * b.grad
print(w, b)
""")
    assert sum(fact["replayed"] for fact in found) == 88  # type: ignore[misc]


def test_a_random_walk_through_the_samples_repeats_each_of_them() -> None:
    found = one("""
w = 0.5
b = 0.25
data = [(0.25*i, 1.1 + 0.5*i) for i in range(8)]
for k in range(100):
    x, y = random.choice(data)
    loss = (w*x + b - y)**2
    w.grad = b.grad = 0.0
    loss.backward()
    w.data -= 0.002 * w.grad
    b.data -= 0.002 * b.grad
print(w, b)
""")
    assert found["replayed"] == 92


@each("example", EXAMPLES)
def test_every_example_leaves_what_it_leaves(example: Example) -> None:
    shorter = example.source.replace("range(200)", "range(40)")  # after that the last digits become the first ones
    facts(shorter)
