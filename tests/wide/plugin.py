"""For pytest, with `-p tests.wide.plugin`: tests use the servers that the environment names, and begin with no answers.

The names of `SETTINGS` with `TESTED_` before them say which servers. Tests make settings of their own when they are
collected, so these are made after that.
"""

import os

import pytest
from redis import Redis

SETTINGS = ("AUTOGRAD_LINKS", "AUTOGRAD_REDIS_URL", "AUTOGRAD_EXECUTOR")
TESTED = "TESTED_"


def pytest_collection_finish() -> None:
    """Set what servers read."""
    os.environ.update({name: os.environ[TESTED + name] for name in SETTINGS})


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Forget the answers of other tests."""
    with Redis.from_url(os.environ["AUTOGRAD_REDIS_URL"]) as connection:
        connection.flushall()


def pytest_report_header() -> list[str]:
    """Say on what the tests are run."""
    return [f"{name}: {os.environ[TESTED + name]}" for name in SETTINGS]
