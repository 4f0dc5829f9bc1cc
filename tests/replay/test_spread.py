"""A function at many settings at once gives what it gives at each of them, whatever the held numbers are."""

from random import Random

import numpy as np
import pytest

from engine.nn import MLP
from engine.replay.spread import Spread
from engine.replay.wiring import of_values
from engine.value import Value
from tests.each import each
from tests.engine.graphs import random_program
from tests.replay.graphs import applied

SETTINGS = 9


@each("seed", range(25))
def test_random_graphs_at_many_settings(seed: int) -> None:
    random = Random(seed)
    program = random_program(random, inputs=5, steps=20)
    leaves = [Value(number) for number in program.inputs]
    numbers = program.run(leaves, lambda op: lambda *operands: applied(op, *operands))
    outputs = [one for one in numbers[-3:] if isinstance(one, Value)]
    _, wiring, places = of_values([*leaves, *outputs])
    spread = Spread(
        wiring,
        places[:2],
        places[2:5],
        places[5:],
        SETTINGS,
    )
    for _ in range(2):
        spread.moving[:] = [[leaf.data * random.uniform(0.95, 1.05) for _ in range(SETTINGS)] for leaf in leaves[:2]]
        spread.held[:] = [leaf.data * random.uniform(0.95, 1.05) for leaf in leaves[2:]]
        found = spread()
        for lane in range(SETTINGS):
            again = [Value(number) for number in (*spread.moving[:, lane].tolist(), *spread.held.tolist())]
            exact = program.run(again, lambda op: lambda *operands: applied(op, *operands))
            wanted = [one.data for one in exact[-3:] if isinstance(one, Value)]
            assert found[:, lane].tolist() == pytest.approx(wanted, rel=1e-9, nan_ok=True)


def test_a_net_over_the_plane_is_a_matrix_product_a_layer() -> None:
    net, random = MLP(2, [5, 4, 1], rng=Random(0)), Random(1)
    point = [Value(0.1), Value(0.2)]
    answer = net(point)
    assert isinstance(answer, Value)
    weights = net.parameters()
    _, wiring, places = of_values([answer, *point, *weights])
    spread = Spread(wiring, places[1:3], places[3:], places[:1], SETTINGS)
    spread.moving[:] = np.array([[random.gauss(0, 1) for _ in range(SETTINGS)] for _ in range(2)])
    for scale in (1.0, -0.5):
        for weight in weights:
            weight.data *= scale
        spread.held[:] = [weight.data for weight in weights]
        exact = [net([Value(x), Value(y)]) for x, y in spread.moving.T.tolist()]
        assert spread()[0].tolist() == pytest.approx([one.data for one in exact], rel=1e-12)  # type: ignore[union-attr]


@pytest.mark.parametrize("room", [1, 200, 1_000])
def test_settings_are_computed_in_parts_where_memory_is_short(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.replay.spread.ROOM", room)
    test_a_net_over_the_plane_is_a_matrix_product_a_layer()


def test_held_numbers_may_stand_beside_moving_ones_and_be_outputs() -> None:
    x, w, v = Value(0.5), Value(2.0), Value(3.0)
    several = [w, x, x * w + w * v, w * v + x * x, Value(7.0) * v, (x + w) * (v + x)]
    values, wiring, (at, *places) = of_values([x, w, v, *several])
    found = Spread(wiring, [at], places[:2], places[2:], SETTINGS)
    found.moving[:] = np.linspace(-1, 1, SETTINGS)
    assert len(values) == len(wiring)
    for held in ((2.0, 3.0), (-1.0, 0.25)):
        found.held[:] = held
        (one, other), points = held, found.moving[0]
        wanted = [
            one,
            points,
            points * one + one * other,
            one * other + points**2,
            7 * other,
            (points + one) * (other + points),
        ]
        for row, exact in zip(found(), wanted, strict=True):
            np.testing.assert_allclose(row, np.broadcast_to(exact, SETTINGS), rtol=1e-12)
