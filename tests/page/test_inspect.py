"""Looking closely: everything about one node, and the table as a spreadsheet."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.page.axe import violations

pytestmark = pytest.mark.browser

SEED = "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f"
KINK = "x = 0.0\ny = relu(x) * 0.1"

Open = Callable[..., Page]


def panel(page: Page) -> Locator:
    return page.get_by_role("tabpanel", name="Inspect")


def inspect(page: Page, name: str) -> Locator:
    page.get_by_role("tab", name="Table").click()
    table(page).get_by_role("button", name=name, exact=True).click()
    page.get_by_role("tab", name="Inspect").click()
    return panel(page)


def table(page: Page) -> Locator:
    return page.get_by_role("table", name="Values and gradients")


def names(page: Page) -> list[str]:
    found: list[str] = table(page).locator("tbody tr th button").evaluate_all("all => all.map(one => one.ariaLabel)")
    return found


def test_nothing_chosen_invites(open_page: Open) -> None:
    page = open_page(SEED)
    page.get_by_role("tab", name="Inspect").click()
    panel(page).get_by_role("button", name="Start with the output").click()
    expect(panel(page).get_by_role("heading", name="L", exact=True)).to_be_visible()


def test_a_node_tells_everything_about_itself(open_page: Open) -> None:
    page = open_page("x = 0.1\ny = x + 0.2\nL = y * y")
    card = inspect(page, "y")
    expect(card.locator("output")).to_have_text(["0.30000000000000004", "0.6000000000000001"])
    expect(card.locator("math").first).to_contain_text("0.3")
    expect(card.locator(".deposits math")).to_have_count(2)
    for name in ("Line 2", "Value made at step 1", "Gradient given at step 4", "See the ledger", "x", "L"):
        expect(card.get_by_role("button", name=name, exact=True)).to_be_visible()


def test_its_buttons_lead_to_steps_lines_and_neighbours(open_page: Open) -> None:
    page = open_page(SEED)
    card = inspect(page, "a*b")
    card.get_by_role("button", name="Value made at step 1").click()
    expect(page).to_have_url(re.compile("step=1"))
    expect(card).to_contain_text("Its gradient comes at a later step.")
    card.get_by_role("button", name="Gradient given at step").click()
    expect(card.locator("output").nth(1)).to_have_text("-2")
    card.get_by_role("button", name="a", exact=True).click()
    expect(card.get_by_role("heading", name="a", exact=True)).to_be_focused()
    card.get_by_role("button", name="Line 1").click()
    expect(page.get_by_role("textbox", name="Program")).to_be_focused()


def test_a_kink_names_its_convention_and_a_constant_has_no_gradient(open_page: Open) -> None:
    page = open_page(KINK)
    expect(inspect(page, "relu(x)")).to_contain_text("Exactly here there is no slope; by convention 0 is taken.")
    card = panel(page)
    expect(card.locator(".warning")).to_contain_text("no slope")
    expect(inspect(page, "0.1")).to_contain_text("A constant has no gradient.")


def test_its_numbers_follow_a_moving_input(open_page: Open) -> None:
    page = open_page(SEED)
    card = inspect(page, "L")
    page.get_by_role("slider", name="a", exact=True).focus()
    page.locator('[role=graphics-object][aria-label^="L"]').click()
    page.get_by_role("slider", name="b", exact=True).evaluate(
        "one => { one.value = 0; one.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(card.locator("output").first).to_have_text("-20")


def test_a_gradient_is_told_by_the_chain_rule_path_by_path_and_forward(open_page: Open) -> None:
    page = open_page(SEED)
    card = inspect(page, "a")
    lines = card.locator(".deposits .math")
    expect(lines.first).to_have_attribute("title", "∂L/∂a = ∂L/∂(a*b) · ∂(a*b)/∂a = -2 · -3 = 6")
    card.get_by_text("Path by path to the output").click()
    expect(card.locator("details[open]")).to_contain_text("One path leads to the output")
    card.get_by_text("Forward: what follows from it").click()
    forward = card.locator("details").last.locator(".math")
    expect(forward.first).to_have_attribute("title", "∂(a*b)/∂a = b = -3")
    page.get_by_role("slider", name="b", exact=True).evaluate(
        "one => { one.value = 0; one.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(forward.first).to_have_attribute("title", "∂(a*b)/∂a = b = 0")


def test_why_a_gradient_is_1_or_0(open_page: Open) -> None:
    page = open_page("a = 2.0\nb = 3.0\nL = a * a")
    expect(inspect(page, "L")).to_contain_text("because L changes exactly as fast as itself")
    expect(inspect(page, "b")).to_contain_text("L does not depend on it, so its gradient is 0.")


def test_axe_finds_nothing_in_it(open_page: Open) -> None:
    page = open_page(SEED)
    for fold in inspect(page, "a").locator("summary").all():
        fold.click()
    page.get_by_role("button", name="a: range and more").click()
    page.get_by_role("slider", name="a", exact=True).press("End")
    assert violations(page) == {}


def test_the_table_sorts_by_its_heads_and_filters(open_page: Open) -> None:
    page = open_page(SEED)
    as_computed = ["a", "b", "c", "f", "a*b", "a*b + c", "L"]
    expect(table(page).locator("tbody tr button")).to_have_count(7)
    assert sorted(names(page)) == sorted(as_computed)
    chronological = names(page)
    head = table(page).get_by_role("columnheader", name="Data")
    head.click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert names(page) == ["L", "a*b", "b", "f", "a", "a*b + c", "c"]
    head.press("Enter")
    assert names(page)[0] == "c"
    head.press(" ")
    assert names(page) == chronological
    page.get_by_role("searchbox", name="Filter rows").fill("a*b")
    expect(table(page).locator("tbody tr")).to_have_count(2)
    expect(page.locator(".sheet-tools .count")).to_have_text("2 of 7")


def test_formulas_name_other_rows_and_the_table_is_saved_in_full(open_page: Open) -> None:
    page = open_page("x = 0.1\ny = x + 0.2\nL = y * y")
    page.get_by_role("button", name="Formulas").click()
    expect(table(page).locator("td.formula")).to_have_text(["", "", "= x + 0.2", "= y * y"])
    with page.expect_download() as file:
        page.get_by_role("button", name="Save", exact=True).click()
    rows = list(csv.DictReader(io.StringIO(Path(file.value.path()).read_text("utf-8"))))
    assert [row["Name"] for row in rows] == names(page)
    numbers = {row["Name"]: (float(row["Data"]), row["Grad"], row["Formula"]) for row in rows}
    assert numbers["y"] == (0.1 + 0.2, repr(2 * (0.1 + 0.2)), "'= x + 0.2")


def test_gradients_in_the_table_come_with_the_steps(open_page: Open) -> None:
    page = open_page(SEED)
    page.get_by_role("button", name="First step").click()
    expect(table(page).locator("td.grad")).to_have_text(["–"] * 7)
    page.get_by_role("button", name="Last step").click()
    expect(table(page).locator("td.grad").filter(has_text="–")).to_have_count(0)


def test_a_long_table_has_the_rows_in_view_and_says_which(open_page: Open) -> None:
    source = "x = 1.0\ny = x\nfor i in range(900):\n    y = y + x"
    page = open_page(source)
    expect(table(page)).to_have_attribute("aria-rowcount", re.compile(r"^9\d\d$"))
    assert table(page).locator("tbody tr").count() < 200
    first = table(page).locator("tbody tr").first
    expect(first).to_have_attribute("aria-rowindex", "2")
    first.get_by_role("button").focus()
    page.keyboard.press("End")
    last = table(page).locator("tbody tr").last
    expect(last.get_by_role("button")).to_be_focused()
    expect(last.locator(".data")).to_have_text("901")
