"""What must not stand in any file under version control."""

import json
import re
from pathlib import Path

import pytest

from tests.invariants.sources import ROOT, place, tracked_files

PATTERNS = {
    "an index's address": r"registry[.](?:npmjs|yarnpkg)|pypi[.]org/simple|pythonhosted[.]org|deb[.]debian[.]org",
    "a path of one machine": r"(?<![\w.])/(?:tmp|work|root|farm|Users|home/\w+)/\w",
    "something left to do": r"\b(?:TO[D]O|FIX[M]E|XX[X]|HAC[K])\b",
    "a conflict's marker": r"^(?:<{7}|>{7}) ",
}


def text(path: Path) -> str:
    return "" if path.suffix in {".png", ".ico", ".ttf", ".woff2"} else path.read_text("utf-8")


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS.keys())
def test_no_tracked_file_contains(pattern: str) -> None:
    sought = re.compile(pattern, re.MULTILINE)
    assert not {place(path): found[0] for path in tracked_files() if (found := sought.search(text(path)))}


def test_the_lock_file_names_digests_and_no_addresses() -> None:
    packages = json.loads((ROOT / "static" / "package-lock.json").read_text("utf-8"))["packages"]
    locked = {name: package for name, package in packages.items() if name}
    assert locked
    assert not [name for name, package in locked.items() if "resolved" in package or "integrity" not in package]


def test_nothing_made_by_a_build_is_tracked() -> None:
    made = ("static/vendor/", "static/node_modules/", ".venv/", "dist/")
    assert not [place(path) for path in tracked_files() if place(path).startswith(made)]
