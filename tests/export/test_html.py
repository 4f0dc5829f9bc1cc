"""The exported page steps and computes in a browser, from a file, with nobody to ask."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from engine.document import Request, evaluate
from engine.examples import EXAMPLES
from engine.export import FORMATS
from tests.browser import CHROMIUM
from tests.export.subjects import SOURCES, labelled, subject
from tests.export.test_hostile import HOSTILE

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


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_context(offline=True).new_page()
        browser.close()


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
def test_every_example_s_page_shows_the_numbers(page: Page, tmp_path: Path) -> None:
    for name, source in [(one.name, one.source) for one in EXAMPLES]:
        wrong = opened(page, tmp_path, source)
        assert wrong == [], name
        assert page.locator("#told").text_content(), name


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
