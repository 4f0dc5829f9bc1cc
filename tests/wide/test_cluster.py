"""Programs run on a cluster as they do here; a node that is lost costs a second run, and nothing else is lost."""

import asyncio
import json
import signal
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import app.pool.cluster
from app.main import create_app
from app.pool.job import Lost, MemoryUp, RunError, TimeUp
from app.pool.pools import pool_of
from app.pool.workers import Pool, boxed
from app.settings import Settings
from engine.document import run
from tests.app import fakes
from tests.app.serving import serving, until
from tests.wide.servers import Nodes, dask, free_port

SEED = {"source": "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f"}
PATIENCE = 30.0


@pytest.fixture(scope="module")
def cluster() -> Iterator[Nodes]:
    with dask(nodes=1, threads=4) as nodes:
        yield nodes


def settings(cluster: Nodes, workers: int = 2) -> Settings:
    return Settings(workers=workers, executor=cluster.address, queue_seconds=4.0, links="off")


def outcome(pool: Pool, source: str) -> "asyncio.Future[bytes]":
    return pool.submit(json.dumps({"source": source}).encode()).answer


def play(cluster: Nodes, scenario: Callable[[Pool], Awaitable[None]], workers: int = 2) -> None:
    """Run a scenario with a pool of places whose programs are the deeds of `fakes`."""

    async def main() -> None:
        pool = pool_of(settings(cluster, workers), boxed(), fakes.ACT)
        await pool.open()
        try:
            await scenario(pool)
        finally:
            await pool.close()
        assert pool.ready == pool.running == pool.waiting == 0

    asyncio.run(main())


def descendants(root: int) -> set[int]:
    """The processes below one: those of a node fork, and run programs."""
    below = {int(pid) for path in Path(f"/proc/{root}/task").glob("*/children") for pid in path.read_text().split()}
    return below.union(*map(descendants, below))


def test_a_program_has_the_answer_that_it_has_here(cluster: Nodes) -> None:
    with TestClient(create_app(settings(cluster))) as client:
        graph = client.post("/api/v1/graph", json=SEED)
        wrong = client.post("/api/v1/graph", json={"source": "y = flaot(1.0)"})
        walls = client.get("/readyz").json()["walls"]
    assert graph.content == run(json.dumps({"verb": "graph", **SEED}).encode())[1:]
    assert (wrong.status_code, wrong.json()["diagnostics"][0]["hint"]) == (422, "did you mean `float`?")
    with TestClient(create_app(Settings(workers=1, spares=0, links="off", executor=""))) as client:
        assert client.get("/readyz").json()["walls"] == walls


def test_what_goes_wrong_on_a_node_is_what_goes_wrong_here(cluster: Nodes) -> None:
    expected: dict[str, type[RunError]] = {"spin 9": TimeUp, "crash": Lost, "grow 4000": MemoryUp}

    async def scenario(pool: Pool) -> None:
        jobs = {source: outcome(pool, source) for source in expected}
        for source, error in expected.items():
            with pytest.raises(error):
                await jobs[source]
        assert await outcome(pool, "graph") == b"+" + fakes.GRAPH

    play(cluster, scenario, workers=3)


def test_a_node_stops_what_nobody_waits_for(cluster: Nodes) -> None:
    async def scenario(pool: Pool) -> None:
        assert await outcome(pool, "graph")
        node = cluster.nodes[0].process.pid
        before = descendants(node)
        job = pool.submit(json.dumps({"source": "sleep 1.9"}).encode())
        await asyncio.sleep(0.3)
        pool.abandon(job)
        end = time.monotonic() + PATIENCE
        while before <= descendants(node):
            assert time.monotonic() < end, "it slept to its end"
            await asyncio.sleep(0.05)

    play(cluster, scenario, workers=1)


def test_a_lost_node_loses_nothing_and_a_lost_cluster_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.pool.cluster, "PAUSE_SECONDS", 0.2)
    monkeypatch.setattr(app.pool.cluster, "SIGN_SECONDS", 3.0)
    with dask(nodes=2) as cluster, serving(create_app(settings(cluster, 3), target=fakes.ACT)) as server:

        def status(source: str) -> int:
            return server.post("/api/v1/graph", {"source": source}).status

        with ThreadPoolExecutor(3) as clients:
            answers = [clients.submit(status, f"sleep 0.1{number}") for number in range(40)]
            until(lambda: sum(answer.done() for answer in answers) > 10, PATIENCE)
            cluster.nodes[0].signal(signal.SIGKILL)
            assert [answer.result() for answer in answers] == [200] * len(answers)
        cluster.nodes[1].signal(signal.SIGKILL)
        assert status("sleep 0.2") == 503
        until(lambda: server.get("/readyz").status == 503, PATIENCE)
        cluster.scheduler.signal(signal.SIGKILL)
        assert status("sleep 0.3") == 503
        assert server.get("/healthz").status == 200
        with dask(nodes=1, address=cluster.address):
            until(lambda: status("sleep 0.4") == 200, PATIENCE)
            assert server.get("/readyz").status == 200


def test_a_server_whose_cluster_does_not_answer_does_not_start() -> None:
    silent = Settings(executor=f"tcp://127.0.0.1:{free_port()}", links="off")
    with pytest.raises(RuntimeError, match="no worker could be started for"), TestClient(create_app(silent)):
        pass
