"""A short link opens the page as it was, and what is done there stays in the address."""

import json
import re
from collections.abc import Callable
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.page.axe import violations

pytestmark = pytest.mark.browser

PROGRAM = "a = 2.0\nb = -3.0\nL = a * b + 1.0"

Tab = Callable[..., Page]


def made(site: str, **said: object) -> str:
    """The address of a new link, on the site as the test reaches it."""
    body = json.dumps({"source": PROGRAM, **said}).encode()
    request = Request(f"{site}/api/v1/links", body, {"Content-Type": "application/json"})  # noqa: S310  # our own address
    with urlopen(request) as answer:  # noqa: S310
        return f"{site}/z/{json.load(answer)['id']}"


def test_a_link_opens_the_page_as_it_was_and_what_is_done_stays_behind_it(site: str, lend: Tab) -> None:
    page, link = lend(), made(site, inputs={"a": 4.0}, step=2, panel="ledger")
    page.goto(link)
    steps = page.get_by_role("slider", name="Step", exact=True)
    expect(steps).to_have_value("2")
    expect(page.get_by_role("spinbutton", name="a value")).to_have_value("4")
    expect(page.get_by_role("tab", name="Ledger")).to_have_attribute("aria-selected", "true")
    expect(page).to_have_url(link)
    page.get_by_role("button", name="Step forward").click()
    expect(page).to_have_url(re.compile(re.escape(link) + r"\?.*step=3.*"))
    page.reload()
    expect(steps).to_have_value("3")
    page.get_by_role("textbox", name="Program").fill("x = 1.0\ny = x * x")
    expect(page).to_have_url(re.compile(re.escape(site) + r"/\?source="))


def test_what_is_locked_cannot_be_changed(site: str, lend: Tab) -> None:
    page = lend()
    page.goto(made(site, locks=["source", "inputs"], panel="train"))
    editor = page.locator(".editor.rich [role=textbox]")
    expect(editor).to_have_attribute("aria-readonly", "true")
    editor.press_sequentially("1")
    expect(editor).not_to_contain_text("11")
    expect(page.locator("#inputs")).to_be_hidden()
    expect(page.locator("#chooser")).to_have_count(0)
    expect(page.get_by_role("button", name="Open a file")).to_have_count(0)
    expect(page.locator("#panel-train .nothing")).to_be_visible()
    expect(page.get_by_role("button", name="Write a training program")).to_be_hidden()


def test_a_link_that_cannot_be_opened_says_so(site: str, lend: Tab, complaints: list[str]) -> None:
    page = lend()
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{site}/z/nothing")
    note = page.get_by_role("complementary", name="About this link")
    expect(note).to_contain_text("There is no such link")
    expect(page.locator("g.node").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == {}
    complaints[:] = [text for text in complaints if "404" not in text]
