"""Turns, on a clock of their own: who comes next, and who gives way."""

import asyncio
from collections.abc import Callable
from math import inf

from app.clients.identity import Client
from app.pool.job import Job
from app.pool.turns import HALF_LIFE, LITTLE, REMEMBERED, Turns

A, B, C = Client("a"), Client("b"), Client("c")


class Clock:
    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


def play(scenario: Callable[[Turns, Clock], None], most: int = 100, slots: int = 2) -> None:
    async def main() -> None:
        clock = Clock()
        scenario(Turns(most, slots, clock), clock)

    asyncio.run(main())


def jobs(turns: Turns, client: Client, count: int) -> list[Job]:
    made = [Job(b"%d" % number, client) for number in range(count)]
    for job in made:
        assert turns.add(job) is None
    return made


def begin(turns: Turns) -> Job | None:
    """What a pool does with the next one."""
    job = turns.next()
    if job is not None:
        job.given = True
        turns.hold(job)
        turns.remove(job)
    return job


def end(turns: Turns, job: Job, seconds: float) -> None:
    turns.use(job.client, seconds)
    turns.release(job)


def test_clients_take_turns_and_the_programs_of_one_keep_their_order() -> None:
    def scenario(turns: Turns, _: Clock) -> None:
        mine, yours, theirs = jobs(turns, A, 3), jobs(turns, B, 1), jobs(turns, C, 2)
        order = []
        while job := begin(turns):
            order.append(job)
            end(turns, job, 0.01)
        assert order == [mine[0], yours[0], theirs[0], mine[1], theirs[1], mine[2]]
        assert len(turns) == 0

    play(scenario)


def test_who_asks_for_much_waits_behind_themselves() -> None:
    def scenario(turns: Turns, _: Clock) -> None:
        jobs(turns, A, 50)
        first, second = begin(turns), begin(turns)
        assert first
        assert second
        assert begin(turns) is None, "both slots are taken"
        late = jobs(turns, B, 1)[0]
        assert begin(turns) is late
        end(turns, first, 1.0)
        jobs(turns, B, 1)
        found = begin(turns)
        assert found
        assert found.client is B, "who has used less"
        third = begin(turns)
        assert third
        assert third.client is A
        assert begin(turns) is None

    play(scenario)


def test_what_was_used_is_forgotten_by_half_every_while() -> None:
    def scenario(turns: Turns, clock: Clock) -> None:
        turns.use(A, 4.0)
        clock.now += 2 * HALF_LIFE
        assert turns.used(A) == 1.0
        assert turns.much(A)
        clock.now += 2 * HALF_LIFE
        assert not turns.much(A)
        turns.use(Client("school", 30.0), 30 * LITTLE / 2)
        assert not turns.much(Client("school", 30.0))
        turns.use(Client("here", inf), 100.0)
        assert not turns.much(Client("here", inf))

    play(scenario)


def test_what_is_kept_free_is_for_those_who_use_little() -> None:
    def scenario(turns: Turns, _: Clock) -> None:
        running = jobs(turns, A, 1)[0]
        assert begin(turns) is running
        turns.lasts(running)
        jobs(turns, A, 1)
        assert turns.next(light=True) is None
        light = jobs(turns, B, 1)[0]
        assert turns.next(light=True) is light
        turns.lasted(running)
        end(turns, running, LITTLE)
        assert turns.next(light=True) is light
        turns.remove(light)
        assert turns.next(light=True) is None
        assert turns.next() is not None

    play(scenario)


def test_where_too_many_wait_the_last_one_gives_way_of_whoever_waits_with_most() -> None:
    def scenario(turns: Turns, _: Clock) -> None:
        many = jobs(turns, A, 4)
        jobs(turns, B, 1)
        one = Job(b"", C)
        assert turns.add(one) is many[3]
        again = Job(b"", A)
        assert turns.add(again) is again
        assert len(turns) == 5
        assert set(turns) >= {one, *many[:3]}

    play(scenario, most=5)


def test_who_is_alone_is_refused_what_they_ask_too_much() -> None:
    def scenario(turns: Turns, _: Clock) -> None:
        jobs(turns, A, 3)
        one_more = Job(b"", A)
        assert turns.add(one_more) is one_more

    play(scenario, most=3)


def test_a_class_behind_one_address_has_slots_and_room_for_a_class() -> None:
    def scenario(turns: Turns, _: Clock) -> None:
        school = Client("school", 3.0)
        jobs(turns, school, 8)
        mine = jobs(turns, A, 4)
        assert turns.add(Job(b"", C)) is mine[3]
        assert sum(begin(turns) is not None for _ in range(20)) == 6 + 2 + 1

    play(scenario, most=12)


def test_who_is_without_limits_has_all_slots_and_still_takes_turns() -> None:
    def scenario(turns: Turns, _: Clock) -> None:
        here = Client("here", inf)
        jobs(turns, here, 10)
        turns.use(here, 1.0)
        light = jobs(turns, A, 1)[0]
        assert begin(turns) is light
        assert sum(begin(turns) is not None for _ in range(20)) == 10

    play(scenario)


def test_a_slot_is_given_back_once() -> None:
    def scenario(turns: Turns, _: Clock) -> None:
        job = jobs(turns, A, 1)[0]
        turns.hold(job)
        turns.hold(job)
        turns.release(job)
        turns.release(job)
        turns.remove(job)
        turns.remove(job)
        jobs(turns, A, 3)
        assert sum(begin(turns) is not None for _ in range(5)) == 2

    play(scenario)


def test_the_use_of_many_is_not_remembered_for_ever() -> None:
    def scenario(turns: Turns, _: Clock) -> None:
        turns.use(A, 1.0)
        for number in range(REMEMBERED):
            turns.use(Client(str(number)), 1.0)
        assert turns.used(A) == 0.0
        assert turns.used(Client("1")) == 1.0

    play(scenario)
