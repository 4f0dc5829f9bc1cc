"""`python -m tests.docs.picture` takes the README's picture: the real page, of the real service, in Chromium."""

import sys
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

from app.main import create_app
from app.settings import Settings
from tests.app.serving import serving
from tests.browser import CHROMIUM, MISSING
from tests.invariants.sources import ROOT

PICTURE = ROOT / "docs" / "picture.png"
SITUATION = {"example": "expression", "step": "5", "v": "1"}
SIZE = {"width": 1280, "height": 720}
MOST_BYTES = 200_000


def take(address: str) -> bytes:
    """The page at an address as a PNG, once it has drawn its graph."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE, reduced_motion="reduce")  # type: ignore[arg-type]
        page.goto(address, wait_until="networkidle")
        page.get_by_label("L, ").first.wait_for()
        image = page.screenshot()
        browser.close()
    return image


def main() -> int:
    """Write the picture; 1 where there is no browser, or the file would be too large."""
    if CHROMIUM is None:
        print(MISSING, file=sys.stderr)
        return 1
    with serving(create_app(Settings(workers=1))) as server:
        image = take(f"http://127.0.0.1:{server.port}/?{urlencode(SITUATION)}")
    if len(image) > MOST_BYTES:
        print(f"the picture has {len(image):,} bytes, and may have {MOST_BYTES:,}", file=sys.stderr)
        return 1
    PICTURE.write_bytes(image)
    return 0


if __name__ == "__main__":
    sys.exit(main())
