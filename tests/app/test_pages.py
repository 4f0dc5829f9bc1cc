"""The page shows what the address asks for, with or without JavaScript."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from markupsafe import escape

from app.main import create_app
from app.settings import Settings
from engine.examples import EXAMPLES
from tests.app import fakes


@pytest.fixture(scope="module")
def page() -> Iterator[TestClient]:
    with TestClient(create_app(Settings(workers=1, worker_nice=0), target=fakes.PAGE)) as client:
        yield client


def program(text: str) -> str:
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", text, re.DOTALL)
    assert found
    return found[1]


def test_the_first_example_is_what_there_is_to_see_at_first(page: TestClient) -> None:
    response = page.get("/")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert program(response.text) == str(escape(EXAMPLES[0].source))
    assert f"<desc>{len(EXAMPLES[0].source)}</desc>" in response.text


def test_an_example_is_shown_by_its_name(page: TestClient) -> None:
    text = page.get("/", params={"example": EXAMPLES[-1].name}).text
    assert f"<desc>{len(EXAMPLES[-1].source)}</desc>" in text


def test_a_program_in_the_address_is_shown_and_drawn(page: TestClient) -> None:
    response = page.get("/", params={"source": "x = 12345"})
    assert program(response.text) == "x = 12345"
    assert "<desc>9</desc>" in response.text


@pytest.mark.parametrize(
    "source", ["</textarea><script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "</script><b>"]
)
def test_a_program_is_text_wherever_it_stands(page: TestClient, source: str) -> None:
    text = page.get("/", params={"source": source}).text
    assert source not in text
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_what_a_program_printed_is_text(page: TestClient) -> None:
    assert "<b>printed</b>" not in page.get("/").text


def test_a_wrong_program_is_shown_with_what_is_wrong(page: TestClient) -> None:
    response = page.get("/", params={"source": "wrong"})
    assert response.status_code == 200
    assert program(response.text) == "wrong"
    assert "there is no tahn" in response.text
    assert "did you mean tanh?" in response.text


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ({"example": "nope"}, 404, "There is no example of that name."),
        ({"source": "x" * 8_193}, 414, "Longer programs are sent in a body, with POST."),
    ],
)
def test_an_address_that_asks_for_too_much_still_gets_a_page(
    page: TestClient, query: dict[str, str], status: int, message: str
) -> None:
    response = page.get("/", params=query)
    assert response.status_code == status
    assert message in response.text


def test_a_process_that_breaks_still_leaves_a_page(client: TestClient) -> None:
    response = client.get("/", params={"source": "crash"})
    assert response.status_code == 503
    assert program(response.text) == "crash"


def test_pages_load_only_files_that_exist(page: TestClient) -> None:
    for path in ("/", "/api/docs", "/problems/busy"):
        text = page.get(path).text
        for address in re.findall(r'(?:src|href)="(/[^"]*)"', text):
            assert page.get(address).status_code == 200, address


def test_pages_have_no_script_or_style_of_their_own(page: TestClient) -> None:
    for path in ("/", "/api/docs", "/problems/busy"):
        text = page.get(path).text
        assert not re.search(r"<style|\sstyle=|\son\w+=", text)
        assert re.findall(r'<script(?![^>]*src=)(?![^>]*type="application/json")', text) == []
        assert "://" not in re.sub(r"<(a|link rel=.alternate.) [^>]*>", "", text).replace("http://www.w3.org/", "")
