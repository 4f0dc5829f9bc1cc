"""A workbook that computes: change an input's cell, and all numbers and gradients follow.

The first sheet has a row for each node: its number is a formula of its operands, its gradient the sum of its deposits.
The second has a row for each deposit, sorted by who gets it: the local slope, and slope times the gradient from above.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from engine.explain.figures import shorten, visible
from engine.export.cells import formula
from engine.export.format import Format, Subject
from engine.export.rules import result, slope, with_places
from engine.export.text import role
from engine.export.workbook import Cell, Formula, Moved, workbook
from engine.op import SHEET, Op
from engine.recording import Recording

VALUES, DEPOSITS = "Values", "Deposits"
DATA, GRADIENT = "D", "E"  # columns of the first sheet
PART = "D"  # of the second: what is deposited
HEADS = {
    VALUES: ("Name", "Kind", "Operation", "Data", "Gradient", "Line"),
    DEPOSITS: ("To", "From", "Local slope", "Deposit"),
}
MOST = 200  # characters of a label
Received = Mapping[int, tuple[int, int]]


def write(subject: Subject) -> bytes:
    """The workbook."""
    recording = subject.recording
    labels = [visible(shorten(label or f"v{node}", MOST)) for node, label in enumerate(recording.nodes.label)]
    given = sorted(
        (edge for edge, local in enumerate(recording.edges.local) if local is not None),
        key=recording.edges.source.__getitem__,
    )
    received: dict[int, tuple[int, int]] = {}
    for row, edge in enumerate(given, 2):
        source = recording.edges.source[edge]
        received[source] = received.get(source, (row, row))[0], row
    values, deposits = _values(recording, labels, received), _deposits(recording, labels, given)
    return workbook({VALUES: (HEADS[VALUES], values), DEPOSITS: (HEADS[DEPOSITS], deposits)})


def _values(recording: Recording, labels: list[str], received: Received) -> Iterator[list[Cell]]:
    """A row for each node; the numbers of inputs and parameters are there to be changed."""
    nodes = recording.nodes
    columns = zip(nodes.kind, nodes.op, nodes.data, nodes.adjoint, nodes.site, strict=True)
    for node, (kind, op, data, adjoint, site) in enumerate(columns):
        computed: Cell = data if kind == "constant" else Moved(data)
        if op is not None:
            computed = Formula(_forward(op).format(*_cells(recording, node)), data)
        gradient = None if adjoint is None else Formula(_gradient(recording, node, received), adjoint)
        symbol = None if op is None else role(nodes, node)
        yield [labels[node], kind, symbol, computed, gradient, None if site is None else site.line]


def _deposits(recording: Recording, labels: list[str], given: list[int]) -> Iterator[list[Cell]]:
    """A row for each edge that a gradient goes along."""
    edges, ops = recording.edges, recording.nodes.op
    for row, edge in enumerate(given, 2):
        source, target = edges.source[edge], edges.target[edge]
        op, local, flow = ops[target], edges.local[edge], edges.flow[edge]
        if op is not None and local is not None and flow is not None:
            text = _slope(op, edges.key[edge]).format(*_cells(recording, target, f"{VALUES}!"))
            product = f"C{row}*{VALUES}!{GRADIENT}{target + 2}"
            yield [labels[source], labels[target], Formula(text, local), Formula(product, flow)]


def _gradient(recording: Recording, node: int, received: Received) -> str:
    if node == recording.output:
        return "1"
    if node not in received:
        return "0"
    first, last = received[node]
    return f"SUM({DEPOSITS}!{PART}{first}:{PART}{last})"


def _cells(recording: Recording, node: int, sheet: str = "") -> Iterator[str]:
    """The cells of an operation's operands and of its result, as the templates take them."""
    operands = recording.edges.source[recording.first[node] : recording.first[node + 1]]
    return (f"{sheet}{DATA}{one + 2}" for one in (operands[0], operands[-1], node))


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
