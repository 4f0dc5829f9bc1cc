"""The picture and the table: every value, gradient and edge of the program typed."""

import math
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

CHAIN = "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f"
NODES = [
    "a, input, data 2, grad 6",
    "b, input, data -3, grad -4",
    "c, input, data 10, grad -2",
    "f, input, data -2, grad 4",
    "*, data -6, grad -2",
    "+, data 4, grad -2",
    "L, *, data -8, grad 1",
]
EDGES = [
    "a to *, local derivative -3, flow 6",
    "b to *, local derivative 2, flow -4",
    "* to +, local derivative 1, flow -2",
    "c to +, local derivative 1, flow -2",
    "+ to L, local derivative -2, flow -2",
    "f to L, local derivative 4, flow 4",
]
ROWS = [
    ["a", "input", "2", "6"],
    ["b", "input", "-3", "-4"],
    ["c", "input", "10", "-2"],
    ["f", "input", "-2", "4"],
    ["a*b", "*", "-6", "-2"],
    ["a*b + c", "+", "4", "-2"],
    ["L", "*", "-8", "1"],
]

Open = Callable[..., Page]


def names(page: Page, role: str) -> list[str]:
    """The accessible names of everything of a role that Playwright does not know."""
    values = page.locator(f"[role={role}]").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    return sorted(values)


def test_the_expression_of_the_seeds(open_page: Open) -> None:
    page = open_page(CHAIN)
    expect(page.locator("[role=graphics-object]")).to_have_count(len(NODES))
    assert names(page, "graphics-object") == sorted(NODES)
    assert names(page, "graphics-symbol") == sorted(EDGES)


def test_numbers_are_written_on_nodes_and_edges(open_page: Open) -> None:
    page = open_page(CHAIN)
    expect(page.locator("g.node").filter(has_text="L*data -8grad 1")).to_have_count(1)
    expect(page.locator("text.numbers").filter(has_text="∂ -3◂ 6")).to_have_count(1)


def test_the_table_says_what_the_picture_says(open_page: Open) -> None:
    table = open_page(CHAIN).get_by_role("table", name="Values and gradients")
    expect(table.get_by_role("columnheader")).to_have_text(["Name", "Operation", "Data", "Grad"])
    rows = [row.locator("th, td").all_inner_texts() for row in table.locator("tbody tr").all()]
    assert sorted([cell.strip() for cell in row] for row in rows) == sorted(ROWS)


def test_the_path_of_a_parameter_is_written_in_full(open_page: Open) -> None:
    page = open_page("net = MLP(2, [3, 1])\ny = net([1.0, 2.0])")
    expect(page.get_by_role("rowheader", name="layers[0].neurons[2].w[1]", exact=True)).to_be_visible()
    expect(page.locator("g.node.parameter .head").first).to_contain_text("…")


def test_the_path_of_a_parameter_keeps_to_one_line_and_shows_its_end(open_page: Open) -> None:
    page = open_page(example="xor")
    expect(page.locator(".sheet-tools")).to_be_visible()  # the table is the page's own by then
    name = page.locator("tbody th").filter(has_text="layers[0].neurons[3].w[1]")
    lines = name.evaluate("cell => cell.getBoundingClientRect().height / parseFloat(getComputedStyle(cell).fontSize)")
    assert lines < 3
    expect(name.locator("button")).to_have_attribute("title", "layers[0].neurons[3].w[1]")
    end = name.locator("span").last
    assert end.inner_text() == "neurons[3].w[1]"
    assert end.evaluate("span => span.scrollWidth <= span.clientWidth")


def test_a_line_is_interrupted_for_its_numbers_unless_it_runs_between_them(open_page: Open) -> None:
    page = open_page("a = 2.0\nb = tanh(a)\nc = b * 3 + a")
    halo = "all => all.map(one => parseFloat(getComputedStyle(one).strokeWidth))"
    level = page.locator("text.numbers.level").evaluate_all(halo)
    steep = page.locator("text.numbers:not(.level)").evaluate_all(halo)
    assert level
    assert steep
    assert max(level) < min(steep)


def test_what_assistive_technology_is_told(open_page: Open) -> None:
    page = open_page(CHAIN)
    expect(page.locator("g.node")).to_have_count(len(NODES))
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    told = {(node["role"]["value"], node.get("name", {}).get("value")) for node in tree if not node["ignored"]}
    assert {("graphics-object", name) for name in NODES} <= told
    assert {("graphics-symbol", name) for name in EDGES} <= told
    assert {
        ("graphics-document", "Computation graph"),
        ("textbox", "Program"),
        ("combobox", "Examples"),
        ("table", "Values and gradients"),
        ("region", "Problems"),
        ("region", "Output"),
    } <= told


def test_a_value_used_twice_has_two_visible_edges(open_page: Open) -> None:
    page = open_page("x = 3.0\ny = x*x")
    assert names(page, "graphics-symbol") == ["x to y, local derivative 3, flow 3"] * 2
    one, other = page.locator("g.edge path").evaluate_all("all => all.map(one => one.getAttribute('d'))")
    assert one != other


def test_nodes_of_different_kinds_differ_in_shape_and_colour(open_page: Open) -> None:
    page = open_page("n = Neuron(1)\nx = 1.0\ny = n([x]) * 2")
    looks = {
        kind: page.locator(f"g.node.{kind} .shape").first.evaluate(
            "shape => [shape.getAttribute('d').replace(/[-\\d.]+/g, '') , getComputedStyle(shape).fill]"
        )
        for kind in ("input", "parameter", "constant", "operation")
    }
    assert len({fill for _, fill in looks.values()}) == len(looks)
    assert looks["parameter"][0] != looks["input"][0]


def test_constants_have_no_gradient(open_page: Open) -> None:
    page = open_page("x = 3.0\ny = 2*x")
    assert "constant, data 2" in names(page, "graphics-object")
    row = page.get_by_role("row").filter(has_text="constant")
    assert [cell.strip() for cell in row.locator("th, td").all_inner_texts()] == ["2", "constant", "2", "–"]


def test_numbers_that_are_none_can_be_seen(open_page: Open) -> None:
    page = open_page("x = -1.0\nz = 0.0\ny = log(x) + 1/z")
    expect(page.locator("g.node").filter(has_text="y+data NaN")).to_have_count(1)
    assert any("grad -Infinity" in name for name in names(page, "graphics-object"))
    expect(page.locator("g.edge.endless")).not_to_have_count(0)
    expect(page.get_by_role("region", name="Problems")).to_contain_text("Warning, line 3")


def test_numbers_have_at_most_six_digits(open_page: Open) -> None:
    page = open_page(f"x = {math.pi!r}\ny = x * 1e9")
    assert names(page, "graphics-object")[-1] == "y, *, data 3.14159e9, grad 1"
    assert "x, input, data 3.14159, grad 1e9" in names(page, "graphics-object")


def test_colour_tells_the_sign_and_width_the_size(open_page: Open) -> None:
    page = open_page(CHAIN)

    def style(name: str) -> list[str]:
        path = page.locator(f'[aria-label="{name}"] path')
        look: list[str] = path.evaluate("path => [getComputedStyle(path).stroke, getComputedStyle(path).strokeWidth]")
        return look

    (above, wide), (below, _), (_, narrow) = style(EDGES[0]), style(EDGES[1]), style(EDGES[2])
    assert above != below
    assert float(wide.removesuffix("px")) > float(narrow.removesuffix("px"))


def test_what_the_program_printed(open_page: Open) -> None:
    page = open_page('n = 2\nprint("one", n)\nprint("two")')
    expect(page.get_by_role("region", name="Output").locator("pre")).to_have_text("one 2\ntwo")


def test_a_program_without_values(open_page: Open) -> None:
    page = open_page('print("hello")')
    expect(page.locator("[data-part=empty]")).to_contain_text("Nothing to differentiate")
    expect(page.locator("g.node")).to_have_count(0)
    expect(page.get_by_role("table", name="Values and gradients")).to_be_attached()


def test_a_large_graph_says_what_is_missing(open_page: Open) -> None:
    page = open_page("x = 1.5\nfor i in range(2100):\n    x = sin(x)")
    expect(page.locator("[data-part=summary]")).to_contain_text("The whole graph is larger")
    assert page.locator("g.node").count() <= 2000
