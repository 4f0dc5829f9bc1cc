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


def built(folder: Path, builder: str, index: str = REST) -> tuple[subprocess.CompletedProcess[str], Path]:
    """What sphinx-build says, and where it wrote."""
    source, target = folder / "source", folder / builder
    source.mkdir(exist_ok=True)
    (source / "conf.py").write_text(CONF, "utf-8")
    (source / "index.rst").write_text(index, "utf-8")
    (source / "other.md").write_text(MYST, "utf-8")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", builder, str(source), str(target)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False), target


def test_html_has_pictures_and_live_pages(tmp_path: Path) -> None:
    done, target = built(tmp_path, "html")
    assert (done.returncode, done.stderr) == (0, "")
    page = (target / "index.html").read_text("utf-8")
    assert page.count('role="graphics-document"') == 1
    assert 'sandbox="allow-scripts"' in page
    assert "height:300px" in page
    assert page.count("highlight-python") == 1
    assert "data 9" in (target / "other.html").read_text("utf-8")


def test_latex_has_pictures_as_files(tmp_path: Path) -> None:
    done, target = built(tmp_path, "latex")
    assert (done.returncode, done.stderr) == (0, "")
    (paper,) = target.glob("*.tex")
    pictures = list(target.glob("autograd-*.png"))
    assert len(pictures) == 3
    assert all(f"{{{one.name}}}" in paper.read_text("utf-8") for one in pictures)


@pytest.mark.parametrize("builder", ["text", "man"])
def test_other_builders_have_a_table_or_nothing(tmp_path: Path, builder: str) -> None:
    done, target = built(tmp_path, builder)
    assert done.returncode == 0, done.stderr
    if builder == "text":
        assert "Operation" in (target / "index.txt").read_text("utf-8")


def test_a_wrong_program_is_a_warning_at_its_line(tmp_path: Path) -> None:
    done, _ = built(
        tmp_path, "html", "Graphs\n======\n\n.. autograd::\n\n   a = 1.0\n   b = tahn(a)\n\n.. toctree::\n\n   other\n"
    )
    assert done.returncode == 1
    assert "index.rst:7: WARNING: `tahn` is not assigned anywhere" in done.stderr
