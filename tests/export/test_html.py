"""The exported page steps and computes in a browser, from a file, with nobody to ask."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Page

from engine.document import Request, evaluate
from engine.examples import EXAMPLES
from engine.explain.figures import number
from engine.export import FORMATS
from engine.export.html import DRAWN
from tests.export.subjects import SOURCES, labelled, subject
from tests.export.test_hostile import HOSTILE

# What stands in the cards that have two numbers, and the first input with its number.
NUMBERS = """() => [...document.querySelectorAll('[role=graphics-object]')]
    .map((card) => [...card.querySelectorAll('text')].map((one) => one.textContent.split(' ')))
    .map((texts) => ['data', 'grad'].map((name) => texts.find((words) => words[0] === name && words.length === 2)?.[1]))
    .filter((pair) => pair.every((one) => one !== undefined))"""
MOVED = "(label) => [label.firstChild.textContent.trim(), label.querySelector('input').value]"
SHOWN = "() => [...document.querySelectorAll('[role=graphics-object]')].map((one) => one.textContent)"


class Elements(HTMLParser):
    """The elements of a page with the names of their attributes, and the text of its data."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [name for name, _ in attrs]))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_any_label_is_text_and_nothing_else() -> None:
    plain = Elements(FORMATS["html"].write(labelled("name")).decode()).found
    for label in HOSTILE.values():
        page = Elements(FORMATS["html"].write(labelled(label)).decode())
        assert page.found == plain
        (document,) = [text for text in page.texts if text.startswith('{"directed"')]
        assert json.loads(document)["nodes"][0]["label"] == label.replace("\ud800", "\ufffd")


def opened(page: Page, tmp_path: Path, source: str) -> list[str]:
    """Opens a program's page; what goes wrong in it."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    file = tmp_path / "page.html"
    file.write_bytes(FORMATS["html"].write(subject(source)))
    page.goto(file.as_uri())
    return wrong


@pytest.mark.browser
def test_every_example_s_page_shows_the_numbers_and_moves_them(page: Page, tmp_path: Path) -> None:
    moved = set()
    for name, source in [(one.name, one.source) for one in EXAMPLES]:
        wrong = opened(page, tmp_path, source)
        assert page.locator("#told").text_content(), name
        assert numbers(page) == drawn(source, {}), name
        slider = page.locator("#inputs label").first
        if slider.count():
            slider.locator("input").press("ArrowRight")
            key, value = slider.evaluate(MOVED)
            assert numbers(page) == pytest.approx(drawn(source, {key: float(value)}), rel=1e-5, nan_ok=True), name
            moved.add(name)
        assert wrong == [], name
    assert {"expression", "neuron"} <= moved


def numbers(page: Page) -> list[float]:
    """Number and gradient of each card, one after the other."""
    return [float(text) for pair in page.evaluate(NUMBERS) for text in pair]


def drawn(source: str, inputs: dict[str, float]) -> list[float]:
    """The same as the engine has them, to as many digits."""
    nodes = subject(source, inputs).within(DRAWN).nodes
    rows = [row for row, kind in enumerate(nodes.kind) if kind != "constant"]
    return [float(number(one or 0.0)) for row in rows for one in (nodes.data[row], nodes.grad[row])]


@pytest.mark.browser
def test_a_moved_input_moves_everything_as_the_engine_does(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, SOURCES["expression"])
    page.locator("#inputs input").first.fill("3")
    expected = evaluate(Request(source=SOURCES["expression"], inputs={"a": 3.0})).view.nodes
    texts = page.evaluate(SHOWN)
    for text, data, grad in zip(texts, expected.data, expected.grad, strict=True):
        assert f"data {data:g}" in text
        assert f"grad {grad:g}" in text
    names = page.evaluate(
        "() => [...document.querySelectorAll('[role=graphics-symbol] title')].map((one) => one.textContent)"
    )
    assert "b to *, local derivative 3, flow -6" in names
    assert page.locator("[role=graphics-symbol] text", has_text="∂ 3").count() == 1


@pytest.mark.browser
def test_steps_go_forward_and_back(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, SOURCES["expression"])
    page.locator("#step").fill("4")
    assert page.locator("#told").text_content() == "4 / 7: seed, L *"
    assert [text.endswith("grad") for text in page.evaluate(SHOWN)] == [True] * 6 + [False]
    page.locator("#back").click()
    assert page.locator("#told").text_content() == "3 / 7: forward, L *"
    for _ in range(4):
        page.locator("#next").click()
    assert all("grad" in text and not text.endswith("grad") for text in page.evaluate(SHOWN))
