"""A drop-in for micrograd: programs written for its Value run on ours, and give the same numbers."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from micrograd.engine import Value as MicrogradValue

from engine import Value
from engine.op import Op
from engine.ops import OPS
from tests.engine.graphs import Program, Step, random_program

Number = Any  # ours, theirs, or a tensor: the point of these programs

SHARED = [OPS[name] for name in ("add", "sub", "mul", "div", "pow", "neg", "relu")]
"""What micrograd has, too."""


def neuron(x: Number) -> Number:
    """One number through a little of everything."""
    z = 2 * x + 2 + x
    q = z.relu() + z * x
    h = (z * z).relu()
    return h + q + q * x


def detour(a: Number, b: Number) -> Number:
    """Two numbers, with plain ones on both sides, names used again, and powers."""
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    return g


@pytest.mark.parametrize(
    ("program", "point"), [(neuron, (-4.0,)), (neuron, (1.5,)), (detour, (-4.0, 2.0)), (detour, (0.5, -1.25))]
)
def test_a_program_for_micrograd_agrees_with_torch(program: Callable[..., Number], point: tuple[float, ...]) -> None:
    ours = [Value(x) for x in point]
    tensors = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in point]
    result, expected = program(*ours), program(*tensors)
    result.backward()
    expected.backward()
    assert result.data == pytest.approx(expected.item(), rel=1e-12)
    assert [x.grad for x in ours] == pytest.approx([float(x.grad) for x in tensors], rel=1e-12)  # type: ignore[arg-type]


def fits(step: Step) -> bool:
    """Whether micrograd can do it: it raises a Value, and to a plain number."""
    base, exponent = step.operands[0], step.operands[-1]
    return step.op.name != "pow" or (isinstance(base, int) and isinstance(exponent, float))


def micrograds(op: Op) -> Callable[..., Number]:
    """The operation in micrograd, as a program writes it."""
    written: dict[str, Callable[..., Number]] = {
        "add": lambda x, y: x + y,
        "sub": lambda x, y: x - y,
        "mul": lambda x, y: x * y,
        "div": lambda x, y: x / y,
        "pow": lambda x, y: x**y,
        "neg": lambda x: -x,
        "relu": lambda x: x.relu(),
    }
    return written[op.name]


@given(
    st.randoms(use_true_random=False).map(
        lambda random: random_program(random, steps=random.randint(1, 25), ops=SHARED, fits=fits)
    )
)
def test_random_programs_give_the_numbers_of_micrograd(program: Program) -> None:
    ours = program.run([Value(x) for x in program.inputs], micrograds)
    theirs = program.run([MicrogradValue(x) for x in program.inputs], micrograds)
    ours[-1].backward()
    theirs[-1].backward()
    assert [node.data for node in ours] == pytest.approx([node.data for node in theirs], rel=1e-9)
    scale = max(1.0, *(abs(node.grad) for node in theirs))
    assert [node.grad for node in ours] == pytest.approx([node.grad for node in theirs], rel=1e-8, abs=1e-10 * scale)


def test_passes_compound_as_micrograds_do_when_asked_to() -> None:
    single = [OPS[name] for name in ("add", "mul", "pow", "relu")]  # of one node there, too
    program = random_program(Random(5), steps=15, ops=single, fits=fits)
    ours = program.run([Value(x) for x in program.inputs], micrograds)
    theirs = program.run([MicrogradValue(x) for x in program.inputs], micrograds)
    for _ in range(3):
        ours[-1].backward("micrograd")
        theirs[-1].backward()
        assert [node.grad for node in ours] == pytest.approx([node.grad for node in theirs], rel=1e-9)
