"""The page: from the end of a typing pause to the painted picture, and how even the frames are while things move.

A browser opens the page of a real service. Frames are counted by `requestAnimationFrame` in the page, sliders and the
picture are moved by events of keyboard and mouse, and answers come as much later as a network would bring them.
"""

import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from statistics import quantiles
from urllib.parse import quote

from playwright.sync_api import Browser, CDPSession, Page, Route, sync_playwright

from tests.bench.clients import serving
from tests.bench.timing import Row, row

OURS = "app.main:create_app"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
DELAY_SECONDS = 0.1  # added to every answer while sliders move
MOVES = 120  # events, one a frame
LINE = "y = y * 2\n"
TYPED = 60  # so that the 95th percentile is not the worst of them
NODES = (100, 200, 2_000)  # where it is typed, dragged, and panned
REST = 1.0  # how long the page is left alone between two measurements, against what is usual

COUNT_FRAMES = """() => {
    const frames = window.frames_ = [];
    let last = performance.now();
    const look = (now) => { frames.push(now - last); last = now; window.going_ = requestAnimationFrame(look); };
    window.going_ = requestAnimationFrame((now) => { last = now; window.going_ = requestAnimationFrame(look); });
}"""
FRAMES = "() => { cancelAnimationFrame(window.going_); return window.frames_; }"
DRAG = """(moves) => new Promise((done) => {
    const slider = document.querySelector('#inputs input[type=range]');
    const [low, high] = [Number(slider.min), Number(slider.max)];
    const end = performance.now() + 6000; // a page that hardly moves is measured by what it did
    let i = 0;
    const move = () => {
        slider.value = String(low + (high - low) * (0.5 + 0.3 * Math.sin(i / 9)));
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        if (++i < moves && performance.now() < end) requestAnimationFrame(move); else done();
    };
    requestAnimationFrame(move);
})"""
PAN = """(moves) => new Promise((done) => {
    const drawing = document.querySelector('.drawing');
    const { left, top, width, height } = drawing.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const say = (target, kind, dx) => target.dispatchEvent(new MouseEvent(kind, {
        bubbles: true, cancelable: true, view: window, clientX: x + dx, clientY: y + dx / 3, button: 0, buttons: 1 }));
    const end = performance.now() + 6000; // a page that hardly moves is measured by what it did
    let i = 0;
    say(drawing, 'mousedown', 0);
    const move = () => {
        say(window, 'mousemove', 90 * Math.sin(++i / 9));
        if (i < moves && performance.now() < end) return requestAnimationFrame(move);
        say(window, 'mouseup', 0);
        done();
    };
    requestAnimationFrame(move);
})"""
ZOOM = """(moves) => new Promise((done) => {
    const drawing = document.querySelector('.drawing');
    const { left, top, width, height } = drawing.getBoundingClientRect();
    const end = performance.now() + 6000; // a page that hardly moves is measured by what it did
    let i = 0;
    const move = () => {
        drawing.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, view: window,
            clientX: left + width / 2, clientY: top + height / 2, deltaY: 12 * Math.cos(++i / 15) }));
        if (i < moves && performance.now() < end) requestAnimationFrame(move); else done();
    };
    requestAnimationFrame(move);
})"""
PAINTED = """() => {
    const drawing = document.querySelector('svg.graph');
    const note = () => requestAnimationFrame(() => setTimeout(() => { window.painted_ ??= performance.now(); }, 0));
    new MutationObserver(note).observe(drawing, { subtree: true, childList: true });
    const ask = window.fetch;
    window.fetch = (...rest) => { window.asked_ = performance.now(); window.painted_ = null; return ask(...rest); };
}"""


def chain(nodes: int) -> str:
    """A program of about so many nodes, all of them moved by its input."""
    return "x = 0.5\ny = x\n" + f"for i in range({nodes // 2}):\n    y = tanh(y) + x\n"


def rows(
    *, moves: int = MOVES, typed: int = TYPED, nodes: tuple[int, int, int] = NODES, rest: float = REST
) -> Iterable[Row]:
    """All rows of the table; none where there is no browser."""
    if CHROMIUM is None:
        return
    with serving(OURS) as port, browsing() as browser:
        typing, dragged, panned = nodes
        with _opened(browser, port, typing, rest) as page:
            yield _typing(page, typed, rest, f"typing pause to painted, {typing:,} nodes: 95th percentile")
        with _opened(browser, port, dragged, rest) as page:
            work = f"slider drag, {dragged:,} nodes, answers 100 ms later"
            yield _frames(page, work, [DRAG], 17.5, (moves, rest))
        with _opened(browser, port, panned, rest) as page:
            yield _frames(page, f"pan and zoom, {panned:,} nodes", [PAN, ZOOM], 33.0, (moves, rest))
        with _opened(browser, port, 2, rest) as page:
            yield from _training(page, moves, rest)


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def _opened(browser: Browser, port: int, nodes: int, rest: float) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"http://127.0.0.1:{port}/?source={quote(chain(nodes))}&open=all&v=1")
    page.locator("g.node").first.wait_for()
    page.wait_for_timeout(1_500 * rest)
    yield page
    page.close()


def _late(route: Route) -> None:
    time.sleep(DELAY_SECONDS)
    route.continue_()


def _frames(page: Page, work: str, ways: list[str], limit: float, often: tuple[int, float]) -> Row:
    """The share of frames that took longer than the limit, in milliseconds, against the one in twenty allowed."""
    moves, rest = often
    page.route("**/api/v1/graph", _late)
    found: list[float] = []
    for way in ways:
        page.evaluate(way, 10)  # the first time is for the browser's compiler
        page.wait_for_timeout(600 * rest)
        page.evaluate(COUNT_FRAMES)
        page.evaluate(way, moves)
        found += page.evaluate(FRAMES)
    late = 100 * max(sum(one > limit for one in found), 0.1) / len(found)
    return _percent(row(f"{work}: frames over {limit:g} ms", late, ("the bar", 5.0), 1.0))


def _training(page: Page, frames: int, rest: float) -> Iterator[Row]:
    """Moons, as the panel writes them: how even the frames are, and what the main thread does for one."""
    page.get_by_role("tab", name="Train").click()
    page.get_by_role("button", name="Write a training program").click()
    page.locator(".stage .sample g.node").first.wait_for()
    page.wait_for_timeout(1_500 * rest)
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_timeout(600 * rest)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.evaluate(COUNT_FRAMES)
    before = _busy(session)
    page.wait_for_function(f"() => window.frames_.length >= {frames}", polling=100)
    busy = _busy(session) - before
    found: list[float] = page.evaluate(FRAMES)
    late = 100 * max(sum(one > 17.5 for one in found), 0.1) / len(found)
    work = "moons in training, boundary, loss and graph together"
    yield _percent(row(f"{work}: frames over 17.5 ms", late, ("the bar", 10.0), 1.0))
    yield row(f"{work}: main thread a frame", busy / len(found), ("the bar of 8 ms", 0.008), 1.0)


def _busy(session: CDPSession) -> float:
    """Seconds that the main thread has worked."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def _percent(made: Row) -> Row:
    return {**made, "unit": "%"}


def _typing(page: Page, times: int, rest: float, work: str) -> Row:
    """From the question at the end of a typing pause to the frame after the picture has changed."""
    page.evaluate(PAINTED)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    found = []
    for turn in range(times + 2):
        page.evaluate("() => { window.asked_ = window.painted_ = null; }")
        if turn % 2:  # the graph is as large as it was: what was written is taken back
            for _ in LINE:
                page.keyboard.press("Backspace")
        else:
            page.keyboard.type(LINE)
        page.wait_for_function("() => window.asked_ && window.painted_ > window.asked_")
        page.wait_for_timeout(450 * rest)
        found.append(page.evaluate("() => window.painted_ - window.asked_") / 1_000)
    worst = quantiles(found[2:], n=20)[-1]
    return row(work, worst, ("the bar of 50 ms", 0.05), 1.0)
