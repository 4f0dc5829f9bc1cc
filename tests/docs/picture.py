"""`python -m tests.docs.picture` takes the documents' pictures: the real page, of the real service, in Chromium."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright

from app.main import create_app
from app.settings import OFF, Settings
from tests.app.serving import serving
from tests.browser import CHROMIUM, MISSING
from tests.docs.documents import relative
from tests.invariants.sources import ROOT


class View(NamedTuple):
    """What the page shows: the address's fields, and how high the window is."""

    situation: Mapping[str, str]
    height: int = 720


DOCS = ROOT / "docs"
PICTURES: Mapping[Path, View] = {
    DOCS / "picture.png": View({"example": "expression", "step": "5", "v": "1"}),
    DOCS / "inspect.png": View({"example": "expression", "node": "0", "panel": "inspect", "v": "1"}, height=1060),
}
WIDTH = 1280
MOST_BYTES = 200_000


def take(browser: Browser, address: str, height: int) -> bytes:
    """The page at an address as a PNG, once it has drawn its graph, with all that can be unfolded open."""
    page = browser.new_page(viewport={"width": WIDTH, "height": height}, reduced_motion="reduce")
    page.goto(address, wait_until="networkidle")
    page.get_by_label("L, ").first.wait_for()
    for fold in page.get_by_role("tabpanel").locator("summary").all():
        fold.click()
    page.mouse.move(0, 0)
    image = page.screenshot()
    page.close()
    return image


def main() -> int:
    """Write the pictures; 1 where there is no browser, or a file would be too large."""
    if CHROMIUM is None:
        print(MISSING, file=sys.stderr)
        return 1
    with serving(create_app(Settings(workers=1, links=OFF))) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for path, (situation, height) in PICTURES.items():
            image = take(browser, f"http://127.0.0.1:{server.port}/?{urlencode(situation)}", height)
            if len(image) > MOST_BYTES:
                print(f"{relative(path)} has {len(image):,} bytes, and may have {MOST_BYTES:,}", file=sys.stderr)
                return 1
            path.write_bytes(image)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
