"""Stepping through a graph, and the ledger of its gradients, as a learner does it."""

import json
import re
from collections.abc import Callable
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.page.axe import violations

pytestmark = pytest.mark.browser

SEED = "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f"
TWICE = "a = 2.0\ny = 3 * a**2"
CHAIN = "x = 1.0\n" + "\n".join(f"x{i} = sin({'x' if i == 0 else f'x{i - 1}'}) * 0.9 + x" for i in range(20))

Open = Callable[..., Page]


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name="Steps").get_by_role("button", name=name, exact=True)


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Step", exact=True)


def words(page: Page) -> Locator:
    return page.get_by_role("region", name="Step", exact=True)


def told(site: str, source: str) -> list[str]:
    """The engine's own sentences."""
    with urlopen(f"{site}/api/v1/steps?{urlencode({'source': source})}", timeout=10) as answer:  # noqa: S310  # our own
        return [step["sentence"] for step in json.load(answer)["steps"]]


def picture(page: Page) -> object:
    """What the picture shows, when the frames that were asked for are drawn."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.evaluate(
        "[...document.querySelectorAll('g.node, g.edge')].map(g => [[...g.classList].sort(), g.textContent])"
    )


def sums(page: Page) -> list[str]:
    return [row.strip() for row in page.get_by_role("table").locator("tbody td:last-child").all_inner_texts()]


def test_the_seed_program_step_by_step_says_what_the_engine_says(open_page: Open, site: str) -> None:
    page = open_page("a = 1.0", reduced_motion="reduce")
    page.get_by_role("textbox", name="Program").fill(SEED)
    sentences = told(site, SEED)
    assert len(sentences) == 7
    expect(page.locator("g.node")).to_have_count(7)
    button(page, "First step").click()
    expect(words(page)).to_contain_text("Nothing is computed yet")
    first = picture(page)
    for step, sentence in enumerate(sentences, 1):
        button(page, "Step forward").click()
        expect(words(page).locator(".text")).to_have_text(sentence)
        expect(slider(page)).to_have_attribute("aria-valuetext", re.compile(rf"^{step} of 7, "))
        expect(words(page).locator("math")).to_be_visible()
    expect(button(page, "Step forward")).to_have_attribute("aria-disabled", "true")
    for sentence in reversed(sentences[:-1]):
        button(page, "Step back").click()
        expect(words(page).locator(".text")).to_have_text(sentence)
    button(page, "Step back").click()
    expect(button(page, "First step")).to_have_attribute("aria-disabled", "true")
    assert picture(page) == first
    button(page, "Show all").click()
    expect(words(page)).not_to_have_class(re.compile("told"))
    expect(button(page, "Play")).to_be_focused()


def test_a_step_shows_its_line_its_rule_and_why_it_is_next(open_page: Open) -> None:
    page = open_page("a = 2.0\nb = 3.0\nL = sin(a) + cos(b)")
    button(page, "First step").click()
    for _ in range(5):
        button(page, "Step forward").click()
    step = words(page)
    expect(step).to_have_attribute("aria-live", "polite")
    expect(step.locator(".phase")).to_have_text("Backward")
    expect(step.locator(".next")).to_contain_text("Next: cos(b). All that use it have given")
    expect(step.locator(".next")).to_contain_text("Ready as well: sin(a)")
    step.get_by_role("button", name="sin(a)").click()
    expect(page.locator("g.node.active")).to_have_count(1)
    step.get_by_role("button", name="line 3").click()
    expect(page.get_by_role("textbox", name="Program")).to_be_focused()


def test_latex_is_copied(open_page: Open, site: str) -> None:
    page = open_page(SEED)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    slider(page).fill("7")
    page.get_by_role("button", name="Copy LaTeX").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert r"\frac{\partial L}{\partial a} \mathrel{+}=" in copied
    assert copied.endswith(r"\end{gathered}")


def test_play_goes_to_the_end_and_anything_else_stops_it(open_page: Open) -> None:
    page = open_page(TWICE)
    speed = page.get_by_role("combobox", name="Speed")
    speed.select_option("0.5")
    button(page, "Play").click()
    expect(slider(page)).to_have_value("0")
    speed.select_option("4")
    expect(slider(page)).to_have_value("5")
    expect(button(page, "Play")).to_be_visible()
    speed.select_option("0.5")
    button(page, "Play").click()
    expect(button(page, "Pause")).to_be_visible()
    page.get_by_role("textbox", name="Program").press("End")
    page.keyboard.type(" ")
    expect(button(page, "Play")).to_be_visible()
    button(page, "Play").click()
    expect(button(page, "Pause")).to_be_visible()
    page.evaluate(
        """() => { Object.defineProperty(document, 'hidden', { value: true });
        document.dispatchEvent(new Event('visibilitychange')); }"""
    )
    expect(button(page, "Play")).to_be_visible()


def test_keys_walk_wherever_they_mean_nothing_else(open_page: Open) -> None:
    page = open_page(SEED)
    expect(slider(page)).to_have_value("7")
    page.keyboard.press("f")
    expect(slider(page)).to_have_value("1")
    for key, value in {".": "2", "F": "3", ",": "2", "b": "1"}.items():
        page.keyboard.press(key)
        expect(slider(page)).to_have_value(value)
    slider(page).focus()
    for key, value in {"ArrowRight": "2", "End": "7", "Home": "0"}.items():
        page.keyboard.press(key)
        expect(slider(page)).to_have_value(value)
    page.keyboard.press("Escape")
    expect(button(page, "Show all")).to_be_hidden()
    page.get_by_role("textbox", name="Program").focus()
    page.keyboard.press("f")
    expect(button(page, "Show all")).to_be_hidden()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press(" ")
    expect(button(page, "Pause")).to_be_visible()
    page.keyboard.press(" ")
    expect(button(page, "Play")).to_be_visible()


def test_scrubbing_speaks_once_a_second(open_page: Open) -> None:
    page = open_page(SEED)
    expect(words(page)).to_be_visible()
    spoken = page.evaluate_handle(
        """async () => { const said = []; const region = document.querySelector('.step .said');
        const listen = () => region.textContent && said.push(region.textContent);
        new MutationObserver(listen).observe(region, { childList: true });
        const slider = document.querySelector('.controls input[type=range]');
        for (let step = 1; step <= 6; step++) {
          slider.value = String(step);
          slider.dispatchEvent(new Event('input'));
          await new Promise(requestAnimationFrame);
        } return said; }"""
    )
    expect(words(page).locator(".said")).to_contain_text("Backward: a*b + c has the gradient")
    assert len(spoken.json_value()) == 2


def test_a_frame_draws_one_step_however_often_the_slider_moves(open_page: Open) -> None:
    page = open_page(CHAIN)
    slider(page).fill("7")
    expect(words(page)).to_have_class(re.compile("told"))
    shown = page.evaluate(
        """async () => { const slider = document.querySelector('.controls input[type=range]'); const shown = [];
        new MutationObserver(() => shown.push(document.querySelector('.controls .count').textContent))
          .observe(document.querySelector('.controls .count'), { childList: true });
        for (let step = 1; step <= 60; step++) {
          slider.value = String(step);
          slider.dispatchEvent(new Event('input'));
        }
        await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        return shown; }"""
    )
    assert shown == ["60 of 121"]


def test_the_ledger_shows_12_and_24_or_12_and_36_and_says_why(open_page: Open) -> None:
    page = open_page(TWICE)
    page.get_by_role("tab", name="Ledger").click()
    ledger = page.get_by_role("tabpanel", name="Ledger")
    expect(ledger.get_by_role("table", name="What the gradient of a is made of")).to_be_visible()
    assert sums(page) == ["12"]
    ledger.get_by_role("button", name="Backward again").click()
    assert sums(page) == ["12", "24"]
    expect(ledger.get_by_role("status")).to_contain_text("After each pass a has 12, 24")
    expect(ledger.get_by_role("status")).to_contain_text("By micrograd's rule it is 12, 36")
    group = ledger.get_by_role("radiogroup", name="Accumulation")
    group.get_by_role("radio", name="micrograd").check()
    expect(ledger.get_by_role("status")).to_contain_text("After each pass a has 12, 36")
    assert sums(page) == ["12", "36"]
    group.get_by_role("radio", name="PyTorch").check()
    expect(ledger.get_by_role("status")).to_contain_text("12, 24")
    ledger.get_by_role("button", name="Zero grad").click()
    expect(ledger.get_by_role("table")).to_be_hidden()
    expect(ledger).to_contain_text("Cleared: a has the gradient 0")
    ledger.get_by_role("button", name="Backward again").click()
    assert sums(page) == ["12"]


def test_the_passes_of_a_program_are_pages(open_page: Open) -> None:
    page = open_page(f"{TWICE}\ny.backward()\ny.backward()")
    page.get_by_role("tab", name="Ledger").click()
    ledger = page.get_by_role("tabpanel", name="Ledger")
    pages = ledger.get_by_role("combobox", name="Pass of the program")
    expect(pages.locator("option:checked")).to_have_text("Pass 2 of 2, line 4: 12")
    expect(ledger).to_contain_text("a had 12 from the passes before.")
    assert sums(page) == ["24"]
    pages.select_option("0")
    assert sums(page) == ["12"]
    ledger.get_by_role("radio", name="micrograd").check()
    pages.select_option("1")
    expect(ledger.locator("tbody td:last-child")).to_have_text("36")


def test_the_ledger_follows_the_choice_and_the_steps(open_page: Open) -> None:
    page = open_page("b = 2.0\nL = b * b + b")
    page.get_by_role("tab", name="Ledger").click()
    ledger = page.get_by_role("tabpanel", name="Ledger")
    expect(ledger.locator("tbody tr")).to_have_count(3)
    slider(page).fill("4")
    expect(ledger.locator("tbody tr")).to_have_count(1)
    slider(page).fill("2")
    expect(ledger).to_contain_text("At this step b has no deposit yet.")
    slider(page).fill("5")
    ledger.get_by_role("button", name="b * b").first.click()
    expect(ledger.get_by_role("table")).to_have_accessible_name("What the gradient of b * b is made of")
    expect(ledger.get_by_role("button", name="L", exact=True)).to_be_focused()


@pytest.mark.parametrize("source", ["x = = 3", "print(1)"])
def test_without_a_graph_there_is_nothing_to_step_through(open_page: Open, source: str) -> None:
    page = open_page(source)
    page.get_by_role("tab", name="Ledger").click()
    expect(page.get_by_role("tabpanel", name="Ledger")).not_to_be_empty()
    expect(page.get_by_role("button", name="Backward again")).to_be_hidden()
    expect(page.get_by_role("region", name="Steps")).to_be_hidden()
    page.keyboard.press("f")


def test_a_constant_has_no_ledger(open_page: Open) -> None:
    page = open_page(TWICE)
    page.get_by_role("tab", name="Ledger").click()
    page.locator('[role=graphics-object][aria-label^="constant, data 3"]').focus()
    expect(page.get_by_role("tabpanel", name="Ledger")).to_contain_text("3 is a constant and has no gradient.")


def test_axe_finds_nothing_while_stepping_through_the_ledger(open_page: Open) -> None:
    page = open_page(SEED)
    page.get_by_role("tab", name="Ledger").click()
    slider(page).fill("7")
    expect(page.get_by_role("tabpanel", name="Ledger").locator("tbody tr")).to_have_count(1)
    assert violations(page) == {}
    small = page.locator("#timeline button:visible, #panel-ledger button:visible").evaluate_all(
        "all => all.filter(one => { const { width, height } = one.getBoundingClientRect();"
        " return Math.min(width, height) < 24; }).map(one => one.outerHTML)"
    )
    assert small == []
    assert page.locator("#timeline").bounding_box()["height"] <= 150  # type: ignore[index]
