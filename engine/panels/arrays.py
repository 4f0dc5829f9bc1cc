"""The array program of what a program computed, beside the scalar operations it stands for, with the time of both."""

from collections.abc import Sequence
from itertools import chain
from time import perf_counter

import msgspec

from engine.explain.figures import number, shorten
from engine.export.nodelink import written
from engine.language.errors import JSON, RunError
from engine.language.grammar.checked import recall
from engine.language.run import Options, Run, run_to
from engine.panels.program import LIMITS, NAMES, Asked, fitting
from engine.panels.recorded import NOTHING
from engine.recording import Recording, record
from engine.replay import Program, build
from engine.replay.explain import Line

ROUNDS = 5  # after the first, which is slower
LONG = 0.1  # seconds of them
LINES = 200
NODES = 1_000  # of one line
TOLD = 3  # operations of a line that are written out
DEPTH = 8  # operations inside one another
LONGEST = 40  # letters of a label


def arrays(request: bytes) -> bytes:
    """Run a program, and make arrays of the graph that it built."""
    asked = msgspec.json.decode(request, type=Asked)
    checked = recall(asked.source, LIMITS, NAMES)
    began = perf_counter()

    def shown(ended: Run) -> bytes:
        scalar = perf_counter() - began
        if ended.output is None:
            raise RunError([checked.source.diagnostic("error", "empty", NOTHING)])
        recording = record(ended.output, inputs=ended.inputs, assigned=ended.assigned)
        program = build(recording)
        lines = program.explain()
        names = Names(recording, frozenset(chain.from_iterable(line.nodes for line in lines)))
        answer = {
            "way": program.way,
            "operations": sum(op is not None for op in recording.nodes.op),
            "lines": [described(line, names) for line in lines[:LINES]],
            "scalar_s": scalar,
            "array_s": timed(program, recording),
        }
        return fitting(written(answer), checked)

    return run_to(checked, LIMITS, Options(asked.inputs, asked.output, asked.seed), shown)


def timed(program: Program, recording: Recording) -> float:
    """Seconds to compute the graph forward and backward once more, by arrays."""
    values = [recording.nodes.data[node] for node in program.inputs]
    best, began = float("inf"), perf_counter()
    for _ in range(1 + ROUNDS):
        start = perf_counter()
        program(values)
        end = perf_counter()
        best = min(best, end - start)
        if end - began > LONG:
            break
    return best


class Names:
    """Operations as lines of a program: `#111 = w[0] * 1.09 + w[1] * 0.5 + b`.

    `results` are the nodes that lines stand for; what a line computes on its way there is written out in it.
    """

    def __init__(self, recording: Recording, results: frozenset[int]) -> None:
        self._recording = recording
        self._results = results

    def line(self, node: int) -> str:
        """What a result is computed from."""
        return f"{self._name(node)} = {self._operation(node, DEPTH)}"

    def _operation(self, node: int, depth: int) -> str:
        recording = self._recording
        op = recording.nodes.op[node]
        assert op is not None  # noqa: S101 - leaves are no results
        operands = recording.edges.source[recording.first[node] : recording.first[node + 1]]
        parts = [self._operand(operand, op.symbol, depth) for operand in operands]
        if op.symbol.isidentifier():
            return f"{op.symbol}({', '.join(parts)})"
        return f" {op.symbol} ".join(parts) if len(parts) > 1 else f"{op.symbol}{parts[0]}"

    def _operand(self, node: int, around: str, depth: int) -> str:
        op = self._recording.nodes.op[node]
        if op is None or node in self._results:
            return self._name(node)
        if depth == 0:
            return "…"
        text = self._operation(node, depth - 1)
        return text if op.symbol == "*" or around == "+" else f"({text})"

    def _name(self, node: int) -> str:
        """A node by its name, a constant by its number, others by their place in the graph."""
        nodes = self._recording.nodes
        label = nodes.label[node]
        if label is not None:
            return shorten(label, LONGEST)
        return number(nodes.data[node]) if nodes.kind[node] == "constant" else f"#{node}"


def described(line: Line, names: Names) -> dict[str, JSON]:
    """A line of the array program, and the first of the operations it stands for."""
    return {
        "name": line.name,
        "shape": list(line.shape),
        "text": line.text,
        "count": len(line.nodes),
        "nodes": list(line.nodes[:NODES]),
        "scalars": [names.line(node) for node in spread(line.nodes)],
    }


def spread(nodes: Sequence[int]) -> Sequence[int]:
    """The first ones, and the last where there are more."""
    return nodes if len(nodes) <= TOLD else [*nodes[: TOLD - 1], nodes[-1]]
