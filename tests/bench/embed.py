"""The page in a frame of somebody else's: until it is first seen, beside a page that is its picture and nothing else.

Both come from servers of this machine, with the files in the browser's cache, as on a course's second page.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import quote
from urllib.request import urlopen

from playwright.sync_api import Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from engine.examples import EXAMPLES
from tests.bench.clients import serving
from tests.bench.page import CHROMIUM, OURS, browsing
from tests.bench.timing import Row, paired, row

EXAMPLE = "neuron"
STILL = "STILL"
SIZE = {"width": 800, "height": 600}
FIRST_PAINT = """() => new Promise((done) => new PerformanceObserver((list) => {
    const found = list.getEntriesByName('first-contentful-paint')[0];
    if (found) done(found.startTime / 1000);
}).observe({ type: 'paint', buffered: true }))"""


def still() -> Starlette:
    """A server of one page."""
    content = Path(os.environ[STILL]).read_text("utf-8")

    async def page(_: Request) -> HTMLResponse:
        return HTMLResponse(content)

    return Starlette(routes=[Route("/", page)])


def rows(*, turns: int = 25, rest: float = 0.5) -> Iterable[Row]:
    """All rows of the table; none where there is no browser."""
    if CHROMIUM is None:
        return
    source = next(one.source for one in EXAMPLES if one.name == EXAMPLE)
    with TemporaryDirectory() as folder, serving(OURS, AUTOGRAD_LINKS="off") as port, browsing() as browser:
        ours = f"http://127.0.0.1:{port}"
        with urlopen(f"{ours}/api/v1/export/svg?source={quote(source)}") as answer:  # noqa: S310  # our own address
            picture = answer.read().decode()
        file = Path(folder) / "still.html"
        file.write_text(f"<!doctype html><meta charset=utf-8><title>{EXAMPLE}</title>{picture}", "utf-8")
        with serving(f"{__name__}:still", **{STILL: str(file)}) as other:
            page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]  # two numbers
            addresses = (f"{ours}/embed?example={EXAMPLE}", f"http://127.0.0.1:{other}/")
            found = [[_painted(page, address, rest) for address in addresses] for _ in range(turns + 1)][1:]
    frame, plain = ([turn[i] for turn in found] for i in (0, 1))
    work = f"/embed of the example {EXAMPLE}: first paint"
    yield row(work, median(frame), ("a page of its SVG", median(plain)), 1 / 1.5, ratio=paired(frame, plain))


def _painted(page: Page, address: str, rest: float) -> float:
    """Seconds from asking for a page until the first of it is painted; afterwards it is left, and all is quiet."""
    answer = page.goto(address)
    assert answer
    assert answer.ok
    seconds: float = page.evaluate(FIRST_PAINT)
    page.wait_for_timeout(1_000 * rest)
    page.goto("about:blank")
    page.wait_for_timeout(200 * rest)
    return seconds
