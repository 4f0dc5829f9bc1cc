"""What becomes of the service when it is killed, its disk is full, its descriptors are used up or the clock jumps."""

import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, count, islice
from pathlib import Path

from tests.bench.clients import post
from tests.faults.workers import CLIENTS, wait_for
from tests.load.generator import Shot, fired, percentile, steady
from tests.load.requests import HEALTH, endless, small
from tests.load.scenarios import of, statuses
from tests.load.server import serving
from tests.proof.document import Proof, duration

FAKETIME = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
IN_A_MEBIBYTE = ("unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"')
DESCRIPTORS = 100
LINKS = "/api/v1/links"
NUMBERS = count()


def killed(times: int = 5) -> Iterator[Proof]:
    """The server itself is killed under load, and started again at the same address."""
    slowest, longest = 0.0, 0.0
    with serving() as service:
        for _ in range(times):
            running = [*service.front.children, *service.workers]
            requests = chain.from_iterable(zip(small(), endless(), strict=False))
            for shot in islice(requests, 4):
                with socket.create_connection(("127.0.0.1", service.port)) as connection:
                    connection.sendall(shot)
            service.stop(signal.SIGKILL)
            began = time.monotonic()
            service.start()
            slowest = max(slowest, time.monotonic() - began)
            gone = wait_for(lambda: not any(Path(f"/proc/{one.pid}").exists() for one in running), 10.0)  # noqa: B023
            longest = max(longest, 10.0 if gone is None else gone)
    yield Proof(
        f"kill -9 of the server under load, {times} times",
        f"ready again after at most {duration(slowest)}; {duration(longest)} later none of its old processes is left",
        "≤ 5 s; ≤ 3 s",
        slowest <= 5.0 and longest <= 3.0,
    )


def link() -> bytes:
    """A link that nobody has made, of some size."""
    return post(LINKS, f'{{"source": "a = {next(NUMBERS)}.5  # {"x" * 20_000}"}}'.encode())


def full_disk() -> Iterator[Proof]:
    """Links are kept on a disk of one mebibyte."""
    what = "the disk of the links (SQLite) is full"
    with tempfile.TemporaryDirectory() as folder:
        try:
            with serving(*IN_A_MEBIBYTE, folder, AUTOGRAD_LINKS=f"sqlite:///{folder}/links.db") as service:
                saves = fired(service.port, [Shot(n / 10, link(), client=n) for n in range(100)])
                runs = fired(service.port, steady(20.0, 2.0, list(islice(small(), 40)), clients=CLIENTS))
        except RuntimeError as error:
            yield Proof(what, f"not tried, it takes root: {error}", "saves 507 or 503, programs 200", holds=False)
            return
    kept = [hit for hit in saves if hit.status in (200, 201)]
    yield Proof(
        what,
        f"saves {statuses(saves)}; programs {statuses(runs)}",
        "saves 507 or 503, programs 200",
        bool(kept) and {hit.status for hit in saves} <= {200, 201, 503, 507} and {hit.status for hit in runs} == {200},
    )


def no_descriptors() -> Iterator[Proof]:
    """More connections than the server may have descriptors."""
    with serving("prlimit", f"--nofile={DESCRIPTORS}:{DESCRIPTORS}") as service:
        before = service.front.seconds
        held: list[socket.socket] = []
        for number in range(2 * DESCRIPTORS):
            with suppress(OSError):
                held.append(socket.create_connection(("127.0.0.1", service.port), 1.0, (f"127.0.1.{number + 1}", 0)))
        time.sleep(3.0)
        spent = service.front.seconds - before
        for one in held:
            one.close()
        rest = wait_for(lambda: service.ready("/healthz") and service.front.descriptors < DESCRIPTORS // 2, 20.0)
        alive = service.process.poll() is None
        runs = fired(service.port, steady(20.0, 2.0, list(islice(small(), 40)), clients=CLIENTS))
    yield Proof(
        f"{2 * DESCRIPTORS} connections to a server that may open {DESCRIPTORS} files",
        f"it {'lives' if alive else 'ends'}, used {duration(spent)} of its time in 3 s, and answers "
        f"{'never' if rest is None else duration(rest)} after they have gone; programs {statuses(runs)}",
        "it lives; answers ≤ 5 s after; 200",
        alive and rest is not None and rest <= 5.0 and {hit.status for hit in runs} == {200},
    )


def clock_jumps() -> Iterator[Proof]:
    """The clock of the server is set a day ahead, and two days back, while programs run."""
    what = "the clock jumps a day ahead, then two back, beside endless programs"
    if not FAKETIME:
        yield Proof(what, "not tried: libfaketime is not installed (Debian: faketime)", "as before", holds=False)
        return
    with tempfile.TemporaryDirectory() as folder:
        clock = Path(folder, "clock")
        clock.write_text("+0")
        faked = {
            "LD_PRELOAD": str(FAKETIME[0]),
            "FAKETIME_TIMESTAMP_FILE": str(clock),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",  # a clock that is set does not move that one
        }
        with serving(**faked) as service:
            hits = []
            for jump in ("+0", "+1d", "-1d"):
                clock.write_text(jump)
                several = steady(10.0, 4.0, list(islice(small(), 40)), "small", CLIENTS)
                hits += fired(service.port, [*several, Shot(0.5, next(endless()), "endless", 900)])
            (health,) = fired(service.port, [Shot(0.0, HEALTH)])
    ended = of(hits, "endless")
    slowest = percentile((hit.seconds for hit in ended), 100)
    yield Proof(
        what,
        f"programs {statuses(of(hits, 'small'))}; endless ones {statuses(ended)}, after at most {duration(slowest)}; "
        f"health {health.status}",
        "200; endless ones 422 within 3 s",
        {hit.status for hit in of(hits, "small")} == {200}
        and {hit.status for hit in ended} == {422}
        and slowest <= 3.0,
    )
