"""Applications to ask: with fakes in the workers, and with the engine."""

import gzip
from collections.abc import Iterator
from functools import cache

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.app import fakes
from tests.app.serving import Server, serving


@pytest.fixture(scope="session", autouse=True)
def _packed_once() -> Iterator[None]:
    """Pack the files of the page once: a hundred applications send the same ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gzip, "compress", cache(gzip.compress))
        yield


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """An application whose programs are the deeds of `fakes`."""
    with TestClient(
        create_app(Settings(workers=2, worker_nice=0), target=fakes.ACT), raise_server_exceptions=True
    ) as client:
        yield client


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The same application behind a real socket, with one worker, a short queue and little patience."""
    settings = Settings(workers=1, spares=1, queue=2, queue_seconds=0.3, body_seconds=0.5, worker_nice=0)
    with serving(create_app(settings, target=fakes.ACT)) as server:
        yield server


@pytest.fixture(scope="session")
def engine() -> Iterator[TestClient]:
    """An application that runs programs, and has patience on a busy machine."""
    with TestClient(create_app(Settings(workers=1, worker_nice=0, queue_seconds=30.0))) as client:
        yield client
