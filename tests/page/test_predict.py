"""Predict, then reveal, in a browser: by the keyboard, with what went wrong said, and nothing told before."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.page.axe import violations

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
PROGRAM = "a = 2.0\nb = -3.0\nL = a*b + a"


def test_gradients_are_hidden_said_and_found(open_page: Open) -> None:
    page = open_page(PROGRAM)
    page.get_by_role("tab", name="Predict").click()
    page.get_by_role("button", name="Start").click()
    picture, panel = page.locator("#picture"), page.locator("#panel-predict")
    expect(picture.locator("g.node[aria-label*='grad ']")).to_have_count(0)
    expect(page.get_by_role("tab")).to_have_count(2)
    expect(panel.get_by_role("status")).to_contain_text("How fast does the result change with each of these?")
    expect(picture.locator(".legend :is(.plain, .flow)").filter(visible=True)).to_have_count(0)
    page.evaluate("document.addEventListener('autograd:answer', ({ detail }) => (window.told = detail))")
    field = panel.get_by_role("textbox", name="Answer for L", exact=True)
    field.fill("-4")
    field.press("Enter")
    expect(panel.get_by_role("status")).to_contain_text("That is the number of L itself.")
    assert violations(page, {"color-contrast": {"enabled": True}}) == {}
    field.fill("1")
    field.press("Enter")
    expect(panel.get_by_role("textbox", name="Answer for a*b", exact=True)).to_be_focused()
    expect(panel.locator(".score")).to_contain_text("1 of 4 found")
    expect(picture.locator("g.node[aria-label$='grad 1']")).to_have_count(1)
    told = page.evaluate("window.told")
    assert (told["node"], told["right"], told["answer"], "token" in told) == (3, True, "1", False)
    field = picture.get_by_role("textbox", name="Answer for b", exact=True)
    field.fill("2")
    field.press("Enter")
    expect(picture.locator("g.node[aria-label$='grad 2']")).to_be_focused()
    panel.get_by_role("button", name="Show the answer for a", exact=True).click()
    expect(panel).to_contain_text("dL/da += dL/d(a*b) · b = 1 · -3 = -3")
    panel.get_by_role("button", name="End, and show all").click()
    expect(picture.locator("g.node[aria-label*='grad ']")).to_have_count(4)


def test_a_task_in_an_address_is_there_at_once_and_says_the_order(open_page: Open, site: str) -> None:
    page = open_page(PROGRAM)
    page.goto(f"{site}/?source={PROGRAM.replace(chr(10), '%0A').replace('+', '%2B')}&predict=order&tries=2&vary=7")
    panel = page.locator("#panel-predict")
    expect(panel).to_contain_text("The inputs are, whatever the program says: a = 1, b = -4")
    choice = panel.get_by_role("combobox", name="Which operation gives next?")
    choice.select_option("a*b")
    panel.get_by_role("button", name="Check").click()
    expect(panel.get_by_role("status")).to_contain_text("L uses it and has not given.")
    for name in ("L", "a*b"):
        choice.select_option(name)
        panel.get_by_role("button", name="Check").click()
        expect(panel.locator(".turns li").last).to_have_text(name)
    expect(choice).to_be_hidden()
    answer = json.loads(page.locator("#answer").text_content() or "")
    assert all(node["grad"] is None for node in answer["document"]["nodes"])


def test_a_task_that_cannot_be_set_shows_no_gradient_either(open_page: Open, site: str) -> None:
    page = open_page(PROGRAM)
    page.goto(f"{site}/?source=a%20%3D%202.0%0AL%20%3D%20a*a&predict=grad&ask=nobody")
    expect(page.locator("#problems")).to_contain_text("the graph has no node `nobody`")
    expect(page.locator("#panel-predict")).to_contain_text("Nothing can be predicted just now")
    expect(page.locator("g.node[aria-label*='grad ']")).to_have_count(0)
    expect(page.get_by_role("button", name="Export", exact=True)).to_be_hidden()


def test_a_worksheet_has_nothing_for_axe_to_find(open_page: Open, site: str) -> None:
    page = open_page(PROGRAM)
    page.goto(f"{site}/worksheet?source=a%20%3D%202.0%0AL%20%3D%20a*a&predict=grad")
    expect(page.get_by_role("heading", name="Key")).to_be_visible()
    assert violations(page) == {}
