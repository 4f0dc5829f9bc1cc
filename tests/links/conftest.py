"""Databases to keep links in: SQLite always, PostgreSQL where it is installed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.links.store import Store
from tests.links.postgres import MISSING, new_database, postgres, programs

THREADS = 8


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL."""
    found = programs()
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING, pytrace=False)
        pytest.skip(MISSING)
    with postgres(found) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'links.db'}"
    return new_database(request.getfixturevalue("server"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Links, kept for ever."""
    with opened(url) as store:
        yield store


@contextmanager
def opened(url: str, days: int | None = None, now: list[float] | None = None) -> Iterator[Store]:
    """A store; `now` holds the time, if it is to pass as the test says."""
    store = Store(url, days, THREADS) if now is None else Store(url, days, THREADS, lambda: now[0])
    yield store
    store.close()
