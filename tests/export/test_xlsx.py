"""The exported workbook computes: its formulas, worked out by a reader of our own, give the engine's numbers."""

import io
import math
import re
from collections.abc import Callable
from functools import partial

import openpyxl
import pytest

from engine.export import FORMATS
from engine.replay.plain import replay
from tests.export.subjects import SOURCES, subject

Cells = dict[tuple[str, str], object]
CELL = re.compile(r"(?:(Values|Deposits)!)?\b([A-F])(\d+)(?::\2(\d+))?")
SPREADSHEET: dict[str, Callable[..., float]] = {
    **{
        name.upper(): getattr(math, name)
        for name in ("exp", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "erf")
    },
    **{name.upper(): getattr(math, name) for name in ("asin", "acos", "atan", "asinh", "acosh", "atanh", "log10")},
    "LN": math.log,
    "LOG": math.log,
    "ATAN2": lambda x, y: math.atan2(y, x),
    "ABS": abs,
    "SIGN": lambda x: (x > 0) - (x < 0),
    "INT": math.floor,
    "MOD": lambda x, y: x - y * math.floor(x / y),
    "MAX": max,
    "MIN": min,
    "SUM": sum,
    "AND": lambda *tests: all(tests),
}
# Programs with numbers that spreadsheets do not have, and one whose cells depend on each other too deeply for a reader.
APART = {"nothing", "poles", "infinite", "deep"}
KEPT = sorted(SOURCES.keys() - APART)


class Reader:
    """Works out a workbook cell by cell; `moved` cells hold other numbers."""

    def __init__(self, file: bytes, moved: dict[str, float]) -> None:
        book = openpyxl.load_workbook(io.BytesIO(file))
        self.cells = {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet for cell in row}
        self.found: dict[tuple[str, str], float] = {("Values", place): number for place, number in moved.items()}

    def number(self, sheet: str, place: str) -> float:
        """The number of a cell."""
        key = sheet, place
        if key not in self.found:
            value = self.cells[key]
            self.found[key] = self.computed(sheet, value[1:]) if isinstance(value, str) else float(value)
        return self.found[key]

    def computed(self, sheet: str, formula: str) -> float:
        """A formula's result. Only the taken side of a condition counts."""
        assert not re.search(r"-[A-Z]\w*\^", formula), "a spreadsheet takes the minus first"
        text = CELL.sub(partial(self.named, sheet), formula)
        text = re.sub(r"(?<![<>])=", "==", text).replace("<>", "!=").replace("^", "**").replace("IF(", "IF(lambda: ")
        text = lazy(text)
        names = {**SPREADSHEET, "IF": lambda test, yes, no: yes() if test() else no(), "at": self.number}
        names["several"] = lambda name, first, last: [self.number(name, f"D{row}") for row in range(first, last + 1)]
        return float(eval(text, names))  # noqa: S307  # our own text

    def named(self, sheet: str, found: re.Match[str]) -> str:
        name, column, first, last = found.groups()
        if last:
            return f"several({name!r}, {first}, {last})"
        return f"at({name or sheet!r}, '{column}{first}')"


def lazy(text: str) -> str:
    """Makes functions of the three parts of each IF."""
    parts, depths = [], []
    for place, letter in enumerate(text):
        if letter == "(":
            depths.append(text[:place].endswith("IF"))
        elif letter == ")":
            depths.pop()
        parts.append(", lambda: " if letter == "," and depths and depths[-1] else letter)
    return "".join(parts)


@pytest.mark.parametrize("share", [1.0, 1.01])
def test_every_number_and_gradient_follows_the_inputs(share: float) -> None:
    for name in KEPT:
        exported = subject(SOURCES[name])
        nodes = exported.recording.nodes
        leaves = [node for node, kind in enumerate(nodes.kind) if kind in ("input", "parameter")]
        moved = {node: nodes.data[node] * share for node in leaves}
        expected = replay(exported.recording, moved)
        reader = Reader(FORMATS["xlsx"].write(exported), {f"D{node + 2}": x for node, x in moved.items()})
        for column, numbers in (("D", expected.data), ("E", expected.adjoint)):
            for node, number in enumerate(numbers):
                if number is not None and math.isfinite(number):
                    found = reader.number("Values", f"{column}{node + 2}")
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
