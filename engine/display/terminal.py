"""A table in a terminal: by `rich` where that is installed and somebody looks, else as plain text."""

import sys
from collections.abc import Sequence
from importlib.util import find_spec

from engine.explain.figures import shorten, visible

HEADS = ("Name", "Operation", "Data", "Grad")
MOST = 40  # characters of a cell
RICH = find_spec("rich") is not None

if RICH:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text


def text(rows: Sequence[Sequence[str]]) -> str:
    """The table as plain text."""
    cells = [HEADS, *([_cell(one) for one in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEADS))]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in cells)


def printed(rows: Sequence[Sequence[str]]) -> None:
    """Print the table on the standard output."""
    if not (RICH and sys.stdout.isatty()):
        sys.stdout.write(f"{text(rows)}\n")
        return
    table = Table(*HEADS)
    for column in table.columns[2:]:
        column.justify = "right"
    for row in rows:
        table.add_row(*(Text(_cell(one)) for one in row))
    Console().print(table)


def _cell(cell: str) -> str:
    return visible(shorten(cell, MOST))
