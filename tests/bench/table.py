"""The rows of the benches as text: a line in the terminal, and docs/measured.md."""

from collections.abc import Mapping, Sequence
from typing import Literal

from tests.bench.timing import COLLECTORS, Row

SCALES = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))
HEAD = """\
# Measured

Written by `make bench`: {machine}. Where the language, the engine and the service are compared with others, both sides
ran in the same run, by turns, and a ratio is the median over the turns: times change from machine to machine, ratios
hardly do. Both sides have the same setting of Python's collector of cycles: {collectors}.

*Ratio*: how many times better we are. *Bar*: the least it must be; below 1 it says how much slower we may be. *Aim*:
what is worked towards. {verdict}
"""
COLUMNS = "| work | ours | peer | theirs | ratio | bar | aim |\n|---|---:|---|---:|---:|---|---|\n"


def grouped(row: Row) -> str:
    """One row for the terminal: the verdict, the ratio, the work."""
    verdict = "holds" if row["holds"] else "FAILS"
    ours, theirs = amount(row, "ours_s"), amount(row, "peer_s")
    numbers = f"{ratio(row['ratio']):>7} × (bar {ratio(row['bar'])}{aim(row)})"
    return f"  {verdict}  {numbers:<32} {row['work']}: {ours}; {row['peer']}: {theirs}"


def aim(row: Row) -> str:
    """The aim, where there is one."""
    return f", aim {ratio(row['aim'])}" if "aim" in row else ""


def amount(row: Row, key: Literal["ours_s", "peer_s"]) -> str:
    """A measured number with its unit."""
    number = row[key]
    return f"{number:.0f} {row['unit']}" if "unit" in row else duration(number)


def duration(seconds: float) -> str:
    """Seconds in the unit that suits them."""
    scale, unit = next((one for one in SCALES if abs(seconds) >= one[0]), SCALES[-1])
    return f"{seconds / scale:.3g} {unit}"


def ratio(number: float) -> str:
    """A ratio to the precision that means something."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def verdict(rows: Sequence[Row]) -> str:
    """How many bars and aims hold."""
    aims = [row["ratio"] >= row["aim"] for row in rows if "aim" in row]
    bars = [row["holds"] for row in rows]
    return f"{sum(bars)} of {len(bars)} bars hold, and {sum(aims)} of {len(aims)} aims are reached."


def written(groups: Mapping[str, Sequence[Row]], machine: str) -> str:
    """The document: a table a group."""
    every = [row for rows in groups.values() for row in rows]
    head = HEAD.format(machine=machine, collectors=COLLECTORS, verdict=verdict(every))
    tables = [f"\n## {about.rstrip('.')}\n\n{COLUMNS}{''.join(map(line, rows))}" for about, rows in groups.items()]
    return head + "".join(tables)


def line(row: Row) -> str:
    """One row of a table."""
    reached = ("reached" if row["ratio"] >= row["aim"] else "not reached") if "aim" in row else ""
    goal = f"{ratio(row['aim'])} {reached}" if "aim" in row else ""
    bar = f"{ratio(row['bar'])} {'holds' if row['holds'] else '**fails**'}"
    cells = (row["work"], amount(row, "ours_s"), row["peer"], amount(row, "peer_s"), ratio(row["ratio"]), bar, goal)
    return f"| {' | '.join(cells)} |\n"
