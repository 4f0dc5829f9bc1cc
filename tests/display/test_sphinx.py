"""The directive in real builds, in both markups, with warnings as errors."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.invariants.sources import ROOT

CONF = 'extensions = ["myst_parser", "engine.display.directive"]\nlatex_engine = "xelatex"\n'
REST = """\
Graphs
======

.. autograd::

   a = 2.0
   L = a * a

.. autograd::
   :live:
   :hide-program:
   :height: 300

   θ = 3.0
   y = sin(θ)

.. toctree::

   other
"""
MYST = "# In MyST\n\n```{autograd}\nx = 3.0\ny = x ** 2\n```\n"


BUILDERS = ("html", "latex", "text", "man")
EACH = """import sys
from sphinx.cmd.build import main
source, target, *builders = sys.argv[1:]
sys.exit(max(main(["-W", "--keep-going", "-q", "-b", one, source, f"{target}/{one}"]) for one in builders))
"""


def written(source: Path, index: str = REST) -> Path:
    """A folder of documents."""
    source.mkdir()
    (source / "conf.py").write_text(CONF, "utf-8")
    (source / "index.rst").write_text(index, "utf-8")
    (source / "other.md").write_text(MYST, "utf-8")
    return source


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What all builders have made of the same documents, one after the other, without a word."""
    folder = tmp_path_factory.mktemp("sphinx")
    command = [sys.executable, "-c", EACH, str(written(folder / "source")), str(folder), *BUILDERS]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_html_has_pictures_and_live_pages(built: Path) -> None:
    page = (built / "html" / "index.html").read_text("utf-8")
    assert page.count('role="graphics-document"') == 1
    assert 'sandbox="allow-scripts"' in page
    assert "height:300px" in page
    assert page.count("highlight-python") == 1
    assert "data 9" in (built / "html" / "other.html").read_text("utf-8")


def test_latex_has_pictures_as_files(built: Path) -> None:
    (paper,) = (built / "latex").glob("*.tex")
    pictures = list((built / "latex").glob("autograd-*.png"))
    assert len(pictures) == 3
    assert all(f"{{{one.name}}}" in paper.read_text("utf-8") for one in pictures)


def test_other_builders_have_a_table_or_nothing(built: Path) -> None:
    assert "Operation" in (built / "text" / "index.txt").read_text("utf-8")
    assert list((built / "man").iterdir())


def test_a_wrong_program_is_a_warning_at_its_line(tmp_path: Path) -> None:
    wrong = "Graphs\n======\n\n.. autograd::\n\n   a = 1.0\n   b = tahn(a)\n\n.. toctree::\n\n   other\n"
    source = written(tmp_path / "source", wrong)
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", str(source), str(tmp_path / "html")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert "index.rst:7: WARNING: `tahn` is not assigned anywhere" in done.stderr
