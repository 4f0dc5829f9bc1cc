"""The training panel: choices write the program, it trains, and what is seen of it is what the service says."""

import json
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.page.axe import violations

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
STREAM = "**/api/v1/train"
SMALL = """random.seed(0)
X, y = moons(12, 0.1)
net = MLP(2, [3, 1])
lr = 0.1

for turn in range(40):
    loss = mse([net(x) for x in X], y)
    net.zero_grad()
    loss.backward()
    for p in net.parameters():
        p.data -= lr * p.grad
    if turn % 4 == 0:
        print(turn, loss.data)
"""
ASKING = """async body => {
    const headers = {"content-type": "application/json"};
    return (await fetch("api/v1/graph", {method: "POST", headers, body})).json();
}"""
NAN = """x = 2.0
w = 3.0
for k in range(9):
    loss = log(w * x)
    w.grad = 0
    loss.backward()
    w.data -= 9 * w.grad
"""
DEAD = (
    "X, y = xor()\nnet = MLP(2, [3, 1], activation='relu', last='linear')\n"
    "for p in net.parameters():\n    p.data = -1.0\nfor k in range(3):\n    loss = mse([net(x) for x in X], y)\n"
    "    net.zero_grad()\n    loss.backward()"
)

Open = Callable[..., Page]


def opened(page: Page) -> Locator:
    """The panel."""
    page.get_by_role("tab", name="Train").click()
    return page.get_by_role("tabpanel", name="Train")


def train(panel: Locator) -> None:
    panel.get_by_role("button", name="Train", exact=True).click()


def program(page: Page) -> Locator:
    return page.locator(".cm-content")


def plane(page: Page) -> Locator:
    return page.get_by_role("group", name="The plane with its points")


def colors(page: Page) -> int:
    """How many different colours the plane has."""
    count: int = page.locator(".plane .ground").evaluate(
        "c => new Set(new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer)).size"
    )
    return count


def test_what_is_chosen_is_written_trained_and_seen(open_page: Open) -> None:
    page = open_page()
    panel = opened(page)
    panel.get_by_role("button", name="Write a training program").click()
    panel.get_by_role("button", name="One layer fewer").click()
    panel.get_by_role("button", name="One neuron fewer in layer 1").click()
    for field, value in (("points", "12"), ("turns", "40")):
        panel.get_by_role("textbox", name=field).fill(value)
        page.keyboard.press("Enter")
    expect(program(page)).to_contain_text("net = MLP(2, [5, 1])")
    expect(program(page)).to_contain_text("X, y = moons(12, 0.1)")
    expect(page.locator(".stage .neuron")).to_have_count(6)  # where it begins is seen before it has learned
    train(panel)
    expect(panel.get_by_text(re.compile(r"^Step 40, loss 0\."))).to_be_visible()
    assert colors(page) > 20
    stage = page.get_by_role("region", name="Training")
    expect(stage.get_by_role("img", name=re.compile(r"^Loss: 0\.\d+ after 40"))).to_be_visible()
    expect(stage.get_by_role("img", name=re.compile(r"^layers\[0\]: 15 gradients, mean size"))).to_be_visible()
    expect(stage.get_by_text("The graph of sample 0:")).to_be_visible()
    expect(stage.locator(".sample g.node").first).to_be_visible()
    stage.get_by_role("button", name="log").click()
    heights = [float(text) for text in stage.locator(".loss text[text-anchor=end]").all_text_contents()]
    assert len(heights) > 1
    assert min(heights) > 0
    panel.get_by_role("button", name="Compare").click()
    panel.get_by_role("combobox", name="optimizer").select_option("adam")
    train(panel)
    expect(stage.get_by_role("img", name=re.compile(r"after 40, dashed 0\.\d+"))).to_be_visible()
    assert stage.locator(".loss .before").get_attribute("d")
    expect(program(page)).to_contain_text("optimizer = Adam(net.parameters(), lr)")


def test_a_step_is_a_graph_of_its_own_behind_a_link(open_page: Open) -> None:
    page = open_page(SMALL)
    panel = opened(page)
    step = panel.get_by_role("button", name="One update")
    for number in (1, 2):
        step.click()
        expect(panel.get_by_text(re.compile(rf"^Step {number}, loss"))).to_be_visible()
    plane(page).focus()
    for key in ("ArrowLeft", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    link = panel.get_by_role("link", name=re.compile(r"^Open step 2 as a graph, for sample \d+"))
    source = parse_qs(urlsplit(link.get_attribute("href") or "").query)["source"][0]
    document = page.evaluate(ASKING, json.dumps({"source": source}))
    weights = [node["data"] for node in document["nodes"] if node["kind"] == "parameter"]
    assert len(weights) == 13
    assert "p.data = w" in source


def test_the_learning_rate_acts_at_once(open_page: Open) -> None:
    page = open_page(SMALL.replace("range(40)", "range(4000)").replace("% 4", "% 400"))
    panel = opened(page)
    panel.get_by_role("combobox", name="speed").select_option("2")
    train(panel)
    with page.expect_request(lambda asked: "inputs" in (asked.post_data or "") and "/train/" in asked.url) as told:
        panel.get_by_role("slider", name="learning rate").fill("-2")
    assert json.loads(told.value.post_data or "") == {"inputs": {"lr": 0.01}}
    expect(program(page)).to_contain_text("lr = 0.01")
    panel.get_by_role("button", name="Pause").click()
    expect(panel.get_by_role("status").filter(has_text="Paused.")).to_be_attached()
    panel.get_by_role("button", name="Back to the start").click()
    expect(panel.locator(".state")).to_be_empty()


def test_points_are_set_and_pasted(open_page: Open) -> None:
    page = open_page(SMALL)
    panel = opened(page)
    panel.get_by_text("Paste points").click()
    table = panel.get_by_role("textbox", name="Points, one in a row")
    table.fill("x, y, class\n0, 0, a\n1, one, b")
    panel.get_by_role("button", name="Take these points").click()
    expect(panel.get_by_text("Line 3 has something that is no number: 1, one, b")).to_be_visible()
    table.fill("x, y, class\n0, 0, a\n1, 1, b")
    panel.get_by_role("button", name="Take these points").click()
    expect(program(page)).to_contain_text("X = [[0, 0], [1, 1]]")
    expect(panel.get_by_role("combobox", name="data")).to_have_value("own")
    page.wait_for_timeout(700)
    plane(page).click(position={"x": 20, "y": 20})
    expect(program(page)).to_contain_text(re.compile(r"y = \[-1, 1, 1\]"))
    page.get_by_role("combobox", name="What a click does").select_option("remove")
    plane(page).focus()
    page.keyboard.press("Enter")
    expect(program(page)).to_contain_text(re.compile(r"y = \[-?1, -?1\]"))


def test_what_goes_wrong_is_said_with_its_line(open_page: Open) -> None:
    page = open_page(NAN)
    panel = opened(page)
    train(panel)
    alert = panel.get_by_role("alert").filter(has_text="at step")
    expect(alert).to_contain_text("the first node that went bad")
    alert.get_by_role("button", name=re.compile(r"^line \d")).click()
    assert page.evaluate("document.activeElement.className").startswith("cm-content")


def test_dead_neurons_are_named(open_page: Open) -> None:
    page = open_page(DEAD)
    panel = opened(page)
    train(panel)
    expect(panel.locator(".findings")).to_contain_text("Dead neurons")


@pytest.mark.parametrize(("status", "said"), [(503, "no room for another training"), (404, "There is no")])
def test_a_stream_that_is_refused_says_why(open_page: Open, complaints: list[str], status: int, said: str) -> None:
    page = open_page(SMALL)
    panel = opened(page)
    problem = json.dumps({"title": "There is no such thing", "status": status})

    def refuse(route: Route) -> None:
        route.fulfill(status=status, body=problem, content_type="application/problem+json")

    page.route(STREAM, refuse)
    train(panel)
    expect(panel.get_by_role("alert").filter(has_text=said)).to_be_visible()
    complaints[:] = [one for one in complaints if f"a status of {status}" not in one]  # the browser says so, too


def test_axe_finds_nothing_and_a_phone_shows_all_of_it(open_page: Open) -> None:
    page = open_page(SMALL, viewport=PHONE)
    panel = opened(page)
    train(panel)
    expect(panel.get_by_text(re.compile(r"^Step 40, loss"))).to_be_visible()
    panel.get_by_text("How this is fast").click()
    expect(panel.locator(".arrays code").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == {}


def test_a_program_that_is_too_long_for_one_evaluation_is_offered_a_stream(open_page: Open) -> None:
    page = open_page(SMALL.replace("moons(12", "moons(100").replace("range(40)", "range(40000)"))
    page.get_by_role("button", name="Train it: a stream has room for it").click()
    expect(page.get_by_role("tabpanel", name="Train")).to_be_visible()
