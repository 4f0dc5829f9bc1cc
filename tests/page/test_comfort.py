"""The tour, the list of keys, and borders that move and are remembered."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

WIDE = {"width": 1280, "height": 720}

Open = Callable[..., Page]


def test_the_tour_shows_a_newcomer_around_once(open_page: Open) -> None:
    page = open_page(viewport=WIDE)
    opener = page.get_by_role("button", name="Tour")
    expect(opener).to_have_class(re.compile("new"))
    opener.click()
    card = page.get_by_role("dialog", name="Tour of the page")
    expect(card).to_contain_text("1 of")
    seen = set()
    while card.is_visible():
        seen.add(card.locator("p").inner_text())
        expect(page.locator(".toured")).to_have_count(1)
        box = card.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= WIDE["width"]
        assert box["y"] + box["height"] <= WIDE["height"]
        page.keyboard.press("Enter")
    assert len(seen) == 5
    expect(opener).to_be_focused()
    page.reload()
    expect(opener).not_to_have_class(re.compile("new"))
    opener.click()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator(".toured")).to_have_count(0)


def test_the_keys_are_listed_under_a_question_mark_but_not_while_typing(open_page: Open) -> None:
    page = open_page(viewport=WIDE)
    listed = page.get_by_role("dialog", name="Keys")
    expect(page.get_by_role("slider", name="Step", exact=True)).to_be_visible()
    page.get_by_role("textbox", name="Program").press_sequentially("?")
    expect(listed).to_be_hidden()
    page.get_by_role("button", name="Keys").focus()
    page.keyboard.press("?")
    expect(listed).to_be_visible()
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()


def test_keys_that_work_alone_can_be_switched_off(open_page: Open) -> None:
    page = open_page(viewport=WIDE)
    button, listed = page.get_by_role("button", name="Keys"), page.get_by_role("dialog", name="Keys")
    steps = page.get_by_role("slider", name="Step", exact=True)
    expect(steps).to_be_visible()
    page.locator("body").press("b")
    expect(steps).to_have_value("6")
    button.click()
    page.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    expect(steps).to_have_value("6")
    button.focus()
    for key in ("b", "?"):
        page.keyboard.press(key)
    expect(steps).to_have_value("6")
    expect(listed).to_be_hidden()


def test_a_border_moves_by_keys_is_remembered_and_goes_back(open_page: Open) -> None:
    page = open_page(viewport=WIDE)
    border = page.get_by_role("separator", name="Width of the program")
    width = "Math.round(document.querySelector('.program').getBoundingClientRect().width)"
    expect(border).to_have_attribute("aria-valuenow", re.compile(r"\d+"))
    before = page.evaluate(width)
    border.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert page.evaluate(width) == before + 48
    assert border.get_attribute("aria-valuenow") == str(before + 48)
    page.reload()
    expect(border).to_have_attribute("aria-valuenow", str(before + 48))
    border.focus()
    page.keyboard.press("Escape")
    assert page.evaluate(width) == before
    for _ in range(100):
        page.keyboard.press("ArrowLeft")
    assert page.evaluate(width) == 280
