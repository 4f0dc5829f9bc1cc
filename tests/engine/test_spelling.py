"""Operations in the words of other libraries: evaluated there, they give the same numbers and slopes."""

import ast
import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.op import TARGETS, Op
from engine.ops import OPS
from engine.spelling import spell, spellings
from tests.each import each
from tests.engine import oracle

POINTS: list[tuple[Op, tuple[float, ...]]] = [
    *((op, point) for op in OPS.values() for point in op.samples),
    *((op, point) for op in OPS.values() if op.kink for point in op.kink.points),
    *((op, (x,)) for op in OPS.values() if not op.spellings for x in (-40.0, 40.0)),
]

every = each("op", OPS.values())


def said(text: str, **names: object) -> object:
    return eval(text, {"torch": torch, "np": np, "math": math}, names)  # noqa: S307  # our own text


@each(("op", "point"), POINTS)
def test_numpy_computes_what_is_written_for_it(op: Op, point: tuple[float, ...]) -> None:
    arrays = {param: np.array([x, x]) for param, x in zip(op.params, point, strict=True)}
    assert said(spell(op, "numpy", *op.params), **arrays) == pytest.approx([op.forward(*point)] * 2, rel=1e-13)


@each(("op", "point"), POINTS)
def test_torch_computes_and_differentiates_what_is_written_for_it(op: Op, point: tuple[float, ...]) -> None:
    leaves = oracle.leaves(point)
    result = said(spell(op, "torch", *op.params), **dict(zip(op.params, leaves, strict=True)))
    assert isinstance(result, torch.Tensor)
    assert result.dtype == torch.float64
    assert result.item() == pytest.approx(op.forward(*point), rel=1e-13)
    slopes = [slope.item() for slope in torch.autograd.grad(result, leaves)]
    expected = [slope(*point, op.forward(*point)) for slope in op.slopes]
    assert slopes == pytest.approx(expected, rel=1e-12, abs=1e-16, nan_ok=True)


@every
def test_jax_is_written_like_numpy(op: Op) -> None:
    jax = spell(op, "jax", *op.params)
    assert jax.replace("jax.scipy.special.erf", "np.vectorize(math.erf)").replace("jnp.", "np.") == spell(
        op, "numpy", *op.params
    )


@every
def test_only_operations_that_a_target_has_are_left(op: Op) -> None:
    for target, text in spellings(op).items():
        names = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
        assert names <= {*op.params, TARGETS[target], "jax", "math"}


@each("target", TARGETS)
@each(
    ("name", "operands", "expected"),
    [
        ("mul", ("a + b", "c - 1"), "(a + b) * (c - 1)"),
        ("sub", ("a", "b - c"), "a - (b - c)"),
        ("neg", ("a + b",), "-(a + b)"),
        ("neg", ("a ** b",), "-a ** b"),
        ("pow", ("-a", "-b"), "(-a) ** (-b)"),
        ("pow", ("a ** b", "c ** d"), "(a ** b) ** c ** d"),
        ("div", ("1.0", "a * b"), "1.0 / (a * b)"),
        ("exp", ("a + b",), "{lib}.exp(a + b)"),
        ("max", ("a", "b"), "{lib}.maximum(a, b)"),
        ("sigmoid", ("a + b",), "1 / (1 + {lib}.exp(-(a + b)))"),
        ("silu", ("a",), "a * (1 / (1 + {lib}.exp(-a)))"),
        ("relu", ("a",), "{lib}.where(a <= 0, 0, a)"),
    ],
)
def test_brackets_stand_where_they_are_needed(target: str, name: str, operands: tuple[str, ...], expected: str) -> None:
    text = spell(OPS[name], target, *operands)
    assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(expected.replace("{lib}", TARGETS[target])))
    assert text.count("(") <= expected.count("(")


def test_functions_of_torch_are_given_tensors_only() -> None:
    assert spell(OPS["max"], "torch", "a", "-2.5") == "torch.maximum(a, torch.tensor(-2.5, dtype=torch.float64))"
    assert spell(OPS["max"], "numpy", "a", "-2.5") == "np.maximum(a, -2.5)"
    assert spell(OPS["mul"], "torch", "2.0", "a") == "2.0 * a"
    a = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)
    for op in OPS.values():
        if len(op.params) == 2:
            for operands in (("a", "2.0"), ("2.0", "a"), ("a", "2 * torch.pi")):
                result = said(spell(op, "torch", *operands), a=a)
                assert isinstance(result, torch.Tensor)
                assert torch.autograd.grad(result, [a])


def test_the_numbers_a_formula_may_name_are_the_librarys() -> None:
    circle = replace(OPS["step"], formula="sqrt(pi) * x ** 2 + e")
    assert spellings(circle) == {
        "torch": "torch.sqrt(torch.tensor(torch.pi, dtype=torch.float64)) * x ** 2 + torch.e",
        "jax": "jnp.sqrt(jnp.pi) * x ** 2 + jnp.e",
        "numpy": "np.sqrt(np.pi) * x ** 2 + np.e",
    }


def test_an_unknown_target_and_a_wrong_number_of_operands_are_refused() -> None:
    with pytest.raises(KeyError, match="fortran"):
        spell(OPS["exp"], "fortran", "x")
    with pytest.raises(KeyError, match="fortran"):
        spell(OPS["relu"], "fortran", "x")
    with pytest.raises(ValueError, match="argument"):
        spell(OPS["exp"], "torch", "x", "y")
