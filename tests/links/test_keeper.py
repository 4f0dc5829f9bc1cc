"""When the store is full, cannot be written to, hangs or is away: it is said so, and nothing else stops."""

import asyncio
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from app.links import keeper
from app.links.keeper import Away, Full, Keeper
from app.links.state import LinkState
from app.links.store import Answer, Kept, Made, Store
from app.main import create_app
from app.settings import Settings
from tests.app.problems import check

ANSWER = Answer("0" * 64, "1" * 64)
STATE = LinkState(source="a = 2.0")
BODY = {"source": "a = 2.0\nL = a * a"}
NOBODY = 65_534
CLOSED = "postgresql://nobody@127.0.0.1:9/links"


@contextmanager
def told_to_every_connection(store: Store, pragma: str) -> Iterator[None]:
    def tell(connection: Any, _: object) -> None:  # noqa: ANN401
        connection.execute(pragma)

    event.listen(store._engine, "connect", tell)
    store._engine.dispose()
    yield
    event.remove(store._engine, "connect", tell)
    store._engine.dispose()


@contextmanager
def serving(url: str) -> Iterator[tuple[TestClient, Store]]:
    app = create_app(Settings(workers=1, spares=0, worker_nice=0, links=url))
    with TestClient(app) as client:
        yield client, app.state.services.links._store


@contextmanager
def unprivileged() -> Iterator[None]:
    """Root may write to every file; somebody else may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everybody may look into."""
    made = Path(tempfile.mkdtemp(prefix="links-"))
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


def kept(url: str, deeds: Callable[[Keeper], Any]) -> Any:  # noqa: ANN401  # whatever they give
    """What these do with a keeper, in a loop of their own."""

    async def run() -> Any:  # noqa: ANN401
        made = Keeper(url, None)
        await made.open()
        try:
            return await deeds(made)
        finally:
            await made.close()

    return asyncio.run(run())


def test_a_full_disk_refuses_new_links_and_nothing_else(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path}/links.db") as (client, store):
        made = client.post("/api/v1/links", json=BODY).json()
        with told_to_every_connection(store, "PRAGMA max_page_count = 1"):
            long = {"source": "a = 2.0\nL = a * a # " + "x" * 60_000}
            check(client.post("/api/v1/links", json=long), "links-full", "/api/v1/links")
            assert client.get(f"/z/{made['id']}").status_code == 200
            assert client.post("/api/v1/graph", json=BODY).status_code == 200
        assert client.post("/api/v1/links", json=long).status_code == 201


def test_a_disk_that_became_read_only_refuses_new_links_and_opens_the_others(folder: Path) -> None:
    path = folder / "links.db"
    url = f"sqlite:///{path}"

    async def make(links: Keeper) -> Made:
        return await links.make(STATE, ANSWER)

    made: Made = kept(url, make)
    path.chmod(0o444)
    folder.chmod(0o555)

    async def try_all(links: Keeper) -> Kept | None:
        for refused in (links.make(LinkState(source="a = 3.0"), ANSWER), links.give_up(made.id, made.token)):
            with pytest.raises(Away):
                await refused
        return await links.find(made.id)

    with unprivileged():
        found = kept(url, try_all)
    assert found.state == STATE.canonical()


@pytest.mark.parametrize("url", [CLOSED, "sqlite:////proc/nowhere/links.db"])
def test_a_store_that_is_away_is_no_reason_not_to_serve(url: str) -> None:
    with serving(url) as (client, _):
        check(client.post("/api/v1/links", json=BODY), "links-away", "/api/v1/links")
        check(client.get("/api/v1/links/abcdefghij"), "links-away")
        check(client.get("/z/abcdefghij.json"), "links-away")
        page = client.get("/z/abcdefghij")
        assert page.status_code == 503
        assert "Links cannot be reached at the moment" in page.text
        assert client.get("/").status_code == 200


def test_a_store_that_comes_back_is_used_again(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("a file where the folder should be")
    with serving(f"sqlite:///{tmp_path}/there/links.db") as (client, _):
        check(client.post("/api/v1/links", json=BODY), "links-away")
        (tmp_path / "there").unlink()
        assert client.post("/api/v1/links", json=BODY).status_code == 201


def test_a_store_that_hangs_is_given_up_and_the_loop_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    let_go = threading.Event()
    monkeypatch.setattr(keeper, "SECONDS", 1.0)
    monkeypatch.setattr(Store, "find", lambda *_: let_go.wait(30))

    async def deeds(made: Keeper) -> int:
        asking = asyncio.create_task(made.find("abc"))
        beats = 0
        while not asking.done():
            await asyncio.sleep(0.01)
            beats += 1
        let_go.set()
        with pytest.raises(Away):
            asking.result()
        return beats

    assert kept(f"sqlite:///{tmp_path}/links.db", deeds) > 5


def test_no_more_than_so_many_wait(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(keeper, "MOST", 3)
    monkeypatch.setattr(Store, "clear", lambda _: 0)
    monkeypatch.setattr(Store, "find", lambda *_: time.sleep(0.1))

    async def deeds(made: Keeper) -> list[bool]:
        await asyncio.sleep(0.05)
        asked = await asyncio.gather(*(made.find("abc") for _ in range(8)), return_exceptions=True)
        return [isinstance(one, Away) for one in asked]

    assert kept(f"sqlite:///{tmp_path}/links.db", deeds) == [False] * 3 + [True] * 5


def test_what_expires_is_cleared_while_it_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    cleared: list[int] = []
    monkeypatch.setattr(keeper, "CLEARING_SECONDS", 0.01)
    monkeypatch.setattr(Store, "clear", lambda _: cleared.append(1))

    async def deeds(_: Keeper) -> None:
        await asyncio.sleep(0.2)

    kept(f"sqlite:///{tmp_path}/links.db", deeds)
    assert len(cleared) > 2


def test_a_full_disk_of_postgresql_is_one_too() -> None:
    """What its driver tells of a full disk; a real one would have to be filled."""
    told = DBAPIError("INSERT", {}, Exception({"S": "ERROR", "C": "53100", "M": "could not extend file"}))
    other = DBAPIError("INSERT", {}, Exception({"S": "ERROR", "C": "25006", "M": "read-only transaction"}))
    assert keeper._is_full(told)
    assert not keeper._is_full(other)
    assert issubclass(Full, Away)
