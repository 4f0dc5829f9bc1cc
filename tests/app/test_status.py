"""What people, and whoever sends requests here, are told of how it stands: readiness, a page, and where to report."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.documents import Readiness
from app.main import create_app
from app.settings import Settings
from tests.app import fakes
from tests.app.problems import check, check_raw
from tests.app.serving import Server, serving, until

GRAPH = "/api/v1/graph"
CONTACT = "mailto:security@play.example.org"


@pytest.fixture(scope="module")
def small() -> Iterator[Server]:
    """A server on which one program runs, and one waits."""
    settings = Settings(workers=1, spares=0, queue=1, queue_seconds=20.0, worker_nice=0, links="off")
    with serving(create_app(settings, target=fakes.ACT)) as server:
        yield server


def test_readiness_says_what_goes_on(client: TestClient) -> None:
    state = Readiness.model_validate_json(client.get("/readyz").content)
    assert (state.queue, state.running, state.waiting) == (100, 0, 0)
    assert all(state.walls.values())


def test_a_queue_that_is_full_is_not_ready(small: Server) -> None:
    with ThreadPoolExecutor(2) as clients:
        asked = [clients.submit(small.post, GRAPH, {"source": f"sleep 1.{n}"}) for n in range(2)]
        until(lambda: small.get("/readyz").status == 503)
        answer = small.get("/readyz")
        check_raw(answer.status, answer.headers, answer.body, "busy", "/readyz")
        assert "All places are taken" in small.get("/status").body.decode()
        assert small.get("/healthz").status == 200
        assert [one.result().status for one in asked] == [200, 200]
    until(lambda: small.get("/readyz").status == 200)


def test_a_server_whose_workers_are_gone_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    async def none(*_: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    with TestClient(create_app(Settings(workers=1, spares=0, links="off"), target=fakes.ACT)) as client:
        monkeypatch.setattr("app.pool.nursery.Nursery.fork", none)
        assert client.post(GRAPH, json={"source": "exit"}).status_code == 503
        assert "No process" in check(client.get("/readyz"), "busy").detail
        assert "All places are taken" in client.get("/status").text


def test_a_store_that_is_out_of_reach_is_told_of_and_keeps_nobody_away(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = Settings(workers=1, spares=0, links=f"sqlite:///{tmp_path}/file/links.db")
    with TestClient(create_app(settings, target=fakes.ACT)) as client:
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["links"]) == (200, "away")
        assert "Everything works but short links" in client.get("/status").text


@pytest.mark.parametrize("path", [None, "links.db"])
def test_a_store_that_is_there_or_switched_off_is_told_of_as_such(tmp_path: Path, path: str | None) -> None:
    links = f"sqlite:///{tmp_path}/{path}" if path else "off"
    with TestClient(create_app(Settings(workers=1, spares=0, links=links), target=fakes.ACT)) as client:
        assert client.get("/readyz").json()["links"] == ("reachable" if path else "off")
        assert "Everything works." in client.get("/status").text


@pytest.mark.parametrize("lang", ["en", "de"])
def test_the_page_is_whole_without_a_script(client: TestClient, lang: str) -> None:
    answer = client.get("/status", headers={"Accept-Language": lang})
    assert answer.headers["cache-control"] == "no-store"
    assert "Accept-Language" in answer.headers["vary"]
    assert f'<html lang="{lang}">' in answer.text
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    assert re.search(r"<h2 id=\"since\">\w+ 20\d\d-\d\d-\d\d \d\d:\d\d UTC</h2>", answer.text)


def test_the_page_counts(client: TestClient) -> None:
    def counted() -> list[int]:
        page = client.get("/status?lang=en").text
        return [int(found.replace(",", "")) for found in re.findall(r"<dd>([\d,]+)</dd>", page)]

    before = counted()
    client.get("/healthz")
    client.post(GRAPH, json={"source": "exit"})
    after = counted()
    assert [new - old for new, old in zip(after, before, strict=True)] == [3, 1, 0, 0]  # with the page itself


def test_where_to_report_is_said_where_somebody_listens(client: TestClient) -> None:
    place = "/.well-known/security.txt"
    check(client.get(place), "not-found", place)
    settings = Settings(links="off", security_contact=CONTACT, public_url="https://play.example.org")
    answer = TestClient(create_app(settings, target=fakes.ACT), base_url="https://play.example.org").get(place)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    said = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert said["Contact"] == CONTACT
    assert said["Canonical"] == f"https://play.example.org{place}"
    assert said["Preferred-Languages"] == "de, en"
    left = datetime.fromisoformat(said["Expires"]) - datetime.now(UTC)
    assert 170 < left.days < 365
