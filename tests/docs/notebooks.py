"""`python -m tests.docs.notebooks` takes the site's pictures of notebooks: really run, and seen in Chromium."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.app.serving import until
from tests.browser import CHROMIUM
from tests.invariants.sources import ROOT

FOLDER = ROOT / "docs" / "site" / "pictures"
CELLS = ("from engine import Value, show\n\nx = Value(3.0, 'x')\ny = x * x\ny.backward()", "show(y)")
WIDTH, HEIGHT = 900, 300


def environment(folder: Path) -> dict[str, str]:
    """Where tools find the engine of this checkout, and nothing of this machine's."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder), "JUPYTER_PLATFORM_DIRS": "1"}


@contextmanager
def jupyter(folder: Path) -> Iterator[str]:
    """The notebook as Jupyter writes it."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    nbformat.write(book, folder / "book.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", "book.ipynb"]
    subprocess.run(command, cwd=folder, env=environment(folder), check=True, capture_output=True)
    yield (folder / "book.html").as_uri()


@contextmanager
def marimo(folder: Path) -> Iterator[str]:
    """The same where marimo shows it: its exported pages fetch their scripts from elsewhere."""
    body = CELLS[0].replace("\n", "\n    ")
    text = f"import marimo\napp = marimo.App()\n\n@app.cell\ndef _():\n    {body}\n    {CELLS[1]}\n    return\n"
    (folder / "book.py").write_text(text, "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    options = ["--headless", "--no-token", "--include-code", "--port", str(port)]
    command = [sys.executable, "-m", "marimo", "--yes", "run", "book.py", *options]
    with subprocess.Popen(command, cwd=folder, env=environment(folder), stdout=subprocess.DEVNULL) as server:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def taken(browser: Browser, address: str) -> bytes:
    """What is seen of a page once the graph is there."""
    shown = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    until(lambda: reached(shown, address), 60)
    shown.locator("[role=graphics-document]").first.wait_for()
    return shown.screenshot()


def reached(page: Page, address: str) -> bool:
    """Whether somebody is at that address by now."""
    try:
        page.goto(address)
    except PlaywrightError:
        return False
    return True


def main() -> int:
    """Take the pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, maker in (("jupyter", jupyter), ("marimo", marimo)):
            with maker(Path(place)) as address:
                (FOLDER / f"{name}.png").write_bytes(taken(browser, address))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
