"""The simulation is right where the answer is known, and model and simulation agree on where a server is full."""

import random
from dataclasses import replace

import pytest

from tests.capacity.model import BUSY, HABITS, Costs, load, memory, room, servers, waiting
from tests.capacity.simulation import PATIENCE, QUEUE, Ask, asking, crowd, server
from tests.load.generator import percentile

COSTS = Costs(page=0.01, kept=1e-4, asked=5e-4, runs=[0.002, 0.004, 0.03], front_bytes=80 << 20, worker_bytes=40 << 20)
FREE = replace(COSTS, page=0.0, kept=0.0, asked=0.0)


@pytest.mark.parametrize(("rate", "places"), [(80.0, 1), (160.0, 2), (300.0, 4)])
def test_waits_are_those_that_erlang_computed(rate: float, places: int) -> None:
    dice = random.Random(1)
    runs = [dice.expovariate(100.0) for _ in range(20_000)]
    at, asks = 0.0, []
    for _ in range(100_000):
        at += dice.expovariate(rate)
        asks.append(Ask(at))
    found = server(asks, replace(FREE, runs=runs), 1_000, places, set(), dice)
    mean = sum(runs) / len(runs)
    waited = sum(found.seconds) / len(found.seconds) - mean
    assert waited == pytest.approx(waiting(rate, mean, places), rel=0.1)


def test_who_waits_too_long_or_behind_too_many_is_refused() -> None:
    slow = replace(FREE, runs=[0.5])
    found = server([Ask(0.0)] * 10, slow, 8, 1, set(), random.Random(1))
    assert (len(found.seconds), found.refused) == (1 + int(PATIENCE / 0.5), 5)
    found = server([Ask(0.0)] * (QUEUE + 50), replace(FREE, runs=[0.001]), 8, 1, set(), random.Random(1))
    assert (len(found.seconds), found.refused) == (QUEUE + 1, 49)


def test_what_was_run_once_is_kept() -> None:
    found = server([Ask(float(number), kept_as=7) for number in range(10)], COSTS, 2, 2, set(), random.Random(1))
    assert found.hits == 9
    assert found.seconds[1:] == pytest.approx([COSTS.kept] * 9)
    alone, together = (crowd(HABITS[2], COSTS, 600, 6, 2, 60.0, shared=shared).hits for shared in (False, True))
    assert alone < together


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name.partition(":")[0])
def test_a_server_with_as_many_people_as_it_has_room_for_is_as_busy_as_planned(habit: object) -> None:
    assert isinstance(habit, type(HABITS[0]))
    people = room(COSTS, habit, 2)
    found = crowd(habit, COSTS, people, servers(COSTS, habit, 2, people), 2, 60.0)
    front, _ = load(COSTS, habit)
    assert found.answering / 60 == pytest.approx(people * front, rel=0.15)
    assert found.running / 60 <= 2 * BUSY * 1.5
    assert not found.refused
    assert percentile(found.seconds, 95) < 0.5


def test_twice_as_many_people_take_twice_as_many_servers_and_three_times_are_refused() -> None:
    habit = HABITS[1]
    full = room(COSTS, habit, 2)
    assert servers(COSTS, habit, 2, 2 * full) == 2
    assert crowd(habit, COSTS, 3 * full, 1, 2, 30.0).refused
    assert not crowd(habit, COSTS, 3 * full, 3, 2, 30.0).refused


def test_people_ask_as_often_as_is_said() -> None:
    asks = list(asking(HABITS[2], 1_000, 60.0, random.Random(1)))
    assert len(asks) == pytest.approx(2_000, rel=0.1)
    assert sum(ask.page for ask in asks) == pytest.approx(500, rel=0.2)
    assert [ask.at for ask in asks] == sorted(ask.at for ask in asks)


def test_memory_is_that_of_all_processes() -> None:
    assert memory(COSTS, workers=2) == (80 + 3 * 40) << 20
