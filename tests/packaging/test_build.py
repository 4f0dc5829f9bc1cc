"""What a build lets into the wheel and the sdist."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from app import __version__
from tests.invariants.sources import ROOT, tracked_files

SERVED = ("static/js/", "static/css/", "static/icon/", "templates/")
VENDOR = {"d3.js", "swagger-ui-bundle.js", "swagger-ui.css", "swagger-ui-bundle.js.LICENSE.txt", "LICENSES.txt"}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built from this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> set[str]:
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def sdist(dist: Path) -> set[str]:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        return {member.name.partition("/")[2] for member in archive.getmembers()}


def tracked(*folders: str) -> set[str]:
    names = {path.relative_to(ROOT).as_posix() for path in tracked_files()}
    return {name for name in names if name.startswith(folders)}


def test_the_version_is_the_package_s(dist: Path) -> None:
    assert {path.name.split("-")[1].removesuffix(".tar.gz") for path in dist.iterdir()} == {__version__}


def test_the_wheel_holds_the_code_and_the_page(wheel: set[str]) -> None:
    page = {f"app/{name}" for name in tracked(*SERVED)}
    assert page
    assert not (page | tracked("app/", "engine/")) - wheel


def test_the_wheel_holds_the_bundled_modules_and_their_licences(wheel: set[str]) -> None:
    assert not {f"app/static/vendor/{name}" for name in VENDOR} - wheel
    assert f"autograd_playground-{__version__}.dist-info/licenses/LICENSE" in wheel


def test_the_wheel_holds_nothing_else(wheel: set[str]) -> None:
    assert {name.split("/")[0] for name in wheel} == {"app", "engine", f"autograd_playground-{__version__}.dist-info"}
    tooling = {"package.json", "package-lock.json", "tsconfig.json", ".npmrc", "hatch_build.py"}
    assert not {name for name in wheel if Path(name).name in tooling or "node_modules" in name or "__pycache__" in name}


def test_the_sdist_holds_what_a_build_needs(sdist: set[str]) -> None:
    needed = tracked("app/", "engine/", "static/", "templates/", "tests/") | {"pyproject.toml", "README.md", "LICENSE"}
    assert not needed - sdist
    assert not {f"static/vendor/{name}" for name in VENDOR} - sdist
    assert not {name for name in sdist if "node_modules" in name}


def test_the_sdist_needs_no_node(dist: Path, tmp_path: Path) -> None:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    script = next(tmp_path.glob("*/static/hatch_build.py"))
    bare = {"PATH": str(tmp_path)}
    done = subprocess.run([sys.executable, script], env=bare, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_changed_entry_is_bundled_anew(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("node_modules", "js")
    static = shutil.copytree(ROOT / "static", tmp_path / "static", ignore=ignored)
    (static / "src" / "d3.js").write_text('export { select } from "d3-selection";\n', "utf-8")
    bare = {key: value for key, value in os.environ.items() if key != "PATH"} | {"PATH": str(tmp_path)}
    command = [sys.executable, "-I", "-S", str(static / "hatch_build.py")]
    done = subprocess.run(command, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "node 18 or newer is needed" in done.stderr
    assert (static / "vendor" / "d3.js").read_bytes() == (ROOT / "static" / "vendor" / "d3.js").read_bytes()


def test_every_bundled_package_has_its_licence_text() -> None:
    notices = (ROOT / "static" / "vendor" / "LICENSES.txt").read_text("utf-8").split(f"\n{'-' * 80}\n\n")
    for text in notices:
        head, body = text.split("\n", 1)
        assert head.endswith(("(ISC)", "(BSD-3-Clause)", "(MIT)", "(Apache-2.0)")), head
        assert len(body) > 400, head
