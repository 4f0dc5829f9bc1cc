import math
import re
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from engine.export.svg import encode
from engine.export.view import view
from engine.nn import MLP
from engine.ops import OPS
from engine.recording import Recording, record
from engine.value import Value, apply
from tests.export.trees import loop

NAMESPACE = "{http://www.w3.org/2000/svg}"
HOSTILE = ["<b>&\"'", "]]><script>alert(1)</script>", "\0\x08\x1f\ufffe", "\ud800", "\u202eabc", "漢字" * 20, "a" * 500]


def picture(recording: Recording, drawn_nodes: int = 2_000) -> ET.Element:
    return ET.fromstring(encode(view(recording, drawn_nodes=drawn_nodes)))  # noqa: S314 - our own text


def named(root: ET.Element, role: str) -> list[str]:
    found = [one for one in root.iter() if one.get("role") == role]
    return [str(one.get("aria-label") or one.findtext(f"{NAMESPACE}title")) for one in found]


def seed() -> Recording:
    a, b, c, f = Value(2.0, "a"), Value(-3.0, "b"), Value(10.0, "c"), Value(-2.0, "f")
    output = (a * b + c) * f
    output.label = "L"
    output.backward()
    return record(output)


def net() -> Recording:
    made = MLP(3, [4, 4, 1])
    output = made([Value(1.0, "x"), Value(-2.0, "y"), Value(0.5, "z")])
    assert isinstance(output, Value)
    output.backward()
    return record(output)


PICTURES: dict[str, Callable[[], Recording]] = {
    "nothing": lambda: record(None),
    "a leaf": lambda: record(Value(1.0, "x")),
    "the seeds' expression": seed,
    "twice": lambda: record(Value(3.0) * 2.0),
    "a net": net,
    "scopes": lambda: loop(30, 10),
}


def test_nodes_and_edges_have_the_names_that_the_page_gives_them() -> None:
    root = picture(seed())
    assert (root.get("role"), root.get("aria-label")) == ("graphics-document", "Computation graph")
    assert named(root, "graphics-object")[0] == "a, input, data 2, grad 6"
    assert named(root, "graphics-object")[-1] == "L, *, data -8, grad 1"
    assert named(root, "graphics-symbol")[0] == "a to *, local derivative -3, flow 6"
    texts = [one.text for one in root.iter(f"{NAMESPACE}text")]
    assert {"a", "data 2", "grad 6", "*", "∂ -3"} <= set(texts)


@pytest.mark.parametrize("name", PICTURES)
def test_it_is_well_formed_self_contained_and_inside_its_frame(name: str) -> None:
    recording = PICTURES[name]()
    drawn = view(recording, drawn_nodes=100)
    text = encode(drawn)
    root = ET.fromstring(text)  # noqa: S314
    assert len(named(root, "graphics-object")) == len(drawn.numbers) + len(drawn.boxes)
    assert len(named(root, "graphics-symbol")) == len(drawn.edges.source)
    assert not re.search(r"<(script|style|image|use|foreignObject)|style=|href|url\(|\bon\w+=|\bid=", text)
    assert not re.search(r"\b(nan|inf)\b", text)
    width, height = float(str(root.get("width"))), float(str(root.get("height")))
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    for place in re.findall(r"translate\(([-\d.]+),([-\d.]+)\)", text):
        assert 0 < float(place[0]) < width
        assert 0 < float(place[1]) < height


def test_nothing_says_so() -> None:
    assert "There is no Value to draw." in encode(view(record(None), drawn_nodes=10))


@pytest.mark.parametrize("label", HOSTILE)
def test_any_label_is_text_and_nothing_else(label: str) -> None:
    x = Value(1.0, label)
    root = picture(record(x + x))
    tags = {one.tag.removeprefix(NAMESPACE) for one in root.iter()}
    assert tags == {"svg", "title", "desc", "g", "path", "text"}
    shown = named(root, "graphics-object")[0]
    assert shown == re.sub("[\0-\x1f\ufffe\ud800]", "\ufffd", label) + ", input, data 1, grad 0"


def test_wide_characters_have_room() -> None:
    assert float(str(picture(record(Value(1.0, "漢" * 18))).get("width"))) > 18 * 2 * 7


def test_an_operand_used_twice_is_drawn_twice_at_different_heights() -> None:
    x = Value(3.0)
    root = picture(record(x * x))
    paths = [one.find(f"{NAMESPACE}path") for one in root.iter() if one.get("role") == "graphics-symbol"]
    assert len({one.get("d") for one in paths if one is not None}) == 2


def test_the_sign_of_a_flow_has_a_hue_and_its_size_a_width() -> None:
    root = picture(seed())
    paint = {}
    for one in root.iter():
        path = one.find(f"{NAMESPACE}path")
        if one.get("role") == "graphics-symbol" and path is not None:
            paint[one.findtext(f"{NAMESPACE}title", "").split(" to ")[0]] = (
                path.get("stroke"),
                float(path.get("stroke-width", 1)),
            )
    assert paint["a"][0] == paint["f"][0] != paint["b"][0] == paint["c"][0]
    assert paint["a"][1] > paint["b"][1] > paint["c"][1]


def test_flows_that_are_no_numbers_are_drawn() -> None:
    x = Value(-1.0, "x")
    output = apply(OPS["log"], x) * Value(math.inf, "y")
    output.backward()
    assert "flow NaN" in " ".join(named(picture(record(output)), "graphics-symbol"))


def test_a_collapsed_scope_is_a_card_that_says_what_it_stands_for() -> None:
    root = picture(loop(3, 20), drawn_nodes=10)
    assert "i#1, turn, 62 nodes" in named(root, "graphics-object")


def test_a_hundred_nodes_are_drawn_at_once_and_two_thousand_soon() -> None:
    def seconds(recording: Recording) -> float:
        drawn = view(recording, drawn_nodes=2_000)
        started = time.process_time()
        encode(drawn)
        return time.process_time() - started

    small, large = loop(7, 5, scoped=False), loop(120, 5, scoped=False)
    assert len(small) > 117
    assert len(large) > 2_000
    assert min(seconds(small) for _ in range(3)) < 0.1
    assert min(seconds(large) for _ in range(2)) < 2.5


SPILT = """() => [...document.querySelectorAll('[role=graphics-object]')].filter((group) => {
  const card = group.querySelector('path').getBoundingClientRect();
  return [...group.querySelectorAll('text')].some((text) => {
    const box = text.getBoundingClientRect();
    return box.left < card.left || box.right > card.right || box.bottom > card.bottom;
  });
}).length"""
OVERLAPPING = """() => {
  const boxes = [...document.querySelectorAll('[role=graphics-object]')].map((group) => group.getBoundingClientRect());
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)).length;
}"""


@pytest.mark.browser
def test_a_browser_draws_it_and_axe_finds_nothing(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "picture.html"
    drawn = encode(view(net(), drawn_nodes=100))
    file.write_text(f'<!doctype html><html lang="en"><title>A net</title><main><h1>A net</h1>{drawn}</main>', "utf-8")
    page.goto(file.as_uri())
    broken = Axe().run(page).response["violations"]
    assert not [(one["id"], one["nodes"][0]["html"][:200]) for one in broken]
    assert page.evaluate(OVERLAPPING) == 0
    assert page.evaluate(SPILT) == 0
