"""The exported workbook computes: in a spreadsheet's engine its formulas give our numbers, at other inputs, too."""

import io
import math
from pathlib import Path

import ironcalc
import openpyxl
import pytest

from engine.export import FORMATS
from engine.replay.plain import replay
from tests.export.subjects import SOURCES, subject

COLUMNS = {"D": 4, "E": 5}  # numbers and gradients
LOCALE = ("en", "UTC", "en")


@pytest.mark.parametrize("share", [1.0, 1.01])
def test_every_number_and_gradient_follows_the_inputs(share: float, tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    for name, source in SOURCES.items():
        exported = subject(source)
        nodes = exported.recording.nodes
        leaves = [node for node, kind in enumerate(nodes.kind) if kind in ("input", "parameter")]
        moved = {node: nodes.data[node] * share for node in leaves}
        expected = replay(exported.recording, moved)
        file.write_bytes(FORMATS["xlsx"].write(exported))
        book = ironcalc.load_from_xlsx(str(file), *LOCALE)
        for node, start in moved.items():
            book.update_cell_with_number(0, node + 2, COLUMNS["D"], start)
        book.evaluate()
        for column, numbers in (("D", expected.data), ("E", expected.adjoint)):
            for node, number in enumerate(numbers):
                found = book.get_cell_value(0, node + 2, COLUMNS[column])
                if number is None or not math.isfinite(number):
                    assert not isinstance(found, float), (name, column, node)  # a spreadsheet has no such number
                else:
                    assert found == pytest.approx(number, rel=1e-9, abs=1e-12), (name, column, node)


def test_the_numbers_are_there_before_anything_is_computed() -> None:
    exported = subject(SOURCES["expression"])
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(exported)), data_only=True)
    column = {book["Values"][f"A{row}"].value: book["Values"][f"E{row}"].value for row in range(2, 9)}
    assert column == {"a": 6, "b": -4, "c": -2, "f": 4, "v4": -2, "v5": -2, "L": 1}


def test_numbers_that_a_spreadsheet_lacks_are_errors_there() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(subject(SOURCES["poles"]))), data_only=True)
    assert {cell.value for row in book["Values"] for cell in row if cell.data_type == "e"}


def test_the_same_program_gives_the_same_bytes() -> None:
    exported = subject(SOURCES["neuron"])
    assert FORMATS["xlsx"].write(exported) == FORMATS["xlsx"].write(exported)
