"""What training moves: the leaves that a backward pass reaches, in layers."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.explain.figures import shorten
from engine.export.nodelink import sound
from engine.language.errors import JSON
from engine.language.machine import Machine, serial
from engine.language.pending import is_pending, made_by
from engine.language.run import has_changed
from engine.value import Value

KNOWN = 8  # kinds of passes that are told apart
SENT = 2_000  # parameters whose numbers are sent
LONGEST = 80  # letters of a label
NAMED = 50  # layers that are told apart
INSIDE = re.compile(r"\.?\bneurons\[|\[(?=\d+\]$)")  # where a label goes further than its layer
SMALLEST, BINS = -12, 16  # the histogram of gradients: a bin for each power of ten, from this one


@dataclass(frozen=True, slots=True)
class Pass:
    """What tells two kinds of passes apart: the line, how many nodes were visited, the first parameter."""

    line: int | None
    visited: int
    first: int


class Leaves:
    """The leaves of a program's passes: looked for once for each kind of pass, because the walk costs."""

    def __init__(self) -> None:
        self._known: dict[Pass, tuple[Value, ...]] = {}

    def parameters(self, machine: Machine, root: Value, visited: int) -> list[Value]:
        """Weights and biases, and those inputs that the program or somebody else has moved."""
        found = made_by(root).leaves if is_pending(root) else self._below(machine, root, visited)
        moving = [leaf for leaf in found if leaf.kind == "parameter" or has_changed(leaf, machine)]
        return sorted(moving, key=serial)

    def _below(self, machine: Machine, root: Value, visited: int) -> Sequence[Value]:
        kind = Pass(machine.passes[-1].line, visited, first(root))
        if kind not in self._known:
            if len(self._known) == KNOWN:
                self._known.clear()
            self._known[kind] = tuple([value for value in root.history() if value.op is None])
        return self._known[kind]


def first(root: Value) -> int:
    """The identity of the parameter that is the first operand of the first operand and so on; 0 if that is none."""
    node: Value = root
    while isinstance(node.a, Value):
        node = node.a
    return id(node) if node.kind == "parameter" else 0


def numbers(parameters: Sequence[Value], labels: Sequence[str | None] | None) -> dict[str, JSON]:
    """The parameters' own numbers; their labels only where they are not the same as before."""
    found: dict[str, JSON] = {
        "count": len(parameters),
        "norm": sound([math.hypot(*[one.data for one in parameters])])[0],
        "values": sound([one.data for one in parameters]) if len(parameters) <= SENT else None,
    }
    if labels is not None:
        found["labels"] = [None if label is None else shorten(label, LONGEST) for label in labels[:SENT]]
    return found


def layers(parameters: Sequence[Value]) -> list[JSON]:
    """The gradients, a summary for each layer; a parameter without one counts for itself."""
    groups: dict[tuple[str, int | None], list[float]] = {}
    for one in parameters:
        key = layer(one.label and shorten(one.label, LONGEST)), one.origin[0].line if one.origin else None
        groups.setdefault(key, []).append(one.grad)
    return [summary(scope, line, grads) for (scope, line), grads in list(groups.items())[:NAMED]]


@lru_cache(4_096)
def layer(label: str | None) -> str:
    """The part of a label that names the layer: `layers[0]` of `layers[0].neurons[2].w[1]`, all of it for a name."""
    return INSIDE.split(label, maxsplit=1)[0] if label else ""


def summary(scope: str, line: int | None, grads: Sequence[float]) -> dict[str, JSON]:
    """How large some gradients are: bin `i` of the histogram counts those from 10**(i - 12) up to the next power."""
    sizes = np.abs(np.array(grads))
    finite = sizes[np.isfinite(sizes)]
    some = finite[finite > 0]
    bins = np.clip(np.floor(np.log10(some)).astype(int) - SMALLEST, 0, BINS - 1)
    return {
        "scope": scope,
        "line": line,
        "count": len(grads),
        "mean": sound([float(finite.mean())])[0] if len(finite) else None,
        "largest": sound([float(finite.max())])[0] if len(finite) else None,
        "zeros": int(len(finite) - len(some)),
        "broken": len(grads) - len(finite),
        "histogram": np.bincount(bins, minlength=BINS).tolist(),
    }
