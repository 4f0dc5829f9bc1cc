"""What does not depend on a program: complete, in the engine's own words, and kept."""

import re

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from app.documents import ExampleDocument, LimitDocument, OpDocument
from app.routes.catalog import LISTED, TOLD, told
from app.texts import CATALOGUES, FIRST
from engine.examples import LEVELS, PROGRAMS
from engine.language.limits import Limits
from engine.ops import OPS

CATALOG: dict[str, tuple[type, list[str]]] = {
    "ops": (OpDocument, list(OPS)),
    "examples": (ExampleDocument, [example.name for example in PROGRAMS]),
    "limits": (LimitDocument, [str(limit["name"]) for limit in Limits().describe()]),
}


@pytest.mark.parametrize("name", CATALOG)
def test_the_list_is_complete_and_of_the_documented_shape(client: TestClient, name: str) -> None:
    model, names = CATALOG[name]
    response = client.get(f"/api/v1/{name}")
    assert response.status_code == 200
    assert [entry["name"] for entry in response.json()] == names
    entries = TypeAdapter(list[model]).validate_json(response.content)  # type: ignore[valid-type]
    assert len(entries) == len(names) > 0


@pytest.mark.parametrize("name", CATALOG)
def test_the_list_is_kept(client: TestClient, name: str) -> None:
    tag = client.get(f"/api/v1/{name}").headers["etag"]
    again = client.get(f"/api/v1/{name}", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_operations_are_the_rulebooks_own_words(client: TestClient) -> None:
    assert client.get("/api/v1/ops").json() == [op.describe() for op in OPS.values()]


def test_budgets_are_those_in_force(client: TestClient) -> None:
    assert client.get("/api/v1/limits").json() == Limits().describe()


def test_every_language_tells_of_every_example() -> None:
    assert TOLD.keys() == CATALOGUES.keys() - {FIRST}
    assert told(FIRST) == LISTED
    for words in TOLD.values():
        assert words.keys() == {"levels", "examples"}
        assert tuple(words["levels"]) == LEVELS
        assert list(words["examples"]) == [one["name"] for one in LISTED]
        assert all(one.keys() == {"title", "sentence"} and all(one.values()) for one in words["examples"].values())


@pytest.mark.parametrize("lang", CATALOGUES)
def test_the_page_offers_them_level_by_level_in_its_language(client: TestClient, lang: str) -> None:
    page = client.get("/", params={"lang": lang}).text
    chooser = page.partition('<select id="example"')[2].partition("</select>")[0]
    levels = list(dict.fromkeys(one["level"] for one in told(lang)))
    assert [one.lower() for one in re.findall(r'<optgroup label="([^"]+)"', chooser)] == [one.lower() for one in levels]
    assert re.findall(r'<option value="([^"]+)"', chooser) == [one.name for one in PROGRAMS]
    assert all(one["title"].partition("'")[0] in chooser for one in told(lang))
