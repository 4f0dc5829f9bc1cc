"""The site builds without a warning, and what its pages say to write builds, too."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.documents import DOCUMENTS, relative, snippets
from tests.docs.notebooks import FOLDER
from tests.invariants.sources import ROOT

SITE = ROOT / "docs" / "site"
MARKUP = [
    (path, one)
    for path in DOCUMENTS
    for one in snippets(path.read_text("utf-8"))
    if one.language in ("rst", "md") and path.is_relative_to(SITE)
]


def built(source: Path, target: Path) -> str:
    """What sphinx-build complains about."""
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", str(source), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode == 0) == (not done.stderr), done.stderr
    return done.stderr


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    assert built(SITE, tmp_path) == ""
    pages = {path.relative_to(SITE).with_suffix(".html") for path in SITE.rglob("*.md")}
    assert not [page for page in pages if not (tmp_path / page).exists()]
    operations = (tmp_path / "reference" / "operations.html").read_text("utf-8")
    assert "<math" in operations
    assert "$`" not in operations
    assert 'role="graphics-document"' in (tmp_path / "index.html").read_text("utf-8")
    scripts = [page for page in tmp_path.rglob("*.html") if 'src="http' in page.read_text("utf-8")]
    assert not [page for page in scripts if "127.0.0.1" not in page.read_text("utf-8")]


def test_what_the_pages_say_to_write_builds(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    conf = 'extensions = ["myst_parser", "engine.display.directive"]\nmyst_enable_extensions = ["colon_fence"]\n'
    (source / "conf.py").write_text(conf, "utf-8")
    (source / "index.rst").write_text("Written\n=======\n\n.. toctree::\n   :glob:\n\n   part*\n", "utf-8")
    assert len(MARKUP) > 4
    for number, (_, one) in enumerate(MARKUP):
        title = "# Part\n\n" if one.language == "md" else "Part\n====\n\n"
        (source / f"part{number}.{one.language}").write_text(title + one.text, "utf-8")
    assert built(source, tmp_path / "html") == ""


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.png")), ids=relative)
def test_a_picture_of_a_notebook_is_small_and_shown(path: Path) -> None:
    assert path.stat().st_size < 200_000
    assert any(f"pictures/{path.name}" in page.read_text("utf-8") for page in SITE.rglob("*.md"))
