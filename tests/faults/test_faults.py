"""What `make faults` tells of: the gaps after kills, the answers that are right, and what stands before a database."""

import asyncio
import json
import time

import pytest

from engine import document
from tests.faults.store import CUT_BYTES, Between
from tests.faults.workers import longest_gap, right, wait_for
from tests.load.generator import Hit, Shot, digest_of

PATIENCE = 20.0  # seconds
SOURCE = "a = 2.0\nb = a * a"


def hit(ended: float, status: int = 200) -> Hit:
    return Hit(Shot(0.0, b""), status, 0.1, 0.0, b"", b"", ended)


def test_a_gap_is_the_time_from_a_kill_to_the_next_answer_that_is_one() -> None:
    assert longest_gap([1.0, 2.0], [hit(0.5), hit(1.2), hit(2.1, 503), hit(2.6)]) == pytest.approx(0.6)
    assert longest_gap([], [hit(1.0)]) == 0.0


def test_an_answer_is_right_where_it_is_the_engines() -> None:
    asked = {"verb": "graph", "source": SOURCE}
    assert right(json.dumps({"source": SOURCE}).encode()) == digest_of(document.run(json.dumps(asked).encode())[1:])
    assert right(b'{"source": "a = 1.0"}') != right(b'{"source": "a = 2.0"}')


def test_what_comes_true_is_waited_for_and_no_longer() -> None:
    until = time.monotonic() + 0.05
    assert wait_for(lambda: time.monotonic() > until, 5.0) is not None
    assert wait_for(lambda: False, 0.05) is None


async def asked(way: str, size: int) -> bytes:
    """What comes back of so many bytes through what stands between, where the other side sends them back."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(1024):
            writer.write(piece)
        writer.close()

    async with await asyncio.start_server(echo, "127.0.0.1", 0) as server:
        between = Between(server.sockets[0].getsockname()[1])
        port = await between.start()
        between.turn(way)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(b"a" * size)
            return await asyncio.wait_for(reader.readexactly(size), PATIENCE)
        except (ConnectionError, asyncio.IncompleteReadError):
            return b""
        finally:
            writer.transport.abort()
            await between.stop()
            await asyncio.sleep(0.05)  # until all have hung up


def test_a_store_is_reached_slowed_cut_and_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.faults.store.SLOW_SECONDS", 0.1)
    assert asyncio.run(asked("through", 1_000)) == b"a" * 1_000
    began = time.monotonic()
    assert asyncio.run(asked("slow", 10)) == b"a" * 10
    assert time.monotonic() - began >= 0.2
    assert asyncio.run(asked("cut", CUT_BYTES)) == b"a" * CUT_BYTES
    assert asyncio.run(asked("cut", CUT_BYTES + 1)) == b""
    assert asyncio.run(asked("gone", 10)) == b""
