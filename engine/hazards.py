"""Where a recording's numbers leave the ground that calculus stands on: domains, kinks, overflow, endless slopes.

The graph is drawn all the same; this says in plain sentences what a reader of its numbers should know.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.op import Op
from engine.origin import Site
from engine.recording import Recording


@dataclass(frozen=True, slots=True)
class Hazard:
    """One warning: the first node it is about, a code, a sentence, and where the node was written.

    code is domain (outside of where the operation is defined), kink (no slope there), overflow (a result too large
    for a double) or slope (a slope that is infinite or undefined).
    """

    node: int
    code: str
    message: str
    site: Site | None
    hint: str | None = None


def hazards(recording: Recording) -> list[Hazard]:
    """The warnings, one per line, operation and code; the sentence counts the others."""
    nodes = recording.nodes
    first: dict[tuple[int | None, Op, str], Hazard] = {}
    times: Counter[tuple[int | None, Op, str]] = Counter()
    for node, op in enumerate(nodes.op):
        if op is None:
            continue
        edges = range(recording.first[node], recording.first[node + 1])
        operands = [nodes.data[recording.edges.source[edge]] for edge in edges]
        slopes = [recording.edges.local[edge] for edge in edges]
        site = nodes.site[node]
        for code, message in telling(op, operands, slopes, nodes.data[node]):
            what = (site.line if site else None, op, code)
            times[what] += 1
            if what not in first:
                first[what] = Hazard(node, code, message, site)
    return [_counted(hazard, times[what]) for what, hazard in first.items()]


def telling(op: Op, operands: list[float], slopes: Sequence[float | None], result: float) -> Iterator[tuple[str, str]]:
    """At most one hazard of an operation, the most telling."""
    if not all(map(math.isfinite, operands)):
        return  # whatever went wrong did so before
    name = spoken(op)
    if op.domain and not op.defined(*operands):
        yield "domain", f"{name} needs {op.domain.text}, but {_point(op, operands, op.domain.text)}"
    elif op.kink and op.kinked(*operands) and any(slope is not None for slope in slopes):
        where = _point(op, operands, op.kink.where.text)
        yield "kink", f"{name} has no slope where {where}; {op.kink.convention}"
    elif not math.isfinite(result):
        yield "overflow", f"{name} is too large for a number: {_point(op, operands, op.formula)}"
    elif not all(slope is None or math.isfinite(slope) for slope in slopes):
        param, slope = next((p, s) for p, s in zip(op.params, slopes, strict=True) if s is not None and s - s != 0)
        size = "undefined" if math.isnan(slope) else "infinite"
        yield "slope", f"the slope of {name} for {param} is {size}: {_point(op, operands, op.formula)}"


def spoken(op: Op) -> str:
    """An operation as a sentence names it: `log`, but `x / y`."""
    return op.name if op.symbol.isidentifier() else op.formula


def _point(op: Op, operands: Sequence[float], text: str) -> str:
    """Those operands that a text is about, with their numbers: "x is -1.0 and y is 0.5"."""
    about = [
        f"{param} is {float(f'{operand:.6g}')!r}"
        for param, operand in zip(op.params, operands, strict=True)
        if re.search(rf"\b{param}\b", text)
    ]
    return " and ".join(about)


def _counted(hazard: Hazard, times: int) -> Hazard:
    if times == 1:
        return hazard
    more = "once more" if times == 2 else f"{times - 1} times more"
    return Hazard(hazard.node, hazard.code, f"{hazard.message} (and {more} on this line)", hazard.site, hazard.hint)
