"""What becomes of programs and of links when the database of the links is slow, cut off, or gone."""

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

from tests.faults.machine import link
from tests.faults.workers import CLIENTS
from tests.links.killing import WRITERS, killing
from tests.links.postgres import MISSING, new_database, postgres, programs
from tests.load.generator import Gun, Hit, Shot, percentile, steady
from tests.load.requests import small
from tests.load.scenarios import of, statuses
from tests.load.server import Service
from tests.proof.document import Proof, duration

SLOW_SECONDS = 1.0  # that every piece waits, each way
CUT_BYTES = 200  # after which a connection is cut
SECONDS = 6.0  # that each of them lasts
PIECE = 1 << 16
AGAIN = 15.0  # the longest that is waited for links to work again
FAULTS = ("slow", "cut", "gone")


class Between:
    """What stands between the service and its database: passes everything on, slows it, cuts it, or is gone."""

    def __init__(self, port: int) -> None:
        self.way = "through"
        self._port = port
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server

    async def start(self) -> int:
        """Listen; the port."""
        self._server = await asyncio.start_server(self._passed, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def stop(self) -> None:
        """Listen no more."""
        self._server.close()
        self._hang_up()
        await self._server.wait_closed()

    def turn(self, way: str) -> None:
        """Do this from now on; where the database is gone or cut off, so are the connections to it."""
        self.way = way
        if way in ("cut", "gone"):
            self._hang_up()

    def _hang_up(self) -> None:
        while self._open:
            self._open.pop().transport.abort()

    async def _passed(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.way == "gone":
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        self._open |= {writer, back}
        await asyncio.gather(self._pass_on(reader, back), self._pass_on(there, writer))

    async def _pass_on(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        passed = 0
        with suppress(OSError):
            while piece := await source.read(PIECE):
                if self.way == "slow":
                    await asyncio.sleep(SLOW_SECONDS)
                passed += len(piece)
                if self.way == "cut" and passed > CUT_BYTES:
                    sink.transport.abort()
                sink.write(piece)
                await sink.drain()
        sink.close()


def store() -> Iterator[Proof]:
    """Each of the faults, one after the other, on PostgreSQL."""
    found = programs()
    if found is None:
        yield Proof(
            "the database of the links is slow, cut off, gone", f"not tried: {MISSING}", "as before", holds=False
        )
        return
    with postgres(found) as server:
        yield from asyncio.run(tried(new_database(server)))


async def tried(url: str) -> list[Proof]:
    """The rows."""
    address = url.rpartition("@")[2]
    port, name = address.partition(":")[2].split("/")
    between = Between(int(port))
    links = f"postgresql://postgres@127.0.0.1:{await between.start()}/{name}"
    service = Service(AUTOGRAD_LINKS=links)
    await asyncio.to_thread(service.start)
    gun = Gun(service.port)
    try:
        await again(gun)
        return [await one(gun, between, fault) for fault in FAULTS]
    finally:
        gun.close()
        await asyncio.to_thread(service.stop)
        await between.stop()


async def one(gun: Gun, between: Between, fault: str) -> Proof:
    """One fault: what programs and saves say of it, and when saves work again."""
    between.turn(fault)
    runs = steady(20.0, SECONDS, list(islice(small(), 400)), "run", CLIENTS)
    saves = [Shot(n / 2, link(), "save", 300 + n) for n in range(int(2 * SECONDS))]
    hits = await gun.fire([*runs, *saves])
    between.turn("through")
    rest = await again(gun)
    told, run = of(hits, "save"), of(hits, "run")
    return Proof(
        f"the database of the links (PostgreSQL) is {fault if fault != 'cut' else 'cut off in the middle'}",
        f"programs {statuses(run)}, p99 {duration(percentile((hit.seconds for hit in run), 99))}; "
        f"saves {statuses(told)}; saves work again after {'never' if rest is None else duration(rest)}",
        "programs 200; saves 201 or 503; again ≤ 5 s",
        {hit.status for hit in run} == {200}
        and {hit.status for hit in told} <= {200, 201, 503}
        and rest is not None
        and rest <= 5.0,
    )


async def again(gun: Gun) -> float | None:
    """Seconds until a link can be made; None if that is never."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number in range(10_000):
        if loop.time() - began > AGAIN:
            return None
        hits: Sequence[Hit] = await gun.fire([Shot(0.0, link(), client=1_000 + number)])
        if hits[0].status in (200, 201):
            return loop.time() - began
        await asyncio.sleep(0.05)
    return None


def links(count: int = 10_000, kills: int = 3) -> Iterator[Proof]:
    """Links are made while the server is killed, on either database."""
    with tempfile.TemporaryDirectory() as folder:
        yield made("SQLite", f"sqlite:///{folder}/links.db", count, kills)
    found = programs()
    if found is not None:
        with postgres(found) as server:
            yield made("PostgreSQL", new_database(server), count, kills)
    else:
        yield Proof(f"{count:,} links on PostgreSQL", f"not tried: {MISSING}", "0 lost", holds=False)


def made(kind: str, url: str, count: int, kills: int) -> Proof:
    """The row of a database."""
    came = killing(url, count, kills)
    return Proof(
        f"{came.answered:,} links by {WRITERS} writers ({kind}), the server killed {came.kills} times meanwhile",
        f"{len(came.lost)} lost, in {came.seconds:.0f} s",
        "0",
        not came.lost and came.answered == count,
    )
