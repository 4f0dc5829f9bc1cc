"""Workers run programs one at a time, are stopped on time, replaced at once, and believed in nothing."""

import asyncio
import json
import os
import resource
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from app.clients.identity import Client
from app.pool import nursery
from app.pool.job import Busy, Job, Lost, MemoryUp, RunError, TimeUp
from app.pool.nursery import Nursery
from app.pool.worker import Worker
from app.pool.workers import Pool, Terms, boxed
from engine.language.limits import Limits
from tests.app import fakes

BRISK = Limits(kill_seconds=0.8, answer_seconds=1.6)
PATIENT = Limits(kill_seconds=60.0, answer_seconds=90.0)  # where the test waits for what goes last of all
TERMS = Terms(workers=1, spares=1, queue=3, queue_seconds=0.6, nice=0, limits=BRISK)
OVERSHOOT = 0.5  # generous, as is the rest: the machine may have other things to do; the bench holds the bar

Scenario = Callable[[Pool], Awaitable[None]]


def play(scenario: Scenario, terms: Terms = TERMS, target: str = fakes.ACT) -> None:
    """Run a scenario with a pool; afterwards none of its processes is left, not even as a zombie."""

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: unnoticed.append(context))
        pool = Pool(boxed(target, terms), terms)
        await pool.open()
        assert children() - before, "they can be seen"
        try:
            await scenario(pool)
        finally:
            await pool.close()
        assert pool.ready == pool.running == pool.waiting == 0

    before = children()
    unnoticed: list[object] = []
    asyncio.run(main())
    assert children() <= before
    assert not unnoticed


def children() -> set[int]:
    """The processes this one has started and not yet reaped."""
    return {int(pid) for path in Path("/proc/self/task").glob("*/children") for pid in path.read_text().split()}


def held(pid: object) -> int:
    """The memory a process holds, in bytes."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()


def submit(pool: Pool, source: str) -> Job:
    return pool.submit(json.dumps({"source": source}).encode())


async def run(pool: Pool, source: str) -> bytes:
    return await submit(pool, source).answer


async def seen(pool: Pool) -> dict[str, object]:
    found: dict[str, object] = json.loads((await run(pool, "look"))[1:])
    return found


async def full(pool: Pool, terms: Terms = TERMS) -> None:
    """Wait until every process is there."""
    end = time.monotonic() + 10
    while pool.ready < terms.workers + terms.spares:
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


def test_an_answer_is_the_targets_bytes() -> None:
    async def scenario(pool: Pool) -> None:
        for request in (b"", b"a", b"\x00\xff" * 300_000):
            assert await pool.submit(request).answer == b"+" + request

    play(scenario, target=fakes.ECHO)


def test_programs_run_one_at_a_time_in_the_order_they_came() -> None:
    async def scenario(pool: Pool) -> None:
        jobs = [submit(pool, "sleep 0.02") for _ in range(4)]
        assert (pool.running, pool.waiting) == (1, 3)
        ended: list[int] = []

        def note(number: int, _: object) -> None:
            ended.append(number)

        for number, job in enumerate(jobs):
            job.answer.add_done_callback(partial(note, number))
        await asyncio.gather(*(job.answer for job in jobs))
        await asyncio.sleep(0)
        assert ended == [0, 1, 2, 3]

    play(scenario)


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("spin 9", TimeUp),
        ("sleep 9", TimeUp),
        ("crash", Lost),
        ("exit 0", Lost),
        ("exit 3", Lost),
        ("raise", Lost),
        ("open", Lost),
        ("grow 900", MemoryUp),
        ("oversize 2", Lost),
    ],
)
def test_what_goes_wrong_ends_one_program_and_nothing_else(source: str, error: type[RunError]) -> None:
    async def scenario(pool: Pool) -> None:
        await full(pool)
        pid = (await seen(pool))["pid"]
        with pytest.raises(error):
            await run(pool, source)
        started = time.monotonic()
        replacement = (await seen(pool))["pid"]
        assert replacement != pid
        assert time.monotonic() - started < OVERSHOOT, "the spare takes over at once"
        await full(pool)

    play(scenario)


def test_a_program_is_stopped_on_time() -> None:
    async def scenario(pool: Pool) -> None:
        started = time.monotonic()
        with pytest.raises(TimeUp):
            await run(pool, "spin 9")
        assert 0 <= time.monotonic() - started - BRISK.kill_seconds < OVERSHOOT

    play(scenario)


def test_a_program_that_had_to_wait_has_less_time_and_is_not_blamed() -> None:
    limits = Limits(kill_seconds=0.8, answer_seconds=1.2)

    async def scenario(pool: Pool) -> None:
        first, second = submit(pool, "sleep 0.5"), submit(pool, "spin 9")
        await first.answer
        with pytest.raises(Busy):
            await second.answer

    play(scenario, replace(TERMS, limits=limits))


def test_a_frozen_process_is_replaced() -> None:
    async def scenario(pool: Pool) -> None:
        pid = (await seen(pool))["pid"]
        await full(pool)
        assert isinstance(pid, int)
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(TimeUp):
            await run(pool, "graph")
        assert (await seen(pool))["pid"] != pid

    play(scenario)


def test_processes_killed_from_outside_are_replaced() -> None:
    async def scenario(pool: Pool) -> None:
        await full(pool)
        for _ in range(3):
            pid = (await seen(pool))["pid"]
            assert isinstance(pid, int)
            os.kill(pid, signal.SIGKILL)
            await asyncio.sleep(0.05)
            await full(pool)
        assert await run(pool, "graph") == b"+" + fakes.GRAPH

    play(scenario)


def test_the_queue_is_bounded_in_length_and_in_time() -> None:
    async def scenario(pool: Pool) -> None:
        running = submit(pool, "spin 9")
        waiting = [submit(pool, "graph") for _ in range(TERMS.queue)]
        with pytest.raises(Busy):
            submit(pool, "graph")
        for job in waiting:
            with pytest.raises(Busy):
                await job.answer
        with pytest.raises(TimeUp):
            await running.answer
        assert await run(pool, "graph")

    play(scenario)


def test_a_program_that_waited_may_run_longer_than_it_could_have_waited() -> None:
    async def scenario(pool: Pool) -> None:
        first, second = submit(pool, "sleep 0.4"), submit(pool, "sleep 0.4")
        assert [await first.answer, await second.answer] == [b"+" + fakes.GRAPH] * 2

    play(scenario)


def test_an_abandoned_program_is_stopped_and_an_abandoned_place_in_the_queue_is_free() -> None:
    async def scenario(pool: Pool) -> None:
        await full(pool)
        running, waiting, done = submit(pool, "spin 9"), submit(pool, "spin 9"), submit(pool, "graph")
        pool.abandon(waiting)
        assert pool.waiting == 1
        pool.abandon(running)
        assert await done.answer
        pool.abandon(done)
        assert pool.running == 0

    play(scenario)


def test_a_job_given_early_to_a_process_that_is_slow_runs_elsewhere() -> None:
    async def scenario(pool: Pool) -> None:
        await full(pool, terms)
        slow, brief = submit(pool, "sleep 0.7"), submit(pool, "sleep 0.05")
        assert await asyncio.gather(*(submit(pool, "graph").answer for _ in range(2))) == [b"+" + fakes.GRAPH] * 2
        assert brief.answer.done()
        assert not slow.answer.done()
        assert await slow.answer

    terms = replace(TERMS, workers=2)
    play(scenario, terms)


def test_a_job_given_early_that_nobody_waits_for_any_more_takes_no_time() -> None:
    async def scenario(pool: Pool) -> None:
        await full(pool)
        running, given = submit(pool, "sleep 0.1"), submit(pool, "spin 9")
        pool.abandon(given)
        await running.answer
        started = time.monotonic()
        assert await run(pool, "graph") == b"+" + fakes.GRAPH
        assert time.monotonic() - started < OVERSHOOT

    play(scenario)


def test_a_job_given_early_to_a_process_that_ends_runs_elsewhere() -> None:
    async def scenario(pool: Pool) -> None:
        await full(pool)
        crashing, given = submit(pool, "crash"), submit(pool, "graph")
        with pytest.raises(Lost):
            await crashing.answer
        assert await given.answer == b"+" + fakes.GRAPH

    play(scenario)


def test_a_process_is_replaced_after_its_last_run_and_nobody_notices() -> None:
    async def scenario(pool: Pool) -> None:
        pids = [found["pid"] for found in await asyncio.gather(*(seen(pool) for _ in range(6)))]
        assert len(set(pids)) == 3
        assert all(pids.count(pid) == 2 for pid in pids)

    play(scenario, replace(TERMS, runs=2, queue=6))


def test_memory_returns_with_the_process_that_needed_it() -> None:
    async def scenario(pool: Pool) -> None:
        pid = (await seen(pool))["pid"]
        assert await run(pool, "touch 200") == b"+" + fakes.GRAPH
        assert held(pid) < 100 * fakes.MIB, "freed in the same process"
        assert await run(pool, "hold 200") == b"+" + fakes.GRAPH
        assert (await seen(pool))["pid"] != pid, "or with it"

    play(scenario, replace(TERMS, limits=Limits()))


def test_a_process_has_an_empty_environment_and_steps_back_out_of_the_servers_group() -> None:
    async def scenario(pool: Pool) -> None:
        found = await seen(pool)
        environment = found["environment"]
        assert isinstance(environment, dict)
        assert set(environment) <= {"LC_CTYPE"}  # Python's own doing
        assert found["nice"] == os.nice(0) + 3
        assert found["group"] not in (os.getpgid(0), found["pid"])
        assert found["limits"] == {
            "AS": BRISK.worker_bytes,
            "CORE": 0,
            "FSIZE": 0,
            "NOFILE": 16,
            "NPROC": 0,
        }

    play(scenario, replace(TERMS, nice=3))


def test_a_process_writes_no_file() -> None:
    async def scenario(pool: Pool) -> None:
        assert await run(pool, "write") == b'+{"written": false}'

    play(scenario)


def test_closing_ends_what_is_running_and_waiting() -> None:
    async def main() -> None:
        pool = Pool(boxed(fakes.ACT, TERMS), TERMS)
        await pool.open()
        jobs = [submit(pool, "spin 9") for _ in range(3)]
        await pool.close()
        for job in jobs:
            with pytest.raises(Busy):
                await job.answer
        with pytest.raises(Busy):
            submit(pool, "graph")

    asyncio.run(main())


def test_a_pool_can_be_opened_again_in_another_loop() -> None:
    pool = Pool(boxed(fakes.ACT, TERMS), TERMS)

    async def main() -> None:
        with pytest.raises(Busy):
            submit(pool, "graph")
        await pool.open()
        assert await run(pool, "graph") == b"+" + fakes.GRAPH
        await pool.close()

    for _ in range(2):
        asyncio.run(main())


def test_a_pool_that_cannot_start_says_so() -> None:
    with pytest.raises(RuntimeError, match=r"no worker could be started for tests\.app\.fakes:missing"):
        asyncio.run(Pool(boxed("tests.app.fakes:missing", TERMS), TERMS).open())


def template(pool: Pool) -> int:
    """The process that the pool's workers are forked from."""
    places = pool._crew._places
    assert isinstance(places, Nursery)
    template = places._template
    assert template is not None
    assert template._popen is not None
    return template._popen.pid


def test_workers_are_forked_anew_when_the_process_they_came_from_ends() -> None:
    async def scenario(pool: Pool) -> None:
        await full(pool)
        before = template(pool)
        os.kill(before, signal.SIGKILL)
        assert await run(pool, "graph") == b"+" + fakes.GRAPH, "those that are there live on"
        with pytest.raises(Lost):
            await run(pool, "crash")
        await full(pool)
        assert template(pool) != before

    play(scenario)


def test_the_loop_goes_on_while_a_process_is_slow_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nursery, "START_SECONDS", 0.5)

    async def scenario(pool: Pool) -> None:
        await full(pool)
        before = template(pool)
        os.kill(before, signal.SIGSTOP)
        with pytest.raises(Lost):
            await run(pool, "crash")
        worst, end = 0.0, time.monotonic() + 0.8
        while time.monotonic() < end:
            began = time.monotonic()
            await asyncio.sleep(0.01)
            worst = max(worst, time.monotonic() - began)
        assert worst < 0.4
        monkeypatch.undo()
        await full(pool)
        assert template(pool) != before, "nobody waits for ever"

    play(scenario)


def test_file_descriptors_do_not_leak() -> None:
    def held() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    async def scenario(pool: Pool) -> None:
        await full(pool)
        before = held()
        for _ in range(5):
            with pytest.raises(Lost):
                await run(pool, "exit 1")
            await full(pool)
        await asyncio.sleep(0.1)
        assert held() <= before

    play(scenario)
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 16, "only the workers are boxed"


HEAVY, LIGHT = Client("192.0.2.1"), Client("192.0.2.2")


def asked(pool: Pool, client: Client, source: str) -> Job:
    return pool.submit(json.dumps({"source": source}).encode(), client)


async def lasting(pool: Pool) -> None:
    """Wait until a program is known to take long."""
    end = time.monotonic() + 10
    while not pool._long:
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


def test_who_uses_little_runs_beside_programs_that_take_long() -> None:
    async def scenario(pool: Pool) -> None:
        await full(pool)
        running, waiting = asked(pool, HEAVY, "spin 9"), asked(pool, HEAVY, "graph")
        await lasting(pool)
        assert await asked(pool, LIGHT, "graph").answer == b"+" + fakes.GRAPH
        assert not running.answer.done()
        assert not waiting.answer.done(), "the spare is not for those who use much"
        with pytest.raises(TimeUp):
            await running.answer
        assert await waiting.answer == b"+" + fakes.GRAPH

    play(scenario, replace(TERMS, queue_seconds=9.0, limits=Limits(kill_seconds=0.8, answer_seconds=9.0)))


def test_in_a_full_queue_the_last_gives_way_of_whoever_waits_with_most() -> None:
    async def scenario(pool: Pool) -> None:
        running = asked(pool, HEAVY, "sleep 0.3")
        waiting = [asked(pool, HEAVY, "graph") for _ in range(TERMS.queue)]
        late = asked(pool, LIGHT, "graph")
        with pytest.raises(Busy):
            await waiting[-1].answer
        for job in (running, late, *waiting[:-1]):
            assert await job.answer == b"+" + fakes.GRAPH

    play(scenario, replace(TERMS, queue_seconds=9.0))


def test_a_program_that_takes_long_steps_back_and_its_place_is_for_those_like_it() -> None:
    async def scenario(pool: Pool) -> None:
        await full(pool, terms)
        running = asked(pool, HEAVY, "work 0.6")
        await lasting(pool)
        slow = running.worker
        assert isinstance(slow, Worker)
        assert os.getpriority(os.PRIO_PROCESS, slow.process.pid) == 19
        await running.answer
        quick, again = asked(pool, LIGHT, "sleep 0.02"), asked(pool, HEAVY, "sleep 0.02")
        assert await quick.answer == await again.answer == b"+" + fakes.GRAPH
        assert quick.worker is not slow
        assert again.worker is slow

    terms = replace(TERMS, workers=2, nice=1, queue_seconds=60.0, limits=PATIENT)
    play(scenario, terms)


@pytest.mark.parametrize(("worked", "counts"), [(0.2, True), (0.01, False)])
def test_who_works_for_long_has_used_the_place_whoever_had_the_processor(
    worked: float, monkeypatch: pytest.MonkeyPatch, *, counts: bool
) -> None:
    monkeypatch.setattr(Job, "used", lambda _: worked)

    async def scenario(pool: Pool) -> None:
        await asked(pool, HEAVY, "sleep 0.6").answer
        assert (pool._turns.used(HEAVY) > 0.5) is counts

    play(scenario, replace(TERMS, workers=2, queue_seconds=60.0, limits=PATIENT))


def test_no_more_have_stepped_back_than_there_are_spares() -> None:
    async def scenario(pool: Pool) -> None:
        await full(pool, terms)
        before = (await seen(pool))["pid"]
        await run(pool, "work 0.6")
        await full(pool, terms)
        assert (await seen(pool))["pid"] != before
        assert not pool._behind

    terms = replace(TERMS, spares=0, nice=1, queue_seconds=60.0, limits=PATIENT)
    play(scenario, terms)
