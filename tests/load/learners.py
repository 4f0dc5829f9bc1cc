"""A lecture: so many learners open one link within {WITHIN:.0f} s, then each drags and steps for five.

What a learner's page asks of the service is recorded first, with a browser that opens the link, drags an input and
steps through the graph. Then everybody asks just that, when it is due.
"""

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple
from urllib.request import Request, urlopen

from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import Request as Asked

from tests.bench.clients import get, post
from tests.browser import CHROMIUM, MISSING
from tests.load.generator import Hit, Shot, fired, percentile
from tests.load.requests import NUMBERS, SEED
from tests.load.server import Seen, Service, serving
from tests.proof.document import Proof, duration

LEARNERS = 500
WITHIN = 60.0  # seconds in which everybody opens the link
FOR = 300.0  # seconds of dragging and stepping
EVERY = 10.0  # seconds from a drag to the next
REST = 1_500  # milliseconds until a page that nobody touches has asked all it will
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Ask(NamedTuple):
    """A request of the browser: when, after the first; where, and with what."""

    at: float
    path: str
    body: bytes | None


@dataclass(frozen=True)
class Habit:
    """What a page asks: when it is opened, after a drag, and while one steps; and the bytes that came."""

    opening: Sequence[Ask]
    dragging: Sequence[Ask]
    stepping: Sequence[Ask]
    received: int

    @property
    def sentence(self) -> str:
        """The habit in words."""
        return (
            f"a page asks {len(self.opening)} times when it is opened ({self.received / 1000:.0f} kB), "
            f"{len(self.dragging)} times for a drag, {len(self.stepping)} times while one steps through the graph"
        )


def learners(count: int = LEARNERS, within: float = WITHIN, lasting: float = FOR) -> Iterator[Proof]:
    """The row of the lecture, and what the page asks."""
    if CHROMIUM is None:
        yield Proof("learners that open one link", MISSING, "a browser", holds=False)
        return
    with kept() as service:
        path = linked(service)
        habit = recorded(service, path)
        before = used(service)
        hits = fired(service.port, shots(habit, count, within, lasting))
        seconds = used(service) - before
    yield told(hits, habit, count, seconds / (within + lasting))


def told(hits: Sequence[Hit], habit: Habit, count: int, load: float) -> Proof:
    """What came of it."""
    wrong = [hit for hit in hits if hit.status not in (200, 304)]
    opened = percentile((hit.seconds for hit in hits if hit.shot.kind == "open"), 99)
    dragged = percentile((hit.seconds for hit in hits if hit.shot.kind == "drag"), 99)
    return Proof(
        f"{count} learners open one link within {WITHIN:.0f} s, then each drags every {EVERY:.0f} s",
        f"{len(wrong)} of {len(hits):,} requests with an error; opening p99 {duration(opened)}, "
        f"dragging p99 {duration(dragged)}; the server and its workers used {load:.0%} of a core; {habit.sentence}",
        "no error",
        not wrong,
    )


@contextmanager
def kept() -> Iterator[Service]:
    """The service, with links."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "AUTOGRAD_LINKS": f"sqlite:///{folder}/links.db",
            "AUTOGRAD_WORKER_RUNS": "1000000",  # so that the time of every process can be read at the end
        }
        with serving(**settings) as service:
            yield service


def used(service: Service) -> float:
    """The processor time of all its processes, also of those that are gone."""
    processes: list[Seen] = [service.front, *service.front.children, *service.workers]
    return sum(one.seconds for one in processes)


def linked(service: Service) -> str:
    """The path of a link that was just made."""
    body = json.dumps({"source": SEED}).encode()
    asked = Request(f"http://127.0.0.1:{service.port}/api/v1/links", body, {"content-type": "application/json"})
    with urlopen(asked, timeout=10) as answer:  # noqa: S310  # our own address
        name: str = json.load(answer)["id"]
    return f"/z/{name}"


def recorded(service: Service, path: str) -> Habit:
    """What a browser asks."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = chromium.new_page()
        asked: list[Asked] = []

        def note(one: Asked) -> None:
            asked.append(one)

        page.on("requestfinished", note)
        page.goto(f"http://127.0.0.1:{service.port}{path}")
        page.locator("[role=tablist]:not([hidden])").wait_for()
        page.wait_for_timeout(REST)
        opening = sent(asked)
        received = sum(one.sizes()["responseBodySize"] for one in asked)
        dragging, stepping = asks(page, asked, dragged), asks(page, asked, stepped)
        chromium.close()
    return Habit(opening, dragging, stepping, received)


def asks(page: Page, asked: list[Asked], act: Callable[[Page], None]) -> Sequence[Ask]:
    """What the page asks the service when somebody does that; files it has are not asked for again."""
    before = len(asked)
    act(page)
    page.wait_for_timeout(REST)
    return [one for one in sent(asked[before:]) if one.path.startswith("/api/")]


def sent(asked: Sequence[Asked]) -> Sequence[Ask]:
    """What of that reaches the service, and when."""
    found = [one for one in asked if one.url.startswith("http")]
    first = min((one.timing["startTime"] for one in found), default=0.0)
    return tuple(
        Ask((one.timing["startTime"] - first) / 1000, re.sub(r"^https?://[^/]+", "", one.url), one.post_data_buffer)
        for one in found
    )


def dragged(page: Page) -> None:
    """Move the first input."""
    box = page.get_by_role("slider").first.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, middle, steps=8)
    page.mouse.up()


def stepped(page: Page) -> None:
    """Go through the graph's first steps."""
    for _ in range(5):
        page.keyboard.press(".")


def shots(habit: Habit, count: int, within: float, lasting: float) -> Iterator[Shot]:
    """Everything that everybody asks."""
    for learner in range(count):
        opened = learner * within / count
        for one in habit.opening:
            yield Shot(opened + one.at, travelling(one), "open", learner)
        for turn in range(int(lasting / EVERY)):
            for one in habit.dragging:
                yield Shot(opened + (turn + 1) * EVERY + one.at, travelling(one), "drag", learner)


def travelling(one: Ask) -> bytes:
    """A request as it travels; an input in it has a number that nobody else has sent."""
    if one.body is None:
        return get(one.path)
    asked = json.loads(one.body)
    moved = {name: next(NUMBERS) / 1024 for name in asked.get("inputs") or {}}
    return post(one.path, json.dumps({**asked, "inputs": moved} if moved else asked).encode())
