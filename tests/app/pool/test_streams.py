"""Streams have a process each, wait for their readers, are found again, and never outlive what they may."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import aclosing

import pytest

from app.clients.identity import NOBODY, Client
from app.pool import stream as streaming
from app.pool import streams as places
from app.pool.job import Busy, Lost, MemoryUp, RunError, TimeUp
from app.pool.stream import KEPT_BYTES, Event, Stopped, Stream
from app.pool.streams import Another, Streams
from app.pool.workers import Terms, boxed
from tests.app import fakes
from tests.app.pool.test_workers import children

Scenario = Callable[[Streams], Awaitable[None]]


def play(scenario: Scenario, most: int = 2, seconds: float = 20.0) -> None:
    """Run a scenario; afterwards none of the processes is left."""

    async def main() -> None:
        nursery = boxed(fakes.ACT, Terms(nice=0), fakes.STREAM)
        streams = Streams(nursery, most, seconds)
        try:
            await scenario(streams)
        finally:
            streams.close()
            await nursery.close()
        assert not streams.running

    before = children()
    asyncio.run(main())
    assert children() <= before


async def started(streams: Streams, source: str, client: Client = NOBODY) -> Stream:
    stream = await streams.start(json.dumps({"source": source}).encode(), client)
    await asyncio.wait_for(stream.checked, 5)
    return stream


async def told(stream: Stream, after: int = -1, most: int = 10**6) -> list[Event]:
    """The next events, up to the last one."""
    found: list[Event] = []
    async with asyncio.timeout(8), aclosing(stream.read(after)) as events:
        async for event in events:
            if event is not None:
                found.append(event)
            if len(found) == most:
                break
    return found


def test_events_come_in_order_and_the_last_one_is_the_answer() -> None:
    async def scenario(streams: Streams) -> None:
        events = await told(await started(streams, "count 5"))
        assert [event.number for event in events] == list(range(7))
        assert [event.last for event in events] == [False] * 6 + [True]
        assert [json.loads(event.result[1:])["frame"] for event in events[1:6]] == [1, 2, 3, 4, 5]  # type: ignore[index]
        assert events[-1].result == b"+" + fakes.DOCUMENT

    play(scenario)


@pytest.mark.parametrize(
    ("source", "error"),
    [("crash", Lost), ("raise", Lost), ("garbage", Lost), ("oversize", Lost), ("grow 900", MemoryUp)],
)
def test_whatever_ends_a_process_the_last_event_comes(source: str, error: type[RunError]) -> None:
    async def scenario(streams: Streams) -> None:
        events = await told(await started(streams, source))
        assert [event.number for event in events] == [0, 1]
        assert isinstance(events[-1].result, error)
        assert not streams.running

    play(scenario)


def test_a_wrong_program_has_one_event() -> None:
    async def scenario(streams: Streams) -> None:
        (event,) = await told(await started(streams, "wrong"))
        assert event.last
        assert event.number == 0

    play(scenario)


def test_nothing_is_made_for_a_reader_that_does_not_read() -> None:
    async def scenario(streams: Streams) -> None:
        stream = await started(streams, "count 50")
        assert len(await told(stream, most=3)) == 3
        await asyncio.sleep(0.1)
        assert [event.number for event in stream.events][-1] <= 3

    play(scenario)


def test_a_reader_that_comes_back_goes_on_where_it_was() -> None:
    async def scenario(streams: Streams) -> None:
        stream = await started(streams, "count 8")
        first = await told(stream, most=4)
        assert streams.find(stream.token) is stream
        rest = await told(stream, after=first[-1].number)
        assert [event.number for event in first + rest] == list(range(10))
        assert [event.number for event in await told(stream, after=7)] == [8, 9], "the last ones are kept"

    play(scenario)


def test_a_reader_that_claims_to_have_had_what_never_was_gets_what_comes() -> None:
    async def scenario(streams: Streams) -> None:
        stream = await started(streams, "heard")
        ahead = asyncio.create_task(told(stream, after=10**6))
        await asyncio.sleep(0.05)
        stream.cancel()
        assert [(event.number, event.last) for event in await ahead] == [(1, True)]
        assert await told(stream, after=10**6) == []

    play(scenario)


def test_a_new_reader_takes_the_place_of_the_old_one() -> None:
    async def scenario(streams: Streams) -> None:
        stream = await started(streams, "heard")
        old = asyncio.create_task(told(stream))
        await asyncio.sleep(0.05)
        new = asyncio.create_task(told(stream))
        assert [event.number for event in await old] == [0]
        stream.cancel()
        said = json.loads((await new)[-1].result[1:])["said"]  # type: ignore[index]
        assert [one["action"] for one in said] == ["take", "cancel"]

    play(scenario)


def test_a_program_hears_that_its_reader_has_left() -> None:
    async def scenario(streams: Streams) -> None:
        stream = await started(streams, "heard")
        assert stream.left is not None
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await told(stream)
        assert stream.left is not None
        stream.tell(inputs={"lr": 0.5})
        stream.cancel()
        said = json.loads((await told(stream, after=0))[-1].result[1:])["said"]  # type: ignore[index]
        assert said[:3] == [{"action": "take"}, {"action": "leave"}, {"inputs": {"lr": 0.5}}]

    play(scenario)


def test_what_is_kept_is_bounded_and_has_the_last_event() -> None:
    async def scenario(streams: Streams) -> None:
        stream = await started(streams, "flood 1000")
        await asyncio.wait_for(stream.ended, 5)
        assert sum(len(event.result) for event in stream.events if isinstance(event.result, bytes)) <= KEPT_BYTES
        events = await told(stream)
        assert (events[0].number, events[-1].number) == (0, 1001)
        assert [event.number for event in events[1:]] == list(range(events[1].number, 1002))
        assert events[-1].last

    play(scenario)


def test_there_are_so_many_places_and_those_of_who_left_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(streams: Streams) -> None:
        one, two = await started(streams, "heard"), await started(streams, "heard")
        with pytest.raises(Busy):
            await started(streams, "heard")
        monkeypatch.setattr(places, "AWAY_SECONDS", 0.0)
        reading = asyncio.create_task(told(one))
        await asyncio.sleep(0.01)
        three = await started(streams, "heard")
        assert streams.find(two.token) is None
        assert two.ended.done()
        assert set(streams.running) == {one, three}
        reading.cancel()

    play(scenario)


def test_the_place_of_a_reader_that_takes_nothing_for_long_may_be_given_to_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scenario(streams: Streams) -> None:
        one, two = await started(streams, "heard"), await started(streams, "heard")
        reading = asyncio.create_task(told(one))
        await asyncio.sleep(0.01)
        async with aclosing(two.read(-1)) as events:
            assert await anext(events) is not None
            with pytest.raises(Busy):
                await started(streams, "heard")
            monkeypatch.setattr(places, "LEFT_SECONDS", 0.0)
            three = await started(streams, "heard")
            assert set(streams.running) == {one, three}
            last = await anext(events)
            assert last is not None
            assert isinstance(last.result, Lost)
        reading.cancel()

    play(scenario)


def test_a_stream_without_a_reader_lapses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "LEFT_SECONDS", 0.05)
    monkeypatch.setattr(places, "LEFT_SECONDS", 0.05)

    async def scenario(streams: Streams) -> None:
        stream = await started(streams, "deaf 9")
        await asyncio.wait_for(stream.ended, 2)
        assert streams.find(stream.token) is None

    play(scenario)


def test_of_the_streams_that_have_ended_the_last_few_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "KEPT_STREAMS", 2)

    async def scenario(streams: Streams) -> None:
        made = [await started(streams, "count 0") for _ in range(3)]
        await asyncio.gather(*(stream.ended for stream in made))
        last = await started(streams, "heard")
        assert [streams.find(stream.token) for stream in (*made, last)] == [None, *made[1:], last]

    play(scenario, most=9)


def test_a_program_that_does_not_listen_is_stopped_when_it_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "CANCEL_SECONDS", 0.05)

    async def scenario(streams: Streams) -> None:
        stream = await started(streams, "deaf 9")
        stream.cancel()
        await asyncio.wait_for(stream.ended, 2)
        for _ in range(400):
            stream.tell(inputs=dict.fromkeys(map(str, range(100)), 1.0))
        assert not stream.deaf, "nothing is told to who is gone"

    play(scenario)


def test_what_is_told_to_a_program_that_does_not_listen_is_noticed() -> None:
    async def scenario(streams: Streams) -> None:
        stream = await started(streams, "deaf 9")
        assert not stream.deaf
        for _ in range(1_000):
            stream.tell(inputs=dict.fromkeys(map(str, range(100)), 1.0))
        assert stream.deaf

    play(scenario)


def test_a_stream_lasts_no_longer_than_it_may() -> None:
    async def scenario(streams: Streams) -> None:
        events = await told(await started(streams, "deaf 9"))
        assert isinstance(events[-1].result, TimeUp)

    play(scenario, seconds=0.1)


def test_closing_ends_every_stream_with_an_event() -> None:
    async def scenario(streams: Streams) -> None:
        stream = await started(streams, "heard")
        reading = asyncio.create_task(told(stream))
        await asyncio.sleep(0.01)
        streams.close()
        assert isinstance((await reading)[-1].result, Stopped)
        with pytest.raises(Busy):
            await started(streams, "heard")

    play(scenario)


def test_silence_is_broken_by_signs_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "HEARTBEAT", 0.02)

    async def scenario(streams: Streams) -> None:
        stream = await started(streams, "heard")
        async with aclosing(stream.read(0)) as events:
            assert [await anext(events) for _ in range(3)] == [None] * 3

    play(scenario)


def test_a_client_has_one_and_a_class_has_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "ENDING_SECONDS", 0.1)
    me, class_ = Client("192.0.2.1"), Client("192.0.2.2", 2.0)

    async def scenario(streams: Streams) -> None:
        first = await started(streams, "count 5", me)
        async with aclosing(first.read(-1)) as events:
            await anext(events)
            with pytest.raises(Another):
                await started(streams, "count 5", me)
            readers = [(await started(streams, "count 5", class_)).read(-1) for _ in range(2)]
            for reader in readers:
                await anext(reader)
            with pytest.raises(Another):
                await started(streams, "count 5", class_)
            for reader in readers:
                await reader.aclose()
            assert len(streams.running) == 3
        second = await started(streams, "count 5", me)
        assert streams.find(first.token) is None, "what its client has left makes room at once"
        assert (await told(second))[-1].last

    play(scenario, most=4)


def test_many_that_a_client_starts_at_once_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "ENDING_SECONDS", 0.1)

    async def scenario(streams: Streams) -> None:
        me = Client("192.0.2.1")
        found = await asyncio.gather(*(started(streams, "deaf 2", me) for _ in range(4)), return_exceptions=True)
        assert sorted(type(one).__name__ for one in found) == ["Another", "Another", "Another", "Stream"]

    play(scenario, most=4)


def test_a_client_whose_last_one_is_about_to_end_need_not_ask_again() -> None:
    async def scenario(streams: Streams) -> None:
        me = Client("192.0.2.1")
        first = await started(streams, "heard", me)
        async with aclosing(first.read(-1)) as events:
            await anext(events)
            asyncio.get_running_loop().call_later(0.2, first.cancel)
            assert (await started(streams, "count 1", me)).client == me

    play(scenario)
