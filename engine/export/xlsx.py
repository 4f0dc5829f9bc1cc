"""A workbook that computes: change an input's cell, and all numbers and gradients follow.

The first sheet has a row for each node: its number is a formula of its operands, its gradient the sum of its deposits.
The second has a row for each deposit, sorted by who gets it: the local slope, and slope times the gradient from above.
"""

import io
import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache

from xlsxwriter import Workbook
from xlsxwriter.format import Format as Style
from xlsxwriter.worksheet import Worksheet

from engine.explain.figures import shorten, visible
from engine.export.cells import formula
from engine.export.format import Format, Subject
from engine.export.rules import result, slope, with_places
from engine.export.text import role
from engine.op import SHEET, Op
from engine.recording import Recording

VALUES, DEPOSITS = "Values", "Deposits"
DATA, GRADIENT = "D", "E"  # columns of the first sheet
PART = "D"  # of the second: what is deposited
HEADS = {
    VALUES: ("Name", "Kind", "Operation", "Data", "Gradient", "Line"),
    DEPOSITS: ("To", "From", "Local slope", "Deposit"),
}
MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same program gives the same bytes
MOST = 200  # characters of a label
WRONG = "#NUM!"
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}


def write(subject: Subject) -> bytes:
    """The workbook."""
    file = io.BytesIO()
    with Workbook(file, PLAIN) as book:
        book.set_properties({"title": "Autograd Playground", "created": MADE})
        bold, moved = book.add_format({"bold": True}), book.add_format({"bg_color": "#FFF2CC", "bold": True})
        values, deposits = (_sheet(book, name, bold) for name in (VALUES, DEPOSITS))
        received = _deposits(deposits, subject.recording)
        _values(values, subject.recording, received, moved)
    return file.getvalue()


def _sheet(book: Workbook, name: str, bold: Style) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, HEADS[name], bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(HEADS[name]) - 1, 14)
    return sheet


def _deposits(sheet: Worksheet, recording: Recording) -> Mapping[int, tuple[int, int]]:
    """Write the second sheet; for each node the first and the last row of what it gets."""
    edges, nodes = recording.edges, recording.nodes
    rows: dict[int, tuple[int, int]] = {}
    by_source = sorted(
        (edge for edge, local in enumerate(edges.local) if local is not None), key=edges.source.__getitem__
    )
    for row, edge in enumerate(by_source, 2):
        source, target, local = edges.source[edge], edges.target[edge], edges.local[edge] or 0.0
        op = nodes.op[target]
        if op is not None:
            rows[source] = (rows.get(source, (row, row))[0], row)
            flow = edges.flow[edge] or 0.0
            text = _slope(op, edges.key[edge]).format(*_cells(recording, target))
            sheet.write_string(row - 1, 0, _name(recording, source))
            sheet.write_string(row - 1, 1, _name(recording, target))
            sheet.write_formula(row - 1, 2, f"={text}", None, _shown(local))
            sheet.write_formula(row - 1, 3, f"=C{row}*{VALUES}!{GRADIENT}{target + 2}", None, _shown(flow))
    return rows


def _values(sheet: Worksheet, recording: Recording, received: Mapping[int, tuple[int, int]], moved: Style) -> None:
    """Write the first sheet; inputs and parameters are coloured: theirs are the numbers to change."""
    nodes = recording.nodes
    for node, (kind, op, data, adjoint, site) in enumerate(
        zip(nodes.kind, nodes.op, nodes.data, nodes.adjoint, nodes.site, strict=True)
    ):
        row = node + 1
        sheet.write_string(row, 0, _name(recording, node))
        sheet.write_string(row, 1, kind)
        if op is None:
            sheet.write_number(row, 3, data, moved if kind != "constant" else None)
        else:
            text = _forward(op).format(*_cells(recording, node, ""))
            sheet.write_string(row, 2, role(nodes, node))
            sheet.write_formula(row, 3, f"={text}", None, _shown(data))
        if adjoint is not None:
            sheet.write_formula(row, 4, _gradient(recording, node, received), None, _shown(adjoint))
        if site is not None:
            sheet.write_number(row, 5, site.line)


def _gradient(recording: Recording, node: int, received: Mapping[int, tuple[int, int]]) -> str:
    if node == recording.output:
        return "=1"
    if node not in received:
        return "=0"
    first, last = received[node]
    return f"=SUM({DEPOSITS}!{PART}{first}:{PART}{last})"


def _cells(recording: Recording, node: int, sheet: str = f"{VALUES}!") -> Iterator[str]:
    """The cells of an operation's operands and of its result, as the templates take them."""
    operands = recording.edges.source[recording.first[node] : recording.first[node + 1]]
    return (f"{sheet}{DATA}{one + 2}" for one in (operands[0], operands[-1], node))


def _name(recording: Recording, node: int) -> str:
    return visible(shorten(recording.nodes.label[node] or f"v{node}", MOST))


def _shown(number: float) -> float | str:
    """What the cell shows until it is computed."""
    return number if math.isfinite(number) else WRONG


@cache
def _forward(op: Op) -> str:
    return with_places(formula(result(op, SHEET)))


@cache
def _slope(op: Op, operand: int) -> str:
    return with_places(formula(slope(op, operand, SHEET, (None,) * len(op.params))))


FORMAT = Format(
    name="xlsx",
    title="Workbook that computes (XLSX)",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    suffix="xlsx",
    write=write,
    whole=True,
)
