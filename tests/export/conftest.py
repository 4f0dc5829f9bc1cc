"""A browser that has no network, for what is exported."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser import CHROMIUM


@pytest.fixture(scope="package")
def page() -> Iterator[Page]:
    """A page with nobody to ask."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_context(offline=True).new_page()
        browser.close()
