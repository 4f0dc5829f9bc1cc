"""The page for everybody: without JavaScript, on a phone, in the dark, for screen readers, under a strict policy."""

import re
from collections.abc import Callable
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.page.axe import violations

pytestmark = pytest.mark.browser

CHAIN = "a = 2.0\nb = -3.0\nc = 10.0\nL = a*b + c\nprint(L)"
WIDE = {"width": 1280, "height": 720}
PHONE = {"width": 360, "height": 740}
PROGRAMS = {
    "graph": CHAIN,
    "error": "a = 2.0\nL = a * tahn(a)",
    "warning": "a = -2.0\nL = log(a)",
    "empty": "",
}
PARTS = ("#chooser", "#editor", ".run", "#problems", "#values .rows", ".frame", ".caption", "#output", "footer")
COMPRESSED_BYTES = 80_000
TARGET_PIXELS = 24

Open = Callable[..., Page]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_axe_finds_nothing(open_page: Open, program: str, size: dict[str, int]) -> None:
    assert violations(open_page(PROGRAMS[program], viewport=size)) == {}


def test_axe_finds_nothing_while_the_last_picture_is_kept(open_page: Open) -> None:
    page = open_page(CHAIN)
    page.get_by_role("textbox", name="Program").fill(CHAIN + " +")
    expect(page.locator("svg.graph")).to_have_class(re.compile("stale"))
    assert violations(page) == {}


def test_a_phone_shows_program_picture_and_table_one_below_the_other(open_page: Open) -> None:
    page = open_page(CHAIN, viewport=PHONE)
    expect(page.locator("g.node")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    tops = [page.locator(part).bounding_box() for part in ("#editor", "#picture", "#values", "#output")]
    places = [box["y"] for box in tops if box is not None]
    assert len(places) == 4
    assert places == sorted(places)


@pytest.mark.parametrize("example", ["engine", "xor", "expression"])
def test_nothing_lies_over_anything(open_page: Open, example: str) -> None:
    page = open_page(example=example, viewport=WIDE)
    expect(page.locator("g.node").first).to_be_visible()
    for width, height in ((1280, 720), (1024, 600), (1800, 1000)):
        page.set_viewport_size({"width": width, "height": height})
        boxes = [(part, page.locator(part).bounding_box()) for part in PARTS]
        for i, (one, a) in enumerate(boxes):
            for other, b in boxes[i + 1 :]:
                assert a is not None
                assert b is not None
                wide = min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"])
                high = min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"])
                assert min(wide, high) <= 0.5, (one, other, width)


def test_a_long_program_and_its_values_share_the_height(open_page: Open) -> None:
    page = open_page(example="xor", viewport=WIDE)
    expect(page.locator("tbody tr").first).to_be_visible()
    shown = page.locator(".cm-scroller").evaluate(
        "area => area.clientHeight / parseFloat(getComputedStyle(area).lineHeight)"
    )
    assert round(shown) >= 10
    seen = """rows => [...rows.querySelectorAll('tbody tr')].filter(
        row => row.getBoundingClientRect().bottom <= rows.getBoundingClientRect().bottom + 1).length"""
    assert page.locator("#values .rows").evaluate(seen) >= 5


@pytest.mark.parametrize("example", ["xor", "engine", "branch"])
def test_on_a_phone_no_column_is_cut_off_and_no_button_covers_the_picture(open_page: Open, example: str) -> None:
    page = open_page(example=example, viewport=PHONE)
    expect(page.locator("g.node").first).to_be_attached()
    assert page.locator("#values .rows").evaluate("rows => rows.scrollWidth <= rows.clientWidth")
    frame, zoom = (page.locator(part).bounding_box() for part in (".frame", ".zoom"))
    assert frame is not None
    assert zoom is not None
    assert frame["y"] + frame["height"] <= zoom["y"]


def test_on_a_phone_the_picture_runs_down_and_can_be_read(open_page: Open) -> None:
    page = open_page(CHAIN, viewport=PHONE)
    operand, result = (page.locator(f'g.node[aria-label^="{name}"]').bounding_box() for name in ("a, ", "L, "))
    assert operand is not None
    assert result is not None
    assert operand["y"] + operand["height"] < result["y"]
    assert float(page.locator(".world").evaluate("world => world.getScreenCTM().a")) > 0.6


def test_one_finger_scrolls_the_page_over_the_fitted_picture(open_page: Open) -> None:
    page = open_page(CHAIN, viewport=PHONE, has_touch=True)
    picture = page.locator("svg.graph")
    expect(picture).to_have_css("touch-action", "pan-x pan-y")
    page.get_by_role("button", name="Zoom in").click()
    expect(picture).to_have_css("touch-action", "none")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_everything_to_press_is_large_enough(open_page: Open, size: dict[str, int]) -> None:
    page = open_page(PROGRAMS["warning"], viewport=size)
    for target in page.locator("button:visible, select:visible").all():
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= TARGET_PIXELS, target.inner_text()


def test_high_contrast_keeps_every_text(open_page: Open) -> None:
    page = open_page(CHAIN, forced_colors="active")
    symbol = page.locator("g.node.operation .symbol").first
    band = page.locator("g.node.operation .band").first
    fills = [part.evaluate("part => getComputedStyle(part).fill") for part in (symbol, band)]
    assert fills[0] != fills[1]


def test_without_javascript_the_server_shows_it_all(open_page: Open) -> None:
    page = open_page(CHAIN, java_script_enabled=False)
    expect(page.get_by_role("textbox", name="Program")).to_have_value(CHAIN)
    rows = page.get_by_role("table", name="Values and gradients").locator("tbody tr")
    assert sorted(rows.all_inner_texts()) == sorted(
        ["a\tinput\t2\t-3", "b\tinput\t-3\t2", "c\tinput\t10\t1", "a*b\t*\t-6\t1", "L\t+\t4\t1"]
    )
    expect(page.locator("#picture svg")).to_be_visible()
    expect(page.get_by_role("region", name="Output")).to_contain_text("Value(data=4.0")
    story = page.get_by_role("region", name="Steps").get_by_role("listitem")
    expect(story).to_have_count(5)
    expect(story.nth(3)).to_contain_text("1 · 1 = 1")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("print(1)", "Nothing to differentiate"),
        ("x = (", "see what is wrong"),
        ("x = 1.5\nfor i in range(2100):\n    x = sin(x)", "too large"),
    ],
)
def test_without_javascript_a_missing_picture_is_explained(open_page: Open, source: str, reason: str) -> None:
    page = open_page(source, java_script_enabled=False)
    expect(page.locator("[data-part=empty]")).to_contain_text(reason)


def test_without_javascript_a_form_runs_the_program(open_page: Open) -> None:
    page = open_page(CHAIN, java_script_enabled=False)
    page.get_by_role("textbox", name="Program").fill("x = 3.0\ny = x * tahn(x)")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Problems")).to_contain_text("Error, line 2")
    page.get_by_role("textbox", name="Program").fill("x = 3.0\ny = x*x")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("row", name="y * 9 1")).to_be_visible()


def test_without_javascript_examples_load_too(open_page: Open) -> None:
    page = open_page(CHAIN, java_script_enabled=False)
    chooser = page.get_by_role("combobox", name="Examples")
    chooser.select_option(index=2)
    chosen = chooser.input_value()
    page.get_by_role("button", name="Load").click()
    expect(page).to_have_url(re.compile(f"example={chosen}$"))
    expect(chooser).to_have_value(chosen)
    expect(page.locator("tbody tr").first).to_be_visible()


def test_the_page_asks_nobody_else_and_weighs_little(open_page: Open, site: str) -> None:
    page = open_page(fresh=True)
    asked = page.evaluate(
        "performance.getEntriesByType('resource').map(one => [one.startTime, one.name, one.encodedBodySize])"
    )
    assert {urlparse(name).netloc for _, name, _ in asked} == {urlparse(site).netloc}
    (editor,) = (start for start, name, _ in asked if name.endswith("/editor/setup.js"))
    scripts = [(start, name, size) for start, name, size in asked if name.endswith(".js")]
    assert 0 < sum(size for start, _, size in scripts if start < editor) <= COMPRESSED_BYTES
    assert all(start > editor for start, name, _ in scripts if name.endswith("/codemirror.js"))


def test_what_a_program_writes_is_text(open_page: Open) -> None:
    attack = '"</script><img src=x onerror=alert(1)>&"'
    page = open_page(f"x = Value(2.0, label={attack})\ny = x*x\nprint({attack})")
    printed = page.get_by_role("region", name="Output").locator("pre")
    expect(printed).to_have_text("</script><img src=x onerror=alert(1)>&")
    assert page.locator("img[src=x]").count() == 0
