"""Links: finding one among many, and a page opened by one beside the same page without.

A link is looked up over HTTP, as plain text, which takes nothing but the look-up. The two pages are asked for by turns.
"""

import asyncio
import json
import random
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote
from urllib.request import Request, urlopen

from app.links.state import LinkState, digest, names
from app.links.store import Store
from app.links.tables import LINKS
from tests.bench.clients import Connection, connect, get, serving
from tests.bench.timing import Row, paired, row

OURS = "app.main:create_app"
MANY = 100_000
TURNS = 2_000
PAGES = 60
PROGRAM = "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f\n# "
HUNDREDTH = 99  # of a hundred


def rows(*, links: int = MANY, turns: int = TURNS, pages: int = PAGES) -> Iterable[Row]:
    """All rows of the table."""
    with _kept(links) as (url, found), serving(OURS, AUTOGRAD_LINKS=url, AUTOGRAD_WORKERS="1") as port:
        chosen = random.Random(0).choices(found, k=turns)
        taken = asyncio.run(_looked_up(port, chosen))
        work = f"look-up among {links:,} links in SQLite, over HTTP: 99th percentile"
        yield row(work, quantiles(taken, n=100)[HUNDREDTH - 1], ("the bar of 5 ms", 0.005), 1.0)
        short, long = asyncio.run(_opened(port, _made(port), pages))
        work = "page by a short link"
        yield row(work, median(short), ("the same page by its program", median(long)), 0.5, ratio=paired(short, long))


def _made(port: int) -> str:
    """The name of a new link."""
    body = json.dumps({"source": PROGRAM}).encode()
    asked = Request(f"http://127.0.0.1:{port}/api/v1/links", body, {"Content-Type": "application/json"})
    with urlopen(asked) as answer:  # noqa: S310  # our own address
        name: str = json.load(answer)["id"]
        return name


@contextmanager
def _kept(links: int) -> Iterator[tuple[str, list[str]]]:
    """So many links in a file: its URL, and their names."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'links.db')}"
        store = Store(url, None, 1)
        store.prepare()
        rows = [_row(number) for number in range(links)]
        with store._engine.begin() as connection:
            connection.execute(LINKS.insert(), rows)
        store.close()
        yield url, [str(one["id"]) for one in rows]


def _row(number: int) -> dict[str, object]:
    state = LinkState(source=f"{PROGRAM}{number}").canonical()
    found = digest(state)
    name = next(names(found))
    return {
        "id": name,
        "digest": found,
        "state": state,
        "answer": "",
        "edition": "",
        "made": number,
        "renewed": number,
    }


async def _looked_up(port: int, found: list[str]) -> list[float]:
    connection = await connect(port)
    times = [await _asked(connection, f"/z/{name}.txt") for name in found]
    connection.close()
    return times[len(times) // 10 :]  # the first ones warm up


async def _opened(port: int, name: str, turns: int) -> tuple[list[float], list[float]]:
    """How long the page takes by the link, and by its program, by turns."""
    connection = await connect(port)
    paths = (f"/z/{name}", f"/?source={quote(PROGRAM)}")
    times = [[await _asked(connection, path) for path in paths] for _ in range(turns + 3)][3:]
    connection.close()
    return [short for short, _ in times], [long for _, long in times]


async def _asked(connection: Connection, path: str) -> float:
    started = time.perf_counter()
    status = await connection.ask(get(path))
    if status != 200:
        raise RuntimeError(f"{path} was answered with {status}")
    return time.perf_counter() - started
