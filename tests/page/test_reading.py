"""Looking at the picture: by pointer and by keyboard, from far and near, picture, program and table together."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.page.editor import chosen, marked

pytestmark = pytest.mark.browser

CHAIN = "a = 2.0\nb = -3.0\nc = 10.0\nL = a*b + c"

Open = Callable[..., Page]


def node(page: Page, start: str) -> Locator:
    return page.locator(f'[role=graphics-object][aria-label^="{start}"]')


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("table").locator("tbody tr").filter(has=page.get_by_role("button", name=name, exact=True))


def scale(page: Page) -> float:
    return float(page.locator("svg.graph .world").evaluate("world => world.getScreenCTM().a"))


def test_pointing_at_a_node_shows_its_text_its_edges_and_its_row(open_page: Open) -> None:
    page = open_page(CHAIN)
    node(page, "*, data -6").hover()
    expect(marked(page)).to_have_text("a*b")
    expect(page.locator(".sign.active")).to_have_count(1)
    expect(row(page, "a*b")).to_have_class(re.compile("active"))
    expect(page.locator("g.edge.active")).to_have_count(3)
    page.get_by_role("heading", level=1).hover()
    expect(marked(page)).to_have_count(0)


def test_a_row_chooses_its_node(open_page: Open) -> None:
    page = open_page(CHAIN)
    row(page, "b").click()
    expect(node(page, "b, input")).to_have_class(re.compile("active"))
    expect(page.get_by_role("button", name="b", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(marked(page)).to_have_text(re.compile("^b"))


def test_the_choice_survives_an_edit(open_page: Open) -> None:
    page = open_page(CHAIN)
    node(page, "c, input").focus()
    page.get_by_role("textbox", name="Program").fill("z = 1.0\n" + CHAIN + " + z")
    expect(page.locator("g.node")).to_have_count(7)
    expect(node(page, "c, input")).to_have_class(re.compile("active"))


def test_the_picture_is_one_tab_stop_and_arrows_walk_along_edges(open_page: Open) -> None:
    page = open_page(CHAIN)
    expect(page.locator("g.node")).to_have_count(5)
    expect(page.locator("g.node[tabindex='0']")).to_have_count(1)
    node(page, "L, +").focus()
    for key, name in [
        ("ArrowLeft", "*, data -6"),
        ("ArrowLeft", "a, input"),
        ("ArrowDown", "b, input"),
        ("ArrowRight", "*, data -6"),
        ("End", "L, +"),
        ("Home", "a, input"),
    ]:
        page.keyboard.press(key)
        expect(node(page, name)).to_be_focused()
        expect(node(page, name)).to_have_attribute("tabindex", "0")
    expect(row(page, "a")).to_have_class(re.compile("active"))
    page.keyboard.press("Enter")
    program = page.get_by_role("textbox", name="Program")
    expect(program).to_be_focused()
    assert chosen(page).startswith("a")


def test_escape_lets_go(open_page: Open) -> None:
    page = open_page(CHAIN)
    node(page, "L, +").focus()
    expect(page.locator("g.node.active")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("g.node.active")).to_have_count(0)


def test_the_table_is_walked_by_arrows(open_page: Open) -> None:
    page = open_page(CHAIN)
    first = page.get_by_role("table").get_by_role("button").first
    expect(first).to_have_attribute("tabindex", "0")
    first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="b", exact=True)).to_be_focused()
    expect(node(page, "b, input")).to_have_class(re.compile("active"))
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="L", exact=True)).to_be_focused()


@pytest.mark.parametrize(
    ("closer", "farther", "all_of_it"),
    [
        pytest.param("button:Zoom in", "button:Zoom out", "button:Fit", id="buttons"),
        pytest.param("key:+", "key:-", "key:0", id="keys"),
        pytest.param("wheel:-300", "wheel:300", "double", id="pointer"),
    ],
)
def test_zoom(open_page: Open, closer: str, farther: str, all_of_it: str) -> None:
    page = open_page(CHAIN, reduced_motion="reduce")
    node(page, "L, +").focus()
    fitted = scale(page)

    def act(how: str) -> float:
        kind, _, what = how.partition(":")
        if kind == "button":
            page.get_by_role("button", name=what).click()
        elif kind == "key":
            page.keyboard.press(what)
        else:
            page.locator("svg.graph").hover(position={"x": 300, "y": 30})
            if kind == "wheel":
                page.mouse.wheel(0, float(what))
            else:
                page.locator("svg.graph").dblclick(position={"x": 300, "y": 30})
        page.wait_for_timeout(60)
        return scale(page)

    near = act(closer)
    assert near > fitted
    assert act(farther) < near
    assert act(closer) > fitted * 0.9
    assert act(all_of_it) == pytest.approx(fitted)


def test_the_whole_picture_stays_in_view_when_its_frame_changes(open_page: Open) -> None:
    page = open_page(CHAIN)
    expect(page.locator("g.node")).to_have_count(5)
    program = page.get_by_role("textbox", name="Program")
    program.fill(CHAIN + " + a\nfor i in range(9):\n    print(i)")
    expect(page.locator("g.node")).to_have_count(6)
    page.set_viewport_size({"width": 1000, "height": 680})
    page.wait_for_timeout(600)
    frame = page.locator(".frame").bounding_box()
    assert frame is not None
    for box in (one.bounding_box() for one in page.locator("g.node").all()):
        assert box is not None
        assert frame["x"] < box["x"] < box["x"] + box["width"] < frame["x"] + frame["width"]
        assert frame["y"] < box["y"] < box["y"] + box["height"] < frame["y"] + frame["height"]


def test_dragging_moves_the_picture(open_page: Open) -> None:
    page = open_page(CHAIN)
    frame = page.locator("svg.graph").bounding_box()
    before = node(page, "L, +").bounding_box()
    assert frame is not None
    assert before is not None
    page.mouse.move(frame["x"] + 6, frame["y"] + 6)  # where no node is
    page.mouse.down()
    page.mouse.move(frame["x"] + 66, frame["y"] + 36, steps=4)
    page.mouse.up()
    after = node(page, "L, +").bounding_box()
    assert after is not None
    assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx((60, 30), abs=2)


def test_far_away_only_shapes_are_left(open_page: Open) -> None:
    page = open_page(CHAIN, reduced_motion="reduce")
    picture = page.locator("svg.graph")
    expect(picture).to_have_attribute("data-detail", "all")
    expect(page.locator("text.numbers").first).to_be_visible()
    for _ in range(8):
        page.get_by_role("button", name="Zoom out").click()
    expect(picture).to_have_attribute("data-detail", "shapes")
    expect(page.locator("text.numbers").first).to_be_hidden()
    expect(page.locator("g.node text").first).to_be_hidden()


@pytest.mark.parametrize(("motion", "stations"), [("reduce", range(1, 3)), ("no-preference", range(3, 1000))])
def test_nothing_moves_for_those_who_asked(open_page: Open, motion: str, stations: range) -> None:
    page = open_page(CHAIN, reduced_motion=motion)
    expect(page.locator("g.node")).to_have_count(5)
    page.evaluate(
        """() => {
            window.places = new Set();
            const one = document.querySelector('g.node[aria-label^="c, input"]');
            const look = () => { window.places.add(one.getAttribute('transform')); requestAnimationFrame(look); };
            look();
        }"""
    )
    page.get_by_role("textbox", name="Program").fill("a = 2.0\nb = -3.0\nc = 10.0\nL = tanh(a*b) + sin(cos(c))")
    expect(page.locator("g.node")).to_have_count(8)
    page.wait_for_timeout(500)
    assert page.evaluate("() => window.places.size") in stations
