"""Typing: the picture follows, and is never lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from engine.examples import EXAMPLES
from tests.page.editor import chosen, program, text

pytestmark = pytest.mark.browser

CHAIN = "a = 2.0\nb = -3.0\nL = a*b"
ASKING = "**/api/v1/graph"
SECOND_LINE = ".cm-line:nth-child(2)"

Open = Callable[..., Page]


def problems(page: Page) -> Locator:
    return page.get_by_role("region", name="Problems")


def status(page: Page) -> Locator:
    """What the picture says of itself and of the server."""
    return page.locator("#picture").get_by_role("status")


def hold(page: Page) -> list[Route]:
    """Keep the next question from the server; it will be the list's first."""
    held: list[Route] = []
    page.route(ASKING, lambda route: held.append(route), times=1)  # noqa: PLW0108  # Playwright looks at parameters
    return held


def node(page: Page, name: str) -> Locator:
    return page.locator(f'[role=graphics-object][aria-label="{name}"]')


def test_the_picture_follows_what_is_typed(open_page: Open) -> None:
    page = open_page(CHAIN)
    program(page).press("Control+End")
    program(page).press_sequentially(" + a")
    expect(node(page, "L, +, data -4, grad 1")).to_be_visible()
    expect(node(page, "a, input, data 2, grad -2")).to_be_visible()


def test_a_wrong_program_keeps_the_last_good_picture(open_page: Open) -> None:
    page = open_page(CHAIN)
    program(page).fill(CHAIN + " * tahn(a)")
    expect(problems(page).get_by_role("button")).to_contain_text("Error, line 3")
    expect(page.locator("svg.graph")).to_have_class(re.compile("stale"))
    expect(node(page, "L, *, data -6, grad 1")).to_be_attached()
    expect(status(page)).to_have_text("This is the last picture that worked.")
    program(page).fill(CHAIN + " * tanh(a)")
    expect(page.locator("svg.graph")).not_to_have_class(re.compile("stale"))
    expect(problems(page).get_by_role("listitem")).to_have_count(0)


def test_a_problem_is_marked_at_its_line_and_named_below_it(open_page: Open) -> None:
    page = open_page("a = 2.0\nL = a * tahn(a)\nb = 1.0")
    message = problems(page).locator(".message").inner_text()
    expect(page.locator(".note.error")).to_contain_text(message)
    sign, line, note = (page.locator(part).bounding_box() for part in (".sign.error", SECOND_LINE, ".note.error"))
    assert sign is not None
    assert line is not None
    assert note is not None
    assert line["y"] <= sign["y"] < line["y"] + line["height"]
    assert note["y"] == pytest.approx(line["y"] + line["height"], abs=1)
    expect(problems(page).locator(".hint")).to_contain_text("tanh")


def test_a_problem_leads_to_its_place(open_page: Open) -> None:
    page = open_page("a = 2.0\nL = a * tahn(a)")
    problems(page).get_by_role("button").click()
    expect(program(page)).to_be_focused()
    assert chosen(page).startswith("tahn")


def test_typing_asks_once_it_pauses_and_control_enter_at_once(open_page: Open) -> None:
    page = open_page(CHAIN)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    program(page).press("Control+End")
    with page.expect_response(ASKING):
        program(page).press_sequentially(" + a + b", delay=5)
    assert len(asked) == 1
    with page.expect_response(ASKING):
        program(page).press("Control+Enter")
    assert len(asked) == 2
    with page.expect_response(ASKING):
        page.get_by_role("button", name="Run").click()
    assert len(asked) == 3


def test_the_address_holds_the_program(open_page: Open) -> None:
    page = open_page(CHAIN)
    changed = CHAIN + " * 2 + a  # ü"
    program(page).fill(changed)
    expect(page).to_have_url(re.compile("%C3%BC$"))
    page.reload()
    expect(text(page)).to_have_value(changed)
    expect(page.locator("g.node")).to_have_count(6)


def test_a_long_program_stays_out_of_the_address(open_page: Open) -> None:
    page = open_page(CHAIN)
    program(page).fill(CHAIN + "\n#" + "x" * 9000)
    expect(page).not_to_have_url(re.compile(r"source="))
    expect(node(page, "L, *, data -6, grad 1")).to_be_visible()


def test_an_example_is_chosen_and_undone(open_page: Open) -> None:
    page = open_page(CHAIN)
    chooser = page.get_by_role("combobox", name="Examples")
    expect(chooser).to_have_value("")
    chooser.select_option(EXAMPLES[1].name)
    expect(text(page)).to_have_value(EXAMPLES[1].source)
    expect(page.get_by_text(EXAMPLES[1].sentence)).to_be_visible()
    expect(page).to_have_url(re.compile(f"example={EXAMPLES[1].name}$"))
    expect(chooser).to_have_value(EXAMPLES[1].name)
    program(page).press("Control+z")
    expect(text(page)).to_have_value(CHAIN)
    expect(chooser).to_have_value("")


def test_each_example_draws(open_page: Open) -> None:
    page = open_page("unlike = 1.0")
    chooser = page.get_by_role("combobox", name="Examples")
    rows = page.get_by_role("table", name="Values and gradients").locator("tbody tr")
    for example in EXAMPLES:
        with page.expect_response(ASKING) as answered:
            chooser.select_option(example.name)
        document = answered.value.json()
        expect(page.locator("[data-part=summary]")).to_contain_text(re.compile(rf"^{len(document['nodes'])} node"))
        expect(rows.first).to_be_visible()
        expect(page.locator("svg.graph g.node").first).to_be_visible()
        assert problems(page).locator(".error").count() == 0, example.name


def test_an_edit_moves_the_picture_instead_of_redrawing_it(open_page: Open) -> None:
    page = open_page(CHAIN)
    page.locator("g.node").first.evaluate("group => { group.dataset.seen = 'before' }")
    program(page).fill("a = 2.0\nb = -3.0\nL = tanh(a*b)")
    expect(page.locator("g.node")).to_have_count(4)
    expect(page.locator("g.node[data-seen=before]")).to_have_attribute("aria-label", re.compile("^a, input"))


def test_the_picture_is_fitted_to_a_new_structure_only(open_page: Open) -> None:
    page = open_page(CHAIN)
    expect(page.locator("svg.graph")).to_have_class(re.compile("fitted"))
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator("svg.graph")).not_to_have_class(re.compile("fitted"))
    with page.expect_response(ASKING):
        program(page).fill(CHAIN.replace("2.0", "4.0"))
    expect(node(page, "L, *, data -12, grad 1")).to_be_attached()
    expect(page.locator("svg.graph")).not_to_have_class(re.compile("fitted"))
    program(page).fill(CHAIN + " + a")
    expect(page.locator("svg.graph")).to_have_class(re.compile("fitted"))


def test_an_unreachable_server_is_said_and_asked_again(open_page: Open, complaints: list[str]) -> None:
    page = open_page(CHAIN)
    page.route(ASKING, lambda route: route.abort())
    program(page).fill(CHAIN + " + a")
    expect(status(page)).to_contain_text("cannot be reached")
    expect(node(page, "L, *, data -6, grad 1")).to_be_visible()
    page.unroute(ASKING)
    expect(node(page, "L, +, data -4, grad 1")).to_be_visible()
    expect(status(page)).to_be_hidden()
    assert all("ERR_FAILED" in complaint for complaint in complaints)
    complaints.clear()


def test_a_busy_server_is_said_and_asked_again(open_page: Open, complaints: list[str]) -> None:
    page = open_page(CHAIN)

    def refuse(route: Route) -> None:
        route.fulfill(status=503, headers={"retry-after": "1"}, json={})

    page.route(ASKING, refuse, times=1)
    program(page).fill(CHAIN + " + a")
    expect(status(page)).to_contain_text("places are taken")
    expect(node(page, "L, +, data -4, grad 1")).to_be_visible()
    assert all("503" in complaint for complaint in complaints)
    complaints.clear()


def test_the_newest_answer_wins(open_page: Open) -> None:
    page = open_page(CHAIN)
    held = hold(page)
    program(page).fill(CHAIN + " + a")
    page.wait_for_timeout(300)
    assert len(held) == 1
    program(page).fill(CHAIN + " - a")
    expect(node(page, "L, -, data -8, grad 1")).to_be_visible()
    held[0].abort()
    page.wait_for_timeout(300)
    expect(node(page, "L, -, data -8, grad 1")).to_be_visible()
    expect(status(page)).to_be_hidden()


def test_a_long_computation_is_announced(open_page: Open) -> None:
    page = open_page(CHAIN)
    held = hold(page)
    program(page).fill(CHAIN + " + a")
    expect(status(page)).to_have_text("Still computing …")
    held[0].continue_()
    expect(status(page)).to_be_hidden()
