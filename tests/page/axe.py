"""What axe has to say of a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

FADING = 300  # milliseconds, at most
BRIEFLY = {"resultTypes": ["violations"]}  # what passes is half a megabyte
COLORS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # all that a scheme may change
ANYTHING: dict[str, object] = {}
Found = list[tuple[str, list[str]]]


def violations(page: Page, rules: dict[str, object] = ANYTHING) -> dict[str, Found]:
    """What it finds, and of colours in the dark, too: for each rule, the elements; nothing where all is well."""
    asked: dict[str, dict[str, object]] = {"light": {"rules": rules}, "dark": {"runOnly": COLORS}}
    schemes = {scheme: _violations(page, scheme, options) for scheme, options in asked.items()}
    return {scheme: found for scheme, found in schemes.items() if found}


def _violations(page: Page, scheme: str, options: dict[str, object]) -> Found:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.wait_for_timeout(FADING)
    found = Axe().run(page, options={**BRIEFLY, **options}).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]
