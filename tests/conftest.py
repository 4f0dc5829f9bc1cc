"""What holds for every test: one marked `browser` needs Chromium, and the summary says so where there is none."""

import gc
import os
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.browser import CHROMIUM, MISSING

LINKS = tempfile.TemporaryDirectory(prefix="links-")  # and not where whoever runs the tests keeps theirs
os.environ["AUTOGRAD_LINKS"] = f"sqlite:///{Path(LINKS.name, 'links.db')}"

sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # a second of grammars, for `iri` in JSON schemas


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for a browser comes first, in one process: the others have all the rest to fill the time with."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests are no litter: where collections walk them all, programs of tests run out of time."""
    gc.disable()
    found = yield
    gc.collect()
    gc.freeze()
    gc.enable()
    return found


def pytest_runtest_setup(item: pytest.Item) -> None:
    if CHROMIUM is None and item.get_closest_marker("browser"):
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING, pytrace=False)
        pytest.skip(MISSING)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report.nodeid for report in terminalreporter.stats.get("skipped", []) if MISSING in str(report.longrepr)]
    if skipped:
        terminalreporter.section("no browser")
        terminalreporter.write_line(f"{MISSING}. Skipped for that reason:")
        for name in skipped:
            terminalreporter.write_line(f"  {name}")
