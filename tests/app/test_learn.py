"""The course is served whole: contents, chapters, checks; in every language, with any program, without JavaScript."""

import json
import re
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient
from markupsafe import escape

from app.course.check import NodeCheck, NumberCheck
from app.course.courses import COURSES, FIRST
from tests.course.lint import graph_of

COURSE = COURSES[FIRST]
NUMBERS = [slug for slug, chapter in COURSE.items() if isinstance(chapter.check, NumberCheck)]


def test_the_contents_lead_to_every_chapter(engine: TestClient) -> None:
    text = engine.get("/learn").text
    places = [text.index(f'href="{escape(chapter.address)}"') for chapter in COURSE.values()]
    assert places == sorted(places)


@pytest.mark.parametrize("slug", COURSE)
def test_a_chapter_is_there_without_javascript(engine: TestClient, slug: str) -> None:
    chapter = COURSE[slug]
    response = engine.get(f"/learn/{slug}")
    assert response.status_code == 200
    assert response.url.path + (f"?{response.url.query.decode()}" if chapter.start else "") == chapter.address
    text = response.text
    assert f"<title>{chapter.title} – " in text
    assert chapter.prose in text
    assert escape(chapter.source) in text
    assert "<svg" in text
    (answer,) = re.findall(r"<noscript>\s*<p lang.*?</noscript>", text, re.DOTALL)
    assert "<details>" in answer
    assert "{answer}" not in text
    assert chapter.solution is None or escape(chapter.solution.strip()) in answer


@pytest.mark.parametrize("slug", NUMBERS)
def test_a_number_is_what_the_engine_finds(engine: TestClient, slug: str) -> None:
    chapter = COURSE[slug]
    assert isinstance(chapter.check, NumberCheck)
    text = engine.get(f"/learn/{slug}", params={"source": "x = 1.0"}).text  # whatever the reader has written
    (found,) = re.findall(r'data-part="facts">(.*?)</script>', text)
    facts = json.loads(found)
    graph = graph_of(chapter.source, chapter.check.inputs)
    assert facts == json.loads(json.dumps(chapter.check.describe(graph, chapter.source)))
    assert f"{facts['answer']:.4g}" in text


def test_a_chapter_shows_the_readers_program(engine: TestClient) -> None:
    text = engine.get("/learn/graph", params={"source": "x = 12345.0\ny = x*x"}).text
    assert "x = 12345.0" in text.partition("<textarea")[2]
    assert COURSE["graph"].title in text


@pytest.mark.parametrize("source", ["x = (", "</textarea><script>alert(1)</script>"])
def test_a_wrong_program_leaves_the_chapter(engine: TestClient, source: str) -> None:
    response = engine.get("/learn/slope", params={"source": source})
    assert response.status_code == 200
    assert COURSE["slope"].title in response.text
    assert "<script>alert" not in response.text
    assert 'class="answer"' in response.text


def test_an_address_that_asks_for_too_much_leaves_the_chapter(engine: TestClient) -> None:
    response = engine.get("/learn/slope", params={"source": "x" * 8_193})
    assert response.status_code == 414
    assert COURSE["slope"].title in response.text


def test_a_service_that_cannot_run_programs_still_shows_what_there_is_to_read(client: TestClient) -> None:
    response = client.get("/learn/backward", params={"step": 3})
    assert COURSE["backward"].prose in response.text
    assert 'class="answer"' not in response.text


def test_there_is_no_other_chapter(engine: TestClient) -> None:
    assert engine.get("/learn/nobody").status_code == 404
    assert engine.get("/learn/../01-slope").status_code == 404


def test_neighbours_are_linked(engine: TestClient) -> None:
    chapters = list(COURSE.values())
    for before, after in pairwise(chapters):
        assert f'rel="next" href="{escape(after.address)}"' in engine.get(before.address).text
        assert f'rel="prev" href="{escape(before.address)}"' in engine.get(after.address).text


def test_the_language_that_was_asked_for_stays(engine: TestClient) -> None:
    contents = engine.get("/learn?lang=de").text
    assert '<html lang="de">' in contents
    assert "/learn/graph?step=0&amp;lang=de" in contents
    assert "/learn/operations?lang=de" in contents
    response = engine.get("/learn/graph?lang=de")
    assert '<html lang="de">' in response.text
    assert response.url.query == b"step=0&lang=de"
    assert '<article class="reading" lang="de"' in response.text
    assert "Trinkgeld" in response.text


def test_a_node_is_given_by_its_name(engine: TestClient) -> None:
    chapter = COURSE["graph"]
    assert isinstance(chapter.check, NodeCheck)
    assert '"answer": "n * price"' in engine.get(chapter.address).text


def test_pages_of_the_course_have_no_script_or_style_of_their_own(engine: TestClient) -> None:
    for path in ("/learn", "/learn/slope"):
        text = engine.get(path).text
        assert not re.search(r"<style|\sstyle=|\son\w+=", text)
        assert re.findall(r'<script(?![^>]*src=)(?![^>]*type="application/json")', text) == []
        for address in re.findall(r'(?:src|href)="(/[^"?]*)', text):
            assert engine.get(address).status_code == 200, address
