"""Steps and ledgers are what PyTorch and the engine's own passes compute."""

import math
from collections.abc import Sequence
from functools import cache

import pytest
import torch

from engine.explain import Graph, graph_of, ledger, pending, steps
from engine.explain.figures import number
from engine.export.steps import NEXT, Waiting, graph_of_view
from engine.recording import Recording, record
from engine.value import Accumulation, Value
from tests.each import each
from tests.engine import oracle
from tests.engine.explain.told import PROGRAMS, evaluated

EACH = each("name", PROGRAMS)
# Without NaN, without kinks, not too large; `pendulum` moves its inputs after their last use.
OTHERS = ("kinks", "extremes", "wide", "calls", "nothing", "pendulum")
FINITE = [name for name in PROGRAMS if name not in OTHERS]


def recorded(name: str) -> Recording:
    return evaluated(name).recording


@cache
def graph(name: str) -> Graph:
    return graph_of(recorded(name), PROGRAMS[name])


def tensors(recording: Recording) -> list[torch.Tensor]:
    """Every number of a recording, computed again by PyTorch."""
    found: list[torch.Tensor] = []
    for node, op in enumerate(recording.nodes.op):
        if op is None:
            varies = recording.nodes.kind[node] != "constant"
            found.append(torch.tensor(recording.nodes.data[node], dtype=torch.float64, requires_grad=varies))
        else:
            edges = range(recording.first[node], recording.first[node + 1])
            found.append(oracle.function(op)(*(found[recording.edges.source[edge]] for edge in edges)))
    return found


@EACH
def test_there_is_a_step_forward_and_one_back_for_each_operation_and_the_seed(name: str) -> None:
    view = evaluated(name).view
    drawn = graph_of_view(view, PROGRAMS[name])
    every = steps(drawn)
    assert len(every) == view.steps
    assert [step.index for step in every] == list(range(len(every)))
    made = [step.node for step in every if step.kind == "make"]
    assert made == sorted(view.order)
    assert [step.node for step in every if step.kind == "seed"] == ([] if view.output is None else [view.output])
    assert [step.node for step in every if step.kind == "give"] == list(view.order)
    assert [step.phase for step in every] == ["forward"] * len(made) + ["backward"] * (len(every) - len(made))


@each("name", FINITE)
def test_each_deposit_is_what_pytorch_says_of_that_part_of_the_graph(name: str) -> None:
    recording = recorded(name)
    numbers = tensors(recording)
    output = numbers[recording.output or 0]
    differentiable = [one for one in numbers if one.requires_grad]
    adjoints = dict(
        zip(
            map(id, differentiable),
            torch.autograd.grad(output, differentiable, retain_graph=True, allow_unused=True),
            strict=True,
        )
    )
    for step in steps(graph(name)):
        for deposit in step.deposits if step.kind == "give" else ():
            edge = deposit.edge
            if edge.local is None or deposit.upstream is None:
                assert deposit.amount is None
                continue
            adjoint = adjoints[id(numbers[edge.target])]
            assert deposit.upstream == pytest.approx(0.0 if adjoint is None else adjoint.item(), rel=1e-9, abs=1e-300)
            op = recording.nodes.op[edge.target]
            assert op is not None
            operands = tuple(recording.nodes.data[one.source] for one in graph(name).into[edge.target])
            slope = oracle.slopes(op, operands)[edge.key]
            assert deposit.amount == pytest.approx(deposit.upstream * slope, rel=1e-9, abs=1e-300)


@EACH
def test_sums_grow_by_each_deposit_to_what_the_pass_brought(name: str) -> None:
    recording, held = recorded(name), dict[int, float]()
    for step in steps(graph(name)):
        for deposit in step.deposits if step.kind == "give" else ():
            if deposit.amount is not None:
                assert deposit.before == held.get(deposit.edge.source) or math.isnan(deposit.before or 0.0)
                assert deposit.after is not None
                held[deposit.edge.source] = deposit.after
    for node, total in held.items():
        assert repr((recording.nodes.adjoint[node] or 0.0) + 0.0) == repr(total + 0.0)  # no sign of 0


@EACH
def test_an_operation_waits_until_all_that_use_it_have_given(name: str) -> None:
    drawn = graph_of_view(evaluated(name).view, PROGRAMS[name])
    users: dict[int, set[int]] = {node: set() for node in drawn.nodes}
    for node in drawn.order:
        for edge in drawn.into[node]:
            users[edge.source].add(node)
    done: set[int] = set()
    waiting = Waiting(drawn)
    first = len(drawn.order) + 1
    sampled = set(range(0, len(drawn.order), max(1, len(drawn.order) // 40)))
    for turn, node in enumerate(drawn.order):
        if turn in sampled:
            expected = [one for one in drawn.order[turn:] if users[one] <= done]
            assert list(pending(drawn, first + turn)) == expected
            assert waiting.at(first + turn) == (tuple(expected[:NEXT]), len(expected))
            assert expected[0] == node
        done.add(node)
    assert list(pending(drawn, 0)) == list(waiting.at(0)[0]) == []


def test_a_long_chain_needs_no_recursion() -> None:
    x = y = Value(1.0)
    for _ in range(50_000):
        y = -y
    every = steps(graph_of(record(y)))
    assert len(every) == 100_001
    assert every[-1].deposits[0].edge.source == 0
    assert x.level == 0


def passed(build: str, rule: Accumulation, passes: int) -> dict[str, float]:
    """The gradients that the engine itself arrives at."""
    values = built(build)
    for _ in range(passes):
        values["y"].backward(rule)
    return {name: value.grad for name, value in values.items()}


def built(build: str) -> dict[str, Value]:
    a = Value(3.0, label="a")
    match build:
        case "square":
            b = a * a
            return {"a": a, "b": b, "y": 2 * b}
        case "diamond":
            b, c = a * a, a + 1
            return {"a": a, "b": b, "c": c, "y": b * c + b}
    return {"a": a, "y": a}


@each("build", ["square", "diamond", "leaf"])
@each("rule", ["pytorch", "micrograd"])
@each("passes", [0, 1, 2, 5])
def test_the_ledger_ends_where_the_engine_does(build: str, rule: Accumulation, passes: int) -> None:
    values = built(build)
    values["y"].backward()
    recording = record(values["y"])
    kept = ledger(graph_of(recording), rule, passes)
    for name, grad in passed(build, rule, passes).items():
        node = recording.nodes.data.index(values[name].data)
        assert (kept[node][-1].total if kept[node] else 0.0) == grad
        assert {entry.turn for entry in kept[node]} == set(range(1, passes + 1))


@pytest.mark.parametrize(("rule", "sums"), [("pytorch", (12.0, 24.0)), ("micrograd", (12.0, 36.0))])
def test_twelve_then_twenty_four_or_thirty_six(rule: Accumulation, sums: Sequence[float]) -> None:
    output = built("square")["y"]
    output.backward()
    entries = ledger(graph_of(record(output)), rule, 2)[0]
    assert [entries[place].total for place in (1, 3)] == list(sums)


def test_what_comes_out_of_a_box_in_later_passes_by_the_other_rule_is_not_known() -> None:
    drawn = graph_of_view(evaluated("calls").view, PROGRAMS["calls"])
    rules: dict[Accumulation, bool] = {"pytorch": True, "micrograd": False}
    for rule, known in rules.items():
        entries = [entry for found in ledger(drawn, rule, 2).values() for entry in found if entry.edge]
        assert all(entry.amount is not None for entry in entries if entry.turn == 1)
        assert all(entry.amount is not None for entry in entries) == known


@pytest.mark.parametrize(
    ("value", "text"), [(100000.5, "100001"), (-4096.125, "-4096.13"), (0.5000005, "0.5"), (2.5e-7, "2.5e-7")]
)
def test_a_tie_goes_away_from_zero(value: float, text: str) -> None:
    assert number(value) == text
