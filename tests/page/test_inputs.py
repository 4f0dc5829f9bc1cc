"""Moving inputs: by slider, keys and number; computed in the page, and told the same by the service."""

import json
import re
import time
from collections.abc import Callable
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = pytest.mark.browser

SEED = "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f"
CURVED = "x = 3.0\ny = x*x"
BRANCHING = "x = 2.0\nif x > 2.5:\n    y = x*x\nelse:\n    y = x + x"
ASKING = "**/api/v1/graph"
PHONE = {"width": 360, "height": 740}

Open = Callable[..., Page]


def slider(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name, exact=True)


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("spinbutton", name=f"{name} value", exact=True)


def inputs(page: Page) -> Locator:
    return page.get_by_role("region", name="Inputs")


def row(page: Page, name: str) -> Locator:
    return (
        page.get_by_role("table", name="Values and gradients")
        .locator("tbody tr")
        .filter(has=page.get_by_role("button", name=name, exact=True))
    )


def shown(page: Page) -> list[list[str]]:
    rows = page.get_by_role("table", name="Values and gradients").locator("tbody tr").all()
    return [[cell.strip() for cell in row.locator("td.data, td.grad").all_inner_texts()] for row in rows]


def answered(site: str, source: str, moved: dict[str, float]) -> list[list[str]]:
    """What the service says of the same inputs, as the table writes it."""
    body = json.dumps({"source": source, "inputs": moved}).encode()
    request = Request(f"{site}/api/v1/graph", body, {"content-type": "application/json"})  # noqa: S310  # our own
    with urlopen(request, timeout=10) as answer:  # noqa: S310
        nodes = json.load(answer)["nodes"]
    return [[f"{node['data']:.6g}", f"{node['grad']:.6g}"] for node in nodes]


def drag(page: Page, name: str, share: float) -> None:
    box = slider(page, name).bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * share, middle, steps=8)


def refuse(page: Page) -> None:
    """Let no question reach the service any more."""
    page.route(ASKING, lambda route: route.abort())


def forgive(complaints: list[str]) -> None:
    """What the browser says of questions that a test stopped."""
    complaints[:] = [one for one in complaints if "ERR_FAILED" not in one]


def test_every_number_of_a_drag_is_the_services_own(open_page: Open, site: str, complaints: list[str]) -> None:
    page = open_page(SEED)
    expect(slider(page, "a")).to_be_visible()
    refuse(page)
    drag(page, "a", 0.9)
    value = float(field(page, "a").input_value())
    assert value > 2.5
    page.wait_for_timeout(60)
    assert shown(page) == answered(site, SEED, {"a": value})
    page.unroute(ASKING)
    with page.expect_response(ASKING):
        page.mouse.up()
    drag(page, "a", 0.1)
    with page.expect_request(ASKING) as asked:
        page.mouse.up()
    value = float(field(page, "a").input_value())
    question = asked.value.post_data_json
    assert question is not None
    assert question["inputs"] == {"a": value}
    assert shown(page) == answered(site, SEED, {"a": value})
    forgive(complaints)


def test_keys_move_by_steps_and_the_number_of_the_program_comes_back(open_page: Open) -> None:
    page = open_page(SEED)
    slider(page, "a").focus()
    expect(row(page, "a")).to_have_class(re.compile("active"))
    for key, value in [("ArrowUp", "2.01"), ("PageUp", "2.11"), ("End", "4"), ("Home", "-4"), ("ArrowRight", "-3.99")]:
        page.keyboard.press(key)
        expect(field(page, "a")).to_have_value(value)
    expect(row(page, "a").locator(".data")).to_have_text("-3.99")
    page.get_by_role("button", name="Restore a", exact=True).click()
    expect(field(page, "a")).to_have_value("2")
    expect(slider(page, "a")).to_be_focused()
    field(page, "b").press("ArrowUp")
    field(page, "c").press("PageDown")
    expect(page).to_have_url(re.compile("values="))
    page.get_by_role("button", name="Restore all").click()
    expect(page.get_by_role("button", name="Restore all")).to_be_hidden()
    expect(row(page, "L").locator(".data")).to_have_text("-8")
    slider(page, "b").press("End")
    slider(page, "b").dblclick()
    expect(field(page, "b")).to_have_value("-3")


def test_a_nudge_says_what_the_gradient_promised_and_what_came(open_page: Open) -> None:
    page = open_page(CURVED)
    slider(page, "x").focus()
    page.keyboard.press("PageUp")
    expect(inputs(page)).to_contain_text("x +0.1: y should change by 0.6, changed by 0.61 (error 0.01)")
    page.keyboard.press("PageUp")
    expect(inputs(page)).to_contain_text("x +0.2: y should change by 1.2, changed by 1.24 (error 0.04)")
    inputs(page).get_by_text("Why?").click()
    expect(inputs(page)).to_contain_text("error / dx² is 1.")


def test_a_number_is_typed_and_what_is_none_is_refused(open_page: Open) -> None:
    page = open_page(SEED)
    field(page, "a").fill("50")
    expect(row(page, "a").locator(".data")).to_have_text("50")
    expect(slider(page, "a")).to_have_attribute("max", re.compile(r"^[6-9]\d|1\d\d"))
    field(page, "a").fill("NaN")
    field(page, "a").press("Enter")
    expect(inputs(page).get_by_role("alert")).to_have_text("“NaN” is not a finite number: a stays 50.")
    expect(field(page, "a")).to_have_value("50")
    expect(row(page, "L").locator(".data")).to_have_text("280")
    page.get_by_role("button", name="a: range and more").click()
    page.get_by_label("from", exact=True).fill("0")
    page.get_by_label("to", exact=True).fill("100")
    page.get_by_label("to", exact=True).press("Enter")
    slider(page, "a").press("End")
    expect(field(page, "a")).to_have_value("100")


def test_a_moved_number_is_written_into_the_program_and_undo_takes_it_back(open_page: Open) -> None:
    page = open_page(SEED)
    field(page, "b").fill("-4.5")
    page.get_by_role("button", name="b: range and more").click()
    page.get_by_role("button", name="Write into program").click()
    program = page.get_by_role("textbox", name="Program")
    expect(program).to_contain_text("b = -4.5")
    expect(page.get_by_role("button", name="Restore b", exact=True)).to_be_hidden()
    expect(field(page, "b")).to_have_value("-4.5")
    program.press("Control+z")
    expect(program).to_contain_text("b = -3.0")
    expect(field(page, "b")).to_have_value("-3")


def test_a_program_that_branches_is_asked_for_each_time(open_page: Open) -> None:
    page = open_page(BRANCHING)
    expect(inputs(page)).to_contain_text("asked each time")
    slider(page, "x").focus()
    page.keyboard.press("End")
    expect(row(page, "y").locator(".data")).to_have_text("16")
    expect(row(page, "y").locator(".operation")).to_have_text("*")
    page.keyboard.press("Home")
    expect(row(page, "y").locator(".data")).to_have_text("-8")


def test_moves_go_on_while_the_service_is_away(open_page: Open, complaints: list[str]) -> None:
    page = open_page(SEED)
    expect(inputs(page)).to_contain_text("computed here")
    refuse(page)
    slider(page, "a").press("End")
    expect(page.locator(".status")).to_have_text(re.compile("cannot be reached"))
    slider(page, "a").press("Home")
    expect(row(page, "L").locator(".data")).to_have_text("-44")
    page.unroute(ASKING)
    expect(page.locator(".status")).to_be_hidden()
    expect(row(page, "L").locator(".data")).to_have_text("-44")
    forgive(complaints)


def test_a_slow_network_is_not_felt(open_page: Open) -> None:
    page = open_page(SEED)
    expect(slider(page, "a")).to_be_visible()

    def late(route: Route) -> None:
        time.sleep(0.1)
        route.continue_()

    page.route(ASKING, late)
    page.evaluate(
        """() => {
            window.waits = [];
            const data = () => [...document.querySelectorAll('#values .data')].at(-1).textContent;
            document.querySelector('#inputs').addEventListener('input', () => {
                const [start, before] = [performance.now(), data()];
                const look = () => {
                    if (data() === before) requestAnimationFrame(look);
                    else window.waits.push(performance.now() - start);
                };
                requestAnimationFrame(look);
            });
        }"""
    )
    drag(page, "a", 0.9)
    page.mouse.up()
    page.wait_for_timeout(200)
    waits = sorted(page.evaluate("window.waits"))
    assert len(waits) >= 4
    assert waits[len(waits) // 2] < 90


def test_many_inputs_are_filtered_and_stay_quick(open_page: Open) -> None:
    source = "\n".join([*(f"x{i} = {i}.5" for i in range(120)), f"y = {' + '.join(f'x{i}' for i in range(120))}"])
    page = open_page(source)
    expect(page.get_by_role("slider")).to_have_count(121)
    inputs(page).get_by_role("searchbox", name="Filter inputs").fill("x11")
    expect(inputs(page).get_by_role("slider")).to_have_count(11)
    slider(page, "x119").press("End")
    expect(row(page, "x119").locator(".data")).to_have_text("400")


def test_three_inputs_are_small_and_a_phone_shows_them_all(open_page: Open) -> None:
    wide = open_page("a = 1.0\nb = 2.0\nc = 3.0\nL = a*b*c")
    box = inputs(wide).bounding_box()
    assert box is not None
    assert box["height"] <= 140
    phone = open_page(SEED, viewport=PHONE)
    expect(slider(phone, "f")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_program_without_inputs_has_none(open_page: Open) -> None:
    page = open_page("print(1)")
    expect(page.get_by_role("table", name="Values and gradients")).to_be_attached()
    expect(page.locator("#inputs")).to_be_hidden()
