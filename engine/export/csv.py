"""A table of the nodes, for spreadsheets and data frames; a label that a spreadsheet would compute is kept from it."""

import csv
import io
from collections.abc import Iterator

from engine.explain.figures import shorten, visible
from engine.export.format import Format, Subject
from engine.recording import Recording

HEAD = ("id", "label", "kind", "operation", "operands", "data", "grad", "adjoint", "line")
MOST = 200  # characters of a label
STARTS = ("=", "+", "-", "@", "\t", "\r", "'")  # what a spreadsheet takes for the beginning of a formula


def write(subject: Subject) -> bytes:
    """The table, by RFC 4180; numbers to the last digit."""
    text = io.StringIO()
    written = csv.writer(text)
    written.writerow(HEAD)
    written.writerows(rows(subject.recording))
    return text.getvalue().encode("utf-8", "replace")


def rows(recording: Recording) -> Iterator[tuple[object, ...]]:
    """A row for each node."""
    nodes, first, source = recording.nodes, recording.first, recording.edges.source
    columns = zip(nodes.label, nodes.kind, nodes.op, nodes.data, nodes.grad, nodes.adjoint, nodes.site, strict=True)
    for node, (label, kind, op, data, grad, adjoint, site) in enumerate(columns):
        operands = " ".join(map(str, source[first[node] : first[node + 1]]))
        yield node, text(label), kind, op and op.name, operands, data, grad, adjoint, site and site.line


def text(label: str | None) -> str | None:
    """A label as a cell that is text and nothing else."""
    if label is None:
        return None
    seen = visible(shorten(label, MOST))
    return f"'{seen}" if seen.lstrip().startswith(STARTS) else seen


FORMAT = Format(name="csv", title="Table of nodes (CSV)", media_type="text/csv", suffix="csv", write=write, whole=True)
