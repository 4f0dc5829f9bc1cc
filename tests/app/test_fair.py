"""One client beside others, in the service as a whole: what is granted, what is refused, and what costs nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.clients.passes import Passes
from app.clients.rates import BRIEF, WHOLE
from app.main import create_app
from app.seal import Seal
from app.settings import Settings
from tests.app import fakes
from tests.app.problems import check

GRAPH, BATCH, TRAIN = "/api/v1/graph", "/api/v1/batch", "/api/v1/train"
WORDS = "sixteen letters, or more"
BURST = 2
BRIEF_BURST = BURST * WHOLE // BRIEF


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A service behind a proxy, with little to give."""
    settings = Settings(
        workers=1,
        worker_nice=0,
        rate=1,
        burst=BURST,
        raised="192.0.2.99/32=2",
        trusted_hops="1",
        secret=WORDS,
        links="off",
    )
    app = create_app(settings, target=fakes.ACT, stream=fakes.STREAM)
    with TestClient(app, headers={"X-Forwarded-For": "192.0.2.1"}) as found:
        yield found


def graph(client: TestClient, number: int, **headers: str) -> Any:  # noqa: ANN401  # httpx's
    return client.post(GRAPH, json={"source": "graph", "seed": number}, headers=headers)


def spent(client: TestClient, start: int = 0, **headers: str) -> int:
    """How many programs are run until one is refused."""
    return next(number for number in range(200) if graph(client, start + number, **headers).status_code == 429)


def test_who_asks_too_much_is_told_when_to_ask_again(client: TestClient) -> None:
    first = graph(client, 0)
    assert first.headers["RateLimit-Policy"] == '"programs";q=2;w=120'
    assert first.headers["RateLimit"] == '"programs";r=1;t=120'
    assert spent(client, 1) == BRIEF_BURST - 1
    refused = graph(client, 100)
    document = check(refused, "too-many")
    assert document.status == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 120
    assert refused.headers["RateLimit"].startswith('"programs";r=0;t=')
    assert "Retry-After" in refused.headers["Access-Control-Expose-Headers"]
    assert "RateLimit" in refused.headers["Access-Control-Expose-Headers"]


def test_others_are_others(client: TestClient) -> None:
    assert spent(client) == BRIEF_BURST
    assert graph(client, 300, **{"X-Forwarded-For": "192.0.2.2"}).status_code == 200
    assert graph(client, 301, **{"X-Forwarded-For": "192.0.2.2, 192.0.2.1"}).status_code == 429
    assert spent(client, 400, **{"X-Forwarded-For": "192.0.2.99"}) == 2 * BRIEF_BURST


def test_an_answer_that_is_kept_and_whatever_runs_nothing_costs_nothing(client: TestClient) -> None:
    assert graph(client, 0).status_code == 200
    assert spent(client, 1) == BRIEF_BURST - 1
    again = graph(client, 0)
    assert again.status_code == 200
    assert "RateLimit" not in again.headers
    for path in ("/healthz", "/readyz", "/api/v1/limits", "/api/v1/ops", "/api/v1/examples"):
        assert client.get(path).status_code == 200
    assert client.post(GRAPH, json={"sorce": "graph"}).status_code == 422


def test_batches_and_trainings_cost_a_whole_one(client: TestClient) -> None:
    assert client.post(BATCH, json={"programs": []}).headers["RateLimit"].startswith('"programs";r=1;')
    assert client.post(TRAIN, json={"source": "wrong"}).headers["RateLimit"].startswith('"programs";r=0;')
    check(client.post(BATCH, json={"programs": []}), "too-many")
    check(client.post(TRAIN, json={"source": "wrong"}), "too-many")


def test_making_links_costs_a_whole_one(tmp_path: Path) -> None:
    settings = Settings(workers=1, worker_nice=0, rate=1, burst=2, raised="", links=f"sqlite:///{tmp_path}/links.db")
    with TestClient(create_app(settings)) as client:
        made = [client.post("/api/v1/links", json={"source": "a = 2.0\nL = a * a", "step": n}) for n in range(3)]
    assert [answer.status_code for answer in made] == [201, 429, 429]


def test_a_pass_raises_a_class(client: TestClient) -> None:
    token = Passes(Seal(WORDS)).made("algebra", 3, days=1)
    assert spent(client, 0, **{"Autograd-Pass": token}) == 3 * BRIEF_BURST
    assert spent(client, 500) == BRIEF_BURST


def test_this_machine_feels_no_limit() -> None:
    settings = Settings(workers=1, worker_nice=0, rate=1, burst=1, links="off")
    with TestClient(create_app(settings, target=fakes.ACT)) as client:
        for number in range(30):
            answer = graph(client, number)
            assert answer.status_code == 200
            assert "RateLimit" not in answer.headers
