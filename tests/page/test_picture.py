"""Large pictures and moving ones: scopes, steps, search, files, numbers that change at every frame."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

CHAIN = "a = 2.0\nb = -3.0\nL = a*b + 10"
NET = "net = MLP(3, [16, 16, 1])\ny = net([1.0, 2.0, 3.0])"
CALL = "def f(x):\n    return tanh(sin(x))\na = 2.0\nL = exp(f(a))"

Open = Callable[..., Page]


def closed(page: Page) -> list[str]:
    """What is written on the boxes of closed scopes."""
    return page.locator("g.node.scope .head").all_text_contents()


def test_a_large_net_opens_as_its_layers_and_one_layer_as_its_neurons(open_page: Open) -> None:
    page = open_page(NET)
    expect(page.locator("g.node.scope")).to_have_count(3)
    assert set(closed(page)) == {"Layer"}
    first = page.locator("g.node.scope").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("g.node.scope").filter(has_text="Neuron")).to_have_count(16)
    expect(page).to_have_url(re.compile("open=Layer"))
    page.locator("g.node.scope").filter(has_text="Neuron").first.focus()
    page.keyboard.press("Backspace")
    expect(page.locator("g.node.scope")).to_have_count(3)


def test_all_scopes_at_once_by_depth(open_page: Open) -> None:
    page = open_page(NET)
    detail = page.get_by_role("combobox", name="Detail")
    detail.select_option("nets")
    expect(page.locator("g.node.scope")).to_have_count(1)
    detail.select_option("neurons")
    expect(page.locator("g.node.scope").filter(has_text="Neuron")).to_have_count(33)


def test_a_call_has_a_frame_that_closes_it(open_page: Open) -> None:
    page = open_page(CALL)
    expect(page.locator("g.node")).to_have_count(4)
    page.get_by_role("button", name="Close f").click()
    expect(page.locator("g.node")).to_have_count(3)
    page.locator("g.node.scope").click()
    expect(page.locator("g.node")).to_have_count(4)


def test_a_step_shows_what_there_is_by_then(open_page: Open) -> None:
    page = open_page(CHAIN)
    page.goto(f"{page.url}&step=1&v=1")
    expect(page.locator("g.node.future")).to_have_count(1)
    expect(page.locator("g.node.now")).to_have_attribute("aria-label", "*, data -6")
    before = page.locator("g.node").first.get_attribute("transform")
    page.get_by_role("button", name="Step forward").click()
    expect(page.locator("g.node.future")).to_have_count(0)
    assert page.locator("g.node").first.get_attribute("transform") == before


def test_nodes_are_found_by_name(open_page: Open) -> None:
    page = open_page(CHAIN)
    expect(page.get_by_role("searchbox", name="Find a node")).to_be_visible()
    page.locator("g.node").first.focus()
    page.keyboard.press("/")
    page.keyboard.type("L")
    expect(page.locator("g.node.found")).to_have_count(1)
    expect(page.get_by_text("1 found")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("g.node.active")).to_have_attribute("aria-label", re.compile("^L, "))


def test_the_picture_turns(open_page: Open) -> None:
    page = open_page(CHAIN)
    page.get_by_role("button", name="Turn").click()
    expect(page).to_have_url(re.compile("layout=tb"))
    page.wait_for_timeout(400)
    boxes = [page.locator(f'g.node[aria-label^="{name}, "]').bounding_box() for name in ("a", "L")]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] < boxes[1]["y"]


@pytest.mark.parametrize("kind", ["SVG", "PNG"])
def test_the_picture_is_saved_as_it_is_seen(open_page: Open, kind: str) -> None:
    page = open_page(CHAIN)
    with page.expect_download() as download:
        page.get_by_role("button", name=kind, exact=True).click()
    assert download.value.suggested_filename == f"L.{kind.lower()}"
    found = download.value.path().read_bytes()
    if kind == "SVG":
        text = found.decode()
        assert "data " in text
        assert "var(" not in text
        assert "class=" not in text
    else:
        assert found.startswith(b"\x89PNG")


def test_many_numbers_move_on_a_canvas_and_are_written_at_rest(open_page: Open) -> None:
    page = open_page("x = 0.5\ny = x\nfor i in range(80):\n    y = tanh(y) + x")
    page.goto(f"{page.url}&open=all&v=1")
    expect(page.locator("g.node")).to_have_count(161)
    slider = page.get_by_role("slider", name="x", exact=True)
    slider.focus()
    before = page.locator("g.node.output").get_attribute("aria-label")
    page.keyboard.press("ArrowRight")
    expect(page.locator("g.node.output")).not_to_have_attribute("aria-label", before or "")
    expect(page.locator(".numbers-layer")).to_be_hidden()
    label = page.locator("g.node.output").get_attribute("aria-label") or ""
    assert (page.locator("g.node.output .data").text_content() or "").removeprefix("data ")[:6] in label


def test_an_input_is_moved_by_its_node_and_the_picture_stays(open_page: Open) -> None:
    page = open_page("a = 2.0\nb = -3.0\nL = a*b")
    node = page.locator("g.node.input").first
    before = node.bounding_box()
    assert before is not None
    x, y = before["x"] + before["width"] / 2, before["y"] + before["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 30, steps=3)
    page.mouse.up()
    expect(page.get_by_role("spinbutton", name="a value")).to_have_value("3")
    expect(page.locator('[aria-label="L, *, data -9, grad 1"]')).to_be_attached()
    after = node.bounding_box()
    assert after is not None
    assert (after["x"] + after["width"] / 2, after["y"] + after["height"] / 2) == pytest.approx((x, y), abs=1)
    node.click()
    expect(page.get_by_role("spinbutton", name="a value")).to_have_value("3")
