"""The real notebooks: nbconvert runs Jupyter's, marimo exports its own; what they show is our picture."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter, LatexExporter
from nbconvert.preprocessors import ExecutePreprocessor

from tests.invariants.sources import ROOT

CELLS = [
    "from engine import Value, show, widget\na, b = Value(2.0, '<script>a'), Value(-3.0, 'b')\nL = a * b\nL.backward()",
    "show(L)",
    "%load_ext engine.display",
    "%%autograd\nx = 3.0\ny = x * x\nprint('seen')",
    "%%autograd\ny = tahn(2.0)",
    "widget('x = 3.0\\ny = x * x')",
]


@pytest.fixture(scope="module")
def notebook() -> nbformat.NotebookNode:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    ExecutePreprocessor(timeout=120, kernel_name="python3").preprocess(book, {"metadata": {"path": str(ROOT)}})
    return book


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))


@pytest.mark.filterwarnings("ignore")  # those of the tools about themselves
class TestJupyter:
    def test_a_cell_ends_with_the_picture(self, notebook: nbformat.NotebookNode) -> None:
        data = notebook.cells[1].outputs[0].data
        assert data["text/html"].count("graphics-object") == 3
        assert "&lt;script&gt;a" in data["text/html"]
        assert data["image/png"].startswith("iVBOR")
        assert data["text/plain"].splitlines()[0].split() == ["Name", "Operation", "Data", "Grad"]

    def test_the_magic_runs_a_program_or_says_what_is_wrong(self, notebook: nbformat.NotebookNode) -> None:
        seen, drawn = notebook.cells[3].outputs
        assert seen.text == "seen\n"
        assert "data 9" in drawn.data["text/html"]
        (said,) = notebook.cells[4].outputs
        assert (said.name, said.text) == ("stderr", "line 1: `tahn` is not assigned anywhere (did you mean `tanh`?)\n")

    def test_a_widget_is_live(self, notebook: nbformat.NotebookNode) -> None:
        (output,) = notebook.cells[5].outputs
        assert "application/vnd.jupyter.widget-view+json" in output.data
        state = json.dumps(notebook.metadata["widgets"])
        assert "srcdoc" in state
        assert "Computation graph" in state

    def test_pages_and_papers_have_the_picture(self, notebook: nbformat.NotebookNode) -> None:
        page, _ = HTMLExporter().from_notebook_node(notebook)
        assert page.count('role="graphics-document"') >= 2
        paper, _ = LatexExporter().from_notebook_node(notebook)
        assert paper.count("includegraphics") >= 2


def test_marimo_shows_it_too(tmp_path: Path) -> None:
    book = tmp_path / "book.py"
    book.write_text(
        "import marimo\napp = marimo.App()\n\n@app.cell\ndef _():\n    from engine import show\n"
        "    show('x = 3.0\\ny = x * x')\n    return\n\nif __name__ == '__main__':\n    app.run()\n",
        "utf-8",
    )
    page = tmp_path / "book.html"
    command = [
        sys.executable,
        "-m",
        "marimo",
        "--yes",
        "export",
        "html",
        str(book),
        "-o",
        str(page),
        "--no-include-code",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "MARIMO_SKIP_UPDATE_CHECK": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "graphics-object" in page.read_text("utf-8")
