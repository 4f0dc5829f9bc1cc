"""Curve, surface and check: what the panels show is what the engine says, by hand, by keys and by the service."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from engine.optim import SGD, Adam
from engine.value import Value
from tests.page.axe import violations

pytestmark = pytest.mark.browser

SEED = "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f"
VALLEY = "x = -1.0\ny = 1.5\nz = (1 - x)**2 + 3*(y - x**2)**2"
BRANCH = "w = 2.5\nif w < 2:\n    cost = 3 + 0.5*w\nelse:\n    cost = w**2\ncost = cost * 2"
ASKING = "**/api/v1/gradcheck"
PHONE = {"width": 360, "height": 740}
EXAMPLES = ["softmax", "attention"]
OPTIMIZERS: dict[str, Callable[[Sequence[Value]], SGD | Adam]] = {
    "sgd": lambda parameters: SGD(parameters, 0.01),
    "momentum": lambda parameters: SGD(parameters, 0.01, momentum=0.9),
    "adam": lambda parameters: Adam(parameters, 0.01),
}

Open = Callable[..., Page]


def panel(page: Page, name: str) -> Locator:
    """The panel of that name, opened."""
    page.get_by_role("tab", name=name).click()
    return page.get_by_role("tabpanel", name=name)


def answer(page: Page, **request: object) -> dict[str, Any]:
    headers = {"content-type": "application/json"}
    asking = "([body, headers]) => fetch('api/v1/graph', {method: 'POST', headers, body}).then(reply => reply.json())"
    reply: dict[str, Any] = page.evaluate(asking, [json.dumps(request), headers])
    return reply


def test_the_curves_slope_is_the_grad(open_page: Open) -> None:
    page = open_page(SEED)
    curve = panel(page, "Curve")
    for node in answer(page, source=SEED)["nodes"][:4]:
        curve.get_by_role("combobox", name="against").select_option(node["key"])
        words = (
            f"At {node['key']} = {node['data']:g}, L is -8; the tangent’s slope is {node['grad']:g}: that is the grad."
        )
        expect(curve.get_by_text(words)).to_be_visible()
    expect(curve.get_by_text("Computed here, in the page.")).to_be_visible()


def test_the_curve_follows_the_chosen_input_and_any_result(open_page: Open) -> None:
    page = open_page(SEED)
    curve = panel(page, "Curve")
    page.locator('[role=graphics-object][aria-label^="c, input"]').click()
    expect(curve.get_by_role("combobox", name="against")).to_have_value("c")
    curve.get_by_role("combobox", name="against").select_option("a")
    curve.get_by_role("combobox", name="result").select_option(label="a*b")
    expect(curve.get_by_text("At a = 2, a*b is -6; the tangent’s slope is -3")).to_be_visible()


def test_moving_the_input_moves_the_point_and_dragging_the_point_moves_the_input(open_page: Open) -> None:
    page = open_page("x = 1.0\ny = x**3")
    curve = panel(page, "Curve")
    point = curve.locator("circle.point")
    before = point.bounding_box()
    page.get_by_role("spinbutton", name="x value").fill("1.5")
    page.keyboard.press("Enter")
    expect(curve.get_by_text("At x = 1.5, y is 3.375; the tangent’s slope is 6.75")).to_be_visible()
    after = point.bounding_box()
    assert before
    assert after
    assert after["x"] > before["x"]
    point.hover()
    page.mouse.down()
    page.mouse.move(before["x"] + before["width"] / 2, before["y"])
    page.mouse.up()
    expect(page.get_by_role("spinbutton", name="x value")).to_have_value(re.compile(r"^(0\.9|1\.0|1$)"))


def test_a_secant_comes_nearer_until_rounding_spoils_it(open_page: Open) -> None:
    page = open_page("x = 3.0\ny = x**2")
    curve = panel(page, "Curve")
    expect(curve.get_by_text("h = 1: secant 7, off by 1")).to_be_visible()
    curve.get_by_role("slider", name="h").focus()
    page.keyboard.press("Home")
    expect(curve.get_by_text("h = 1e-15: secant")).to_be_visible()
    table = curve.get_by_role("table", name="Secants")
    expect(table.locator("tbody tr")).to_have_count(16)
    best = float(table.locator("tr.best th").inner_text())
    assert 1e-10 <= best <= 1e-6
    expect(curve.get_by_text("rounding spoils what is left")).to_be_visible()


def test_the_curve_is_zoomed_and_moved(open_page: Open) -> None:
    page = open_page(SEED)
    curve = panel(page, "Curve")
    start, stop = (curve.get_by_role("textbox", name=name, exact=True) for name in ("from", "to"))
    expect(start).to_have_value("-4")
    curve.get_by_role("group", name="Plot").focus()
    page.keyboard.press("+")
    expect(stop).to_have_value("2.66667")
    page.keyboard.press("0")
    expect(stop).to_have_value("4")  # a key moves what is drawn
    page.keyboard.press("ArrowRight")
    expect(start).to_have_value("-3.2")
    page.keyboard.press("0")
    expect(start).to_have_value("-4")
    curve.get_by_role("group", name="Plot").hover()
    page.mouse.wheel(0, -400)
    expect(start).not_to_have_value("-4")
    stop.fill("8")
    page.keyboard.press("Enter")
    expect(stop).to_have_value("8")
    curve.get_by_role("button", name="Back to the first range").click()
    expect(stop).to_have_value("4")


def test_a_program_that_may_go_another_way_is_asked_for(open_page: Open) -> None:
    page = open_page(BRANCH)
    curve = panel(page, "Curve")
    expect(curve.get_by_text("Computed by the server")).to_be_visible()
    expect(curve.get_by_text("At w = 2.5, cost is 12.5; the tangent’s slope is 10")).to_be_visible()
    expect(curve.get_by_text("h = 1: secant 12, off by 2")).to_be_visible()
    page.get_by_role("spinbutton", name="w value").fill("1.0")
    page.keyboard.press("Enter")
    expect(curve.get_by_text("At w = 1, cost is 7; the tangent’s slope is 1")).to_be_visible()


def test_a_click_on_the_surface_moves_both_inputs(open_page: Open) -> None:
    page = open_page(VALLEY)
    surface = panel(page, "Surface")
    expect(surface.get_by_text("At (-1, 1.5), z is 4.75. The gradient (2, 3) points uphill")).to_be_visible()
    spot, heat = surface.locator("circle.point"), surface.locator(".heat")
    box = heat.bounding_box()
    assert box
    surface.get_by_role("group", name="Map").click(position={"x": 50 + box["width"] * 0.75, "y": 6 + box["height"] / 2})
    expect(page.get_by_role("spinbutton", name="x value")).to_have_value(re.compile(r"^(1|0\.99\d*|1\.0\d*)$"))
    expect(page.get_by_role("spinbutton", name="y value")).to_have_value(re.compile(r"^-?0(\.0\d*)?$"))
    drawn = spot.bounding_box()
    assert drawn
    assert drawn["x"] + drawn["width"] / 2 == pytest.approx(box["x"] + 0.75 * box["width"], abs=2)
    before = page.get_by_role("spinbutton", name="y value").input_value()
    page.keyboard.press("Shift+ArrowUp")
    expect(page.get_by_role("spinbutton", name="y value")).not_to_have_value(before)


def test_steps_downhill_are_those_of_the_engines_optimizers(open_page: Open) -> None:
    page = open_page(VALLEY)
    surface = panel(page, "Surface")
    surface.get_by_role("textbox", name="rate").fill("0.01")
    page.keyboard.press("Enter")
    rows = surface.get_by_role("table").locator("tbody tr")
    for name, optimizer_of in OPTIMIZERS.items():
        surface.get_by_role("combobox", name="downhill by").select_option(name)
        surface.get_by_role("button", name="Run 10").click()
        surface.get_by_role("button", name="Step").click()
        expect(rows).to_have_count(12)
        shown = rows.evaluate_all("rows => rows.map(row => [...row.cells].map(cell => Number(cell.textContent)))")
        assert [number for row in reversed(shown) for number in row] == pytest.approx(walk(optimizer_of, 12), rel=1e-5)
        surface.get_by_role("button", name="Reset").click()
        expect(rows).to_have_count(0)
        expect(page.get_by_role("spinbutton", name="x value")).to_have_value("-1")


def walk(optimizer_of: Callable[[Sequence[Value]], SGD | Adam], places: int) -> list[float]:
    """What the engine's optimizer goes through: number of the step, place, height, gradient, one after the other."""
    x, y = Value(-1.0), Value(1.5)
    optimizer = optimizer_of([x, y])
    numbers: list[float] = []
    for step in range(places):
        optimizer.zero_grad()
        z = (1 - x) ** 2 + 3 * (y - x**2) ** 2
        z.backward()
        numbers += [step, x.data, y.data, z.data, x.grad, y.grad]
        optimizer.step()
    return numbers


def test_a_rate_that_is_too_large_is_named(open_page: Open) -> None:
    page = open_page(VALLEY)
    surface = panel(page, "Surface")
    surface.get_by_role("textbox", name="rate").fill("9")
    page.keyboard.press("Enter")
    surface.get_by_role("button", name="Run 10").click()
    expect(surface.get_by_text("It diverged: try a smaller rate.")).to_be_visible()


def test_a_step_downhill_of_a_program_that_is_asked_for(open_page: Open) -> None:
    page = open_page("w = 2.0\nv = 1.0\nif w > 0:\n    y = w*w + v\nelse:\n    y = v\ny = y * 1")
    surface = panel(page, "Surface")
    expect(surface.get_by_text("The gradient (4, 1) points uphill")).to_be_visible()
    surface.get_by_role("button", name="Step").click()
    expect(surface.get_by_text("Step 1: (1.6, 0.9), y is 3.46")).to_be_visible()
    expect(page.get_by_role("spinbutton", name="w value")).to_have_value("1.6")


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_way_to_the_gradient_agrees(open_page: Open, example: str) -> None:
    page = open_page(example=example)
    check = panel(page, "Check")
    expect(check.get_by_text(re.compile("gradients? (is|are) right: all ways agree"))).to_be_visible()
    expect(check.get_by_text("The page’s own backward pass gives other gradients")).to_have_count(0)
    rows = check.get_by_role("table", name="Gradients").locator("tbody tr")
    assert rows.count() > 0
    assert all("agrees to" in text for text in rows.locator(".verdict").all_inner_texts())


def test_what_a_check_costs_and_that_it_gets_old(open_page: Open) -> None:
    page = open_page(SEED)
    check = panel(page, "Check")
    expect(
        check.get_by_text("With 4 inputs, reverse mode takes one pass forward and one backward, 6 operations")
    ).to_be_visible()
    expect(check.get_by_text("The page’s own backward pass gives the same gradients.")).to_be_visible()
    page.get_by_role("spinbutton", name="a value").fill("3")
    page.keyboard.press("Enter")
    expect(check.get_by_text("These numbers are for other inputs")).to_be_visible()
    check.get_by_role("button", name="Check again").click()
    expect(check.get_by_text("These numbers are for other inputs")).to_have_count(0)
    expect(check.get_by_role("row", name=re.compile("^b")).locator("td").nth(1)).to_have_text("-6")


def test_a_kink_is_named_with_its_convention(open_page: Open) -> None:
    page = open_page("x = 0.0\ny = relu(x)")
    check = panel(page, "Check")
    expect(check.locator("tr.kink .verdict")).to_contain_text("at a kink the slope is a convention")
    curve = panel(page, "Curve")
    expect(curve.get_by_text("No h comes near the grad 0")).to_be_visible()


def test_a_server_that_is_away_is_asked_again(open_page: Open, complaints: list[str]) -> None:
    page = open_page(SEED)
    check = panel(page, "Check")
    again, right = check.get_by_role("button", name="Check again"), check.get_by_text("All 4 gradients are right")
    expect(right).to_be_visible()
    for status in (503, 429, None):
        page.route(ASKING, refusing(status))
        again.click()
        expect(check.get_by_text("The server does not answer")).to_be_visible()
        page.unroute(ASKING)
        check.get_by_role("button", name="Try now").click()
        expect(check.get_by_text("The server does not answer")).to_have_count(0)
        expect(right).to_be_visible()
    assert [re.findall("503|429|ERR_FAILED", complaint) for complaint in complaints] == [
        ["503"],
        ["429"],
        ["ERR_FAILED"],
    ]
    complaints.clear()


def refusing(status: int | None) -> Callable[[Route], None]:
    """What answers with a status, or not at all."""
    if status is None:
        return lambda route: route.abort()
    return lambda route: route.fulfill(status=status, headers={"retry-after": "60"}, json={})


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param("x = 1.0\ny = x*2", {"Surface": "A surface needs two inputs"}, id="one input"),
        pytest.param("", {"Curve": "No input to move", "Check": "No gradient to check"}, id="nothing"),
        pytest.param("y = (", dict.fromkeys(("Curve", "Surface", "Check"), "the program has to run once"), id="wrong"),
    ],
)
def test_an_empty_panel_says_what_to_write(open_page: Open, source: str, said: dict[str, str]) -> None:
    page = open_page(source)
    for name, words in said.items():
        expect(panel(page, name).get_by_text(words)).to_be_visible()


@pytest.mark.parametrize("size", [{"width": 1280, "height": 720}, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_in_the_panels(open_page: Open, size: dict[str, int]) -> None:
    page = open_page(VALLEY, viewport=size)
    for name, there in [("Curve", "that is the grad"), ("Surface", "points uphill"), ("Check", "gradients are right")]:
        shown = panel(page, name)
        expect(shown.get_by_text(there)).to_be_visible()
        if name == "Surface":
            shown.get_by_role("button", name="Step").click()
            expect(shown.get_by_text("Step 1:")).to_be_visible()
        assert violations(page) == {}, name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
