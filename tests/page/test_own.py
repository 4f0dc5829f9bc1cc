"""An engine of one's own in the page: pasted, drawn, stepped to what is wrong, mended, right."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from engine.examples import ENGINES
from tests.page.axe import violations
from tests.page.editor import chosen, program

pytestmark = pytest.mark.browser

SOURCES = {example.name: example.source for example in ENGINES}
PHONE = {"width": 360, "height": 740}

Open = Callable[..., Page]


def test_a_wrong_line_is_marked_stepped_to_and_mended(open_page: Open) -> None:
    page = open_page("a = 1.0", reduced_motion="reduce")
    program(page).fill(SOURCES["assigned"])
    strip, step = page.locator(".whose"), page.get_by_role("region", name="Step", exact=True)
    expect(strip).to_contain_text("Your engine is wrong in one way.")
    expect(page.locator("g.node")).to_have_count(5)
    expect(page.locator("g.node.wrong")).to_have_count(3)
    expect(page.locator("g.node[aria-label='c, *, data -6, grad -6 ≠ -10']")).to_be_visible()
    expect(page.locator(".cm-lintRange-error")).to_have_text("self.grad = out.grad")
    strip.get_by_role("button", name="First wrong step").click()
    expect(page.get_by_role("slider", name="Step", exact=True)).to_have_attribute("aria-valuetext", "6 of 7, Backward")
    expect(step).to_have_class(re.compile("wrong"))
    expect(page.locator(".cm-running")).to_be_in_viewport()
    expect(step.locator(".text")).to_contain_text("Line 12, “self.grad = out.grad”: c.grad = 1 · -6 = -6.")
    expect(step.locator(".text")).to_contain_text("Wrong here: Line 12 assigns the gradient of c")
    strip.get_by_role("button", name="Details").click()
    page.get_by_role("tabpanel", name="Engine").get_by_role("button", name="Line 12").click()
    assert chosen(page).strip() == "self.grad = out.grad"
    page.keyboard.type("            self.grad += out.grad")
    expect(strip).to_contain_text("Your engine is right")
    expect(page.locator("g.node.wrong")).to_have_count(0)
    expect(page.get_by_role("tabpanel", name="Engine")).to_contain_text(
        "visits 3 operations and writes 6 gradients, as"
    )
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)


def test_right_and_wrong_steps_stand_side_by_side(open_page: Open) -> None:
    page = open_page("a = 1.0")
    page.get_by_role("combobox", name="Examples").select_option("no-order")
    page.locator(".whose").get_by_role("button", name="Details").click()
    panel = page.get_by_role("tabpanel", name="Engine")
    first = panel.get_by_role("row").filter(has_text="first difference")
    expect(first).to_contain_text("c gives")
    expect(first.get_by_role("cell").last).to_have_text(re.compile(r"d gives\s+c = -10\s+a = -6"))
    panel.get_by_role("button", name="Step 6").click()
    expect(first).to_have_attribute("aria-current", "step")
    page.keyboard.press(".")
    expect(first).not_to_have_attribute("aria-current", "step")
    page.get_by_role("tab", name="Ledger").click()
    page.locator("g.node[aria-label^='c, ']").click()
    rows = page.get_by_role("tabpanel", name="Ledger").locator("tbody td:last-child")
    expect(rows).to_have_text(["-4", "-10"])
    page.get_by_role("tab", name="Engine").click()
    assert violations(page) == {}
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_person_chooses_whose_engine_is_drawn(open_page: Open) -> None:
    page = open_page(SOURCES["own"] + "x = 2.0\ny = x * x\n")
    strip = page.locator(".whose")
    expect(strip).to_contain_text("This program defines an engine of its own.")
    expect(strip.get_by_role("radio", name="The playground’s")).to_be_checked()
    strip.get_by_role("radio", name="Your engine").check()
    expect(strip).to_contain_text("Your engine is right")
    expect(page.locator("g.node")).to_have_count(5)
    expect(page).to_have_url(re.compile("engine=own"))
    strip.get_by_role("radio", name="The playground’s").check()
    expect(page.locator("g.node")).to_have_count(2)
    expect(strip).to_contain_text("This program defines an engine of its own.")
    expect(page.get_by_role("tab", name="Engine")).to_be_visible()


def test_without_such_a_class_nothing_is_offered_and_the_panel_says_what_it_looks_for(open_page: Open) -> None:
    page = open_page("a = 1.0\nb = a * 2")
    expect(page.locator(".whose")).to_be_hidden()
    expect(page.get_by_role("tab", name="Engine")).to_be_hidden()
    page.goto(f"{page.url}&panel=engine&v=1")
    expect(page.get_by_role("tabpanel", name="Engine")).to_contain_text("like `__add__`")


def test_a_chosen_pass_of_a_training_is_looked_at(open_page: Open) -> None:
    page = open_page(example="stale")
    page.locator(".whose").get_by_role("button", name="Details").click()
    turn = page.get_by_role("spinbutton", name="Look at backward pass")
    expect(page.locator("g.node[aria-label^='w, ']")).to_have_attribute("aria-label", re.compile("data 1.88"))
    turn.fill("3")
    turn.press("Enter")
    expect(page.locator("g.node[aria-label^='w, ']")).to_have_attribute("aria-label", re.compile("data 1.6472"))
    turn.fill("")
    turn.press("Enter")
    expect(page.locator("g.node[aria-label^='w, ']")).to_have_attribute("aria-label", re.compile("data 1.88"))


def test_curve_and_check_set_what_the_engine_wrote_beside_the_truth(open_page: Open) -> None:
    page = open_page(example="assigned")
    page.get_by_role("tab", name="Curve").click()
    curve = page.get_by_role("tabpanel", name="Curve")
    expect(curve).to_contain_text("At a = 2, L is 24; the tangent’s slope is 24: that is the true gradient.")
    expect(curve).to_contain_text("Your engine’s gradient is 12, not 24")
    expect(curve.locator("path.theirs")).to_have_attribute("d", re.compile("^M"))
    assert violations(page) == {}
    page.get_by_role("tab", name="Surface").click()
    surface = page.get_by_role("tabpanel", name="Surface")
    expect(surface).to_contain_text("At (2, -3), L is 24. The gradient (24, -20) points uphill")
    page.get_by_role("tab", name="Check").click()
    check = page.get_by_role("tabpanel", name="Check")
    expect(check).to_contain_text("2 of 2 gradients that your engine wrote are wrong")
    expect(check.get_by_role("row", name="a wrong 12")).to_contain_text("24")
    assert violations(page) == {}
    page.get_by_role("combobox", name="Examples").select_option("own")
    expect(check).to_contain_text("All 2 gradients that your engine wrote are right")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_an_input_of_the_engine_is_moved(open_page: Open) -> None:
    page = open_page(example="own")
    page.get_by_role("spinbutton", name="a value", exact=True).fill("5")
    expect(page.locator("g.node[aria-label='L, *, data 150, grad 1']")).to_be_visible()
    expect(page.locator("g.node[aria-label^='a, input, data 5, grad 60']")).to_be_visible()
    expect(page.locator(".whose")).to_contain_text("Your engine is right")
    page.get_by_role("tab", name="Curve").click()
    curve = page.get_by_role("tabpanel", name="Curve")
    expect(curve).to_contain_text("At a = 5, L is 150")
    expect(curve).to_contain_text("Your engine’s gradient is 60 too.")
    page.reload()
    expect(page.locator("g.node[aria-label='L, *, data 150, grad 1']")).to_be_visible()
    page.get_by_role("button", name="Restore all").click()
    expect(page.locator("g.node[aria-label='L, *, data 24, grad 1']")).to_be_visible()
