"""A server of our own, a browser, and pages in it whose console must stay silent."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

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
STARTING_SECONDS = 60
ANSWERED = "Failed to load resource: the server responded with a status of 422"

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real service, started on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "app", "serve", "--port", str(port), "--workers", "1"]
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with log.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=file) as server:
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about; must be empty in the end."""
    return []


@pytest.fixture
def open_page(site: str, browser: Browser, complaints: list[str]) -> Iterator[Open]:
    """Opens the page with a program, in a context of its own with the given settings; the editor is there."""
    contexts: list[BrowserContext] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(ANSWERED):
            complaints.append(message.text)

    def opened(source: str | None = None, *, example: str | None = None, **settings: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 720}, **settings})  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        wanted = {"source": source, "example": example}
        page.goto(f"{site}/?{urlencode({name: value for name, value in wanted.items() if value is not None})}")
        if settings.get("java_script_enabled", True):
            for part in (".editor.rich", "[role=tablist]:not([hidden])"):  # what comes after the first paint
                page.locator(part).wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Both colour schemes."""
    return str(request.param)
