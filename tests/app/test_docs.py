"""The API can be read and tried in a browser, with files of ours only and nothing inline."""

import pytest
from playwright.sync_api import ConsoleMessage, Request, sync_playwright

from app.main import create_app
from app.settings import Settings
from tests.app import fakes
from tests.app.serving import serving
from tests.browser import CHROMIUM


@pytest.mark.browser
def test_the_api_is_tried_from_its_page() -> None:
    asked: list[str] = []
    said: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    def listen(message: ConsoleMessage) -> None:
        said.append(message.text)

    with (
        serving(create_app(Settings(workers=1, worker_nice=0), target=fakes.ECHO)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", note)
        page.on("console", listen)
        page.goto(f"http://127.0.0.1:{server.port}/api/docs")
        page.locator("#operations-programs-graph .opblock-summary-control").click()
        page.locator(".try-out__btn").click()
        page.locator(".execute").click()
        page.locator(".live-responses-table .response-col_status", has_text="200").wait_for()
        browser.close()
    assert said == []
    assert all(url.startswith((f"http://127.0.0.1:{server.port}/", "data:")) for url in asked)
