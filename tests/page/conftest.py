"""A server of our own, a browser, and pages in it whose console must stay silent.

All end with the last test of this folder: while a browser is open, its event loop runs in this thread.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, ViewportSize, sync_playwright

from tests.browser import CHROMIUM

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = ViewportSize(width=1280, height=720)
MEDIA = {"color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}
PATIENCE = 10_000  # milliseconds
NOTHING = "/healthz"  # what a page shows that nobody uses: an answer of ours, so that process and storage stay
STARTING_SECONDS = 60
ANSWERED = "Failed to load resource: the server responded with a status of 422"

Open = Callable[..., Page]
Tab = Callable[..., Page]


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real service, started on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "app", "serve", "--port", str(port), "--workers", "1"]
    place = tmp_path_factory.mktemp("server")
    log, links = place / "log.txt", f"sqlite:///{place / 'links.db'}"
    # On a busy machine nice processes answer late, and who waits too long is told to come back.
    patient = {"AUTOGRAD_WORKER_NICE": "0", "AUTOGRAD_QUEUE_SECONDS": "30"}
    brisk = {**os.environ, "AUTOGRAD_LINKS": links, **patient}
    with log.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=file, env=brisk) as server:
        try:
            _wait_for(f"{address}/readyz", server, log)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(STARTING_SECONDS * 20):
        if server.poll() is not None:
            pytest.fail(f"the server ended: {log.read_text()}")
        try:
            with urlopen(url, timeout=5) as answer:  # noqa: S310  # our own address
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"the server did not get ready: {log.read_text()}")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of the page."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def tab(browser: Browser, site: str) -> Iterator[Tab]:
    """Pages for one test after the other, one for each kind of context: files in their cache, their process warm."""
    with ExitStack() as contexts:

        @cache
        def kept(**settings: bool) -> Page:
            page = contexts.enter_context(browser.new_context(**settings)).new_page()  # type: ignore[arg-type]
            page.set_default_timeout(PATIENCE)
            page.goto(f"{site}{NOTHING}")
            return page

        yield kept


def leave(page: Page, address: str) -> None:
    """Leave a page as a new one would be."""
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.unroute_all()
    page.goto(address)
    page.evaluate("localStorage.clear()")
    page.context.clear_permissions()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about; must be empty in the end."""
    return []


@contextmanager
def listening(page: Page, complaints: list[str]) -> Iterator[None]:
    """Write down what the console of a page complains about."""

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(ANSWERED):
            complaints.append(message.text)

    def thrown(error: Error) -> None:
        complaints.append(str(error))

    page.on("console", said)
    page.on("pageerror", thrown)
    yield
    page.remove_listener("console", said)
    page.remove_listener("pageerror", thrown)


@pytest.fixture
def lend(tab: Tab, browser: Browser, site: str, complaints: list[str]) -> Iterator[Tab]:
    """A page in a context of these settings, whose console is listened to; a `fresh` one knows nothing yet."""
    with ExitStack() as stack:

        @cache
        def lent(*, fresh: bool = False, **settings: bool) -> Page:
            if fresh:
                page = stack.enter_context(browser.new_context(**settings)).new_page()  # type: ignore[arg-type]
                page.set_default_timeout(PATIENCE)
            else:
                page = tab(**settings)
                stack.callback(leave, page, f"{site}{NOTHING}")
            stack.enter_context(listening(page, complaints))
            return page

        yield lent
    assert complaints == []


@pytest.fixture
def open_page(site: str, lend: Tab) -> Open:
    """Opens the page with a program; what comes after the first paint is there."""

    def opened(
        source: str | None = None,
        *,
        example: str | None = None,
        viewport: ViewportSize = WIDE,
        fresh: bool = False,
        **settings: Any,  # noqa: ANN401  # Playwright's own, of a medium or of a context
    ) -> Page:
        context = {name: value for name, value in settings.items() if name not in MEDIA}
        page = lend(fresh=fresh, **context)
        page.set_viewport_size(viewport)
        page.emulate_media(**{name: settings.get(name, usual) for name, usual in MEDIA.items()})
        wanted = {"source": source, "example": example}
        page.goto(f"{site}/?{urlencode({name: value for name, value in wanted.items() if value is not None})}")
        if context.get("java_script_enabled", True):
            for part in (".editor.rich", "[role=tablist]:not([hidden])"):
                page.locator(part).wait_for()
        return page

    return opened
