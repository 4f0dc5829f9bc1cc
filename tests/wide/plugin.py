"""For pytest, with `-p tests.wide.plugin`: tests use the servers that the environment names, and begin with no answers.

The names of `SETTINGS` with `TESTED_` before them say which servers. Tests make settings of their own when they are
collected, so these are made after that.
"""

import os

import pytest
from redis import Redis

SETTINGS = ("AUTOGRAD_LINKS", "AUTOGRAD_REDIS_URL", "AUTOGRAD_EXECUTOR")
TESTED = "TESTED_"
ELSEWHERE = {
    "test_errors.py::test_the_log_has_what_the_answer_has_not": "what breaks a worker is in its node's log",
    "test_metrics.py::test_the_numbers_are_what_happened": "how a worker ended is its node's to count",
    "test_metrics.py::test_a_worker_that_is_used_up_is_counted_as_such": "how a worker ended is its node's to count",
    "test_status.py::test_a_server_whose_workers_are_gone_is_not_ready": "it ends processes of this machine",
}


def pytest_configure(config: pytest.Config) -> None:
    """Let Dask's client, in the thread of a server, draw its random numbers while Hypothesis draws its own."""
    config.addinivalue_line("filterwarnings", "ignore:Do not use the `random` module inside strategies")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about this machine's own processes; what is named here and was not found is stale."""
    files = {item.path.name for item in items} if not any("::" in one for one in config.args) else set()
    found = {f"{item.path.name}::{item.name}": item for item in items}
    for name, reason in ELSEWHERE.items():
        if name in found:
            found[name].add_marker(pytest.mark.skip(reason=reason))
        elif name.partition("::")[0] in files:
            raise pytest.UsageError(f"{name} is no test any more")


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
