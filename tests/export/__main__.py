"""`python -m tests.export` tries exports with what is too large for the suite: LaTeX, and LibreOffice."""

import io
import math
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import openpyxl

from engine.export import FORMATS
from engine.replay.plain import replay
from tests.export.subjects import SOURCES, subject

SHARE = 1.01  # by which every input is moved
CLOSE = 1e-9
COMPUTED = re.compile(r"(</f>)<v>[^<]*</v>")


def typeset(folder: Path) -> Iterator[str]:
    """The documents that pdfLaTeX does not set, or sets beyond the page."""
    for name, source in SOURCES.items():
        (folder / f"{name}.tex").write_bytes(FORMATS["latex"].write(subject(source)))
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex"]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        if done.returncode or b"Overfull \\vbox" in done.stdout:
            yield f"{name}: pdflatex ended with {done.returncode}"


def recalculated(folder: Path) -> Iterator[str]:
    """The cells that LibreOffice computes otherwise than the engine, with every input moved."""
    expected = {}
    for name, source in SOURCES.items():
        exported = subject(source)
        nodes = exported.recording.nodes
        leaves = [node for node, kind in enumerate(nodes.kind) if kind in ("input", "parameter")]
        moved = {node: SHARE * nodes.data[node] for node in leaves}
        expected[name] = replay(exported.recording, moved)
        (folder / f"{name}.xlsx").write_bytes(changed(FORMATS["xlsx"].write(exported), moved))
    books = [str(folder / f"{name}.xlsx") for name in SOURCES]
    command = ["soffice", "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "computed"), *books]
    subprocess.run(command, env={**os.environ, "HOME": str(folder)}, capture_output=True, check=True)
    for name, wanted in expected.items():
        cells = openpyxl.load_workbook(folder / "computed" / f"{name}.xlsx", data_only=True)["Values"]
        for column, numbers in (("D", wanted.data), ("E", wanted.adjoint)):
            for node, number in enumerate(numbers):
                found = cells[f"{column}{node + 2}"].value
                if number is not None and not same(found, number):
                    yield f"{name}, {column}{node + 2}: {found} for {number}"


def changed(book: bytes, moved: dict[int, float]) -> bytes:
    """A workbook with other numbers in its inputs, and none where it computes."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as before, ZipFile(file, "w") as after:
        for part in before.namelist():
            text = COMPUTED.sub(r"\1", before.read(part).decode())
            for node, number in moved.items() if part.endswith("sheet1.xml") else ():
                text = re.sub(rf'(<c r="D{node + 2}" s="2"><v>)[^<]*', rf"\g<1>{number!r}", text)
            after.writestr(part, text)
    return file.getvalue()


def same(found: object, number: float) -> bool:
    """Whether a cell has a number; what is none is an error there."""
    if not isinstance(found, int | float):
        return not math.isfinite(number)
    return math.isclose(found, number, rel_tol=CLOSE, abs_tol=CLOSE)


def main() -> int:
    """Tell what is wrong."""
    with TemporaryDirectory() as place:
        wrong = [*typeset(Path(place)), *recalculated(Path(place))]
    print("\n".join([*wrong, f"{len(SOURCES)} programs, {len(wrong)} wrong"]))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
