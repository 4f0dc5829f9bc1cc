import itertools
import math

import numpy as np
import pytest

from engine.op import Op
from engine.ops import OPS
from engine.replay.rules import analytic, rule
from tests.each import each

every = each("op", OPS.values())
EDGES = (
    0.0,
    -0.0,
    1.0,
    -1.0,
    2.0,
    -2.5,
    0.5,
    1 / 3,
    30.0,
    -30.0,
    710.0,
    1e200,
    -1e300,
    1e-300,
    math.inf,
    -math.inf,
    math.nan,
)


def points(op: Op) -> list[tuple[float, ...]]:
    edges = list(itertools.product(EDGES, repeat=len(op.params)))
    return [*op.samples, *(op.kink.points if op.kink else ()), *edges]


@every
def test_arrays_have_the_values_and_slopes_of_the_record_everywhere(op: Op) -> None:
    found, at = rule(op), points(op)
    columns = [np.array(column) for column in zip(*at, strict=True)]
    results = [op.forward(*point) for point in at]
    with np.errstate(all="ignore"):
        forward = np.broadcast_to(found.forward(*columns), len(at))
        slopes = [one if isinstance(one, float) else one(*columns, np.array(results)) for one in found.slopes]
    assert forward.tolist() == pytest.approx(results, rel=1e-12, abs=1e-300, nan_ok=True)
    for exact, slope in zip(op.slopes, slopes, strict=True):
        expected = [exact(*point, result) for point, result in zip(at, results, strict=True)]
        assert np.broadcast_to(slope, len(at)).tolist() == pytest.approx(expected, rel=1e-12, abs=1e-300, nan_ok=True)


@every
def test_an_array_says_the_same_of_a_number_alone_and_among_others(op: Op) -> None:
    for point in op.samples:
        alone = rule(op).forward(*map(np.float64, point))
        among = rule(op).forward(*[np.full(9, x) for x in point])
        assert np.asarray(among).tolist() == pytest.approx([float(alone)] * 9, rel=1e-13)


def test_functions_of_complex_numbers_are_told_from_others() -> None:
    refused = {name for name, op in OPS.items() if not analytic(op)}
    assert {"abs", "sign", "floor", "mod", "hypot", "atan2", "erf"} <= refused
    assert not refused & {"add", "div", "pow", "exp", "log", "sqrt", "tanh", "sigmoid"}


@every
def test_a_complex_step_gives_the_slope_where_it_is_allowed(op: Op) -> None:
    for point in op.samples if analytic(op) else ():
        for place, slope in enumerate(op.slopes):
            moved = [np.complex128(x, 1e-30 if at == place else 0.0) for at, x in enumerate(point)]
            found = np.imag(rule(op).forward(*moved)) / 1e-30
            assert found == pytest.approx(slope(*point, op.forward(*point)), rel=1e-9)
