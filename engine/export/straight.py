"""A recording as a program without branches: what the formats for Python libraries share.

Each node has a name, each operation is one line, in the order of execution. A program ends by comparing its numbers
with those that the playground shows.
"""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.explain.figures import number, shorten, visible
from engine.export.format import Subject
from engine.export.identifiers import identifiers
from engine.export.rules import Fixed, deposit, forward
from engine.op import Op
from engine.recording import Recording

MOST = 60  # characters of a label
NOTHING = "# There is no Value in the program: nothing to compute.\n"
EARLIER = "# On the page, earlier passes have added to some gradients; here is what one pass brings."
CHECK = '''\
def check(name, found, shown):
    """Compare a number with the one that the playground shows."""
    same = math.isclose(found, shown, rel_tol=1e-9, abs_tol=1e-12) or (math.isnan(found) and math.isnan(shown))
    assert same, f"{name} is {found}, not {shown}"
'''
CHECKED = ("math", "check", "name", "found", "shown", "same", "data", "grad", "SHOWN")  # names of the text above


@dataclass(frozen=True, slots=True)
class Straight:
    """A recording with a name for each node, for one of TARGETS."""

    recording: Recording
    names: Sequence[str]
    target: str

    @property
    def leaves(self) -> list[int]:
        """The inputs and parameters."""
        return [node for node, kind in enumerate(self.recording.nodes.kind) if kind in ("input", "parameter")]

    @property
    def operations(self) -> Iterator[tuple[int, Op]]:
        """The operations with their records."""
        return ((node, op) for node, op in enumerate(self.recording.nodes.op) if op is not None)

    @property
    def output(self) -> str:
        """The name of what is differentiated."""
        return self.names[self.recording.output or 0]

    def operands(self, node: int) -> Sequence[int]:
        """The operands of an operation."""
        first = self.recording.first
        return self.recording.edges.source[first[node] : first[node + 1]]

    def fixed(self, node: int) -> Fixed:
        """The numbers among its operands."""
        nodes = self.recording.nodes
        return tuple([nodes.data[one] if nodes.kind[one] == "constant" else None for one in self.operands(node)])

    def places(self, node: int) -> tuple[str, str, str]:
        """The names of its operands and of itself, as the templates of `rules` take them."""
        names = [self.names[one] for one in self.operands(node)]
        return names[0], names[-1], self.names[node]

    def line(self, node: int, op: Op) -> str:
        """The operation as an assignment, with its number."""
        text = forward(op, self.target, self.fixed(node)).format(*self.places(node))
        return f"{self.names[node]} = {text}{self.remark(node)}"

    def deposits(self, node: int, op: Op, upstream: str) -> Iterator[tuple[int, str]]:
        """What the operation hands back: each operand with the text of it."""
        fixed, places = self.fixed(node), self.places(node)
        for place, operand in enumerate(self.operands(node)):
            if fixed[place] is None:
                yield operand, deposit(op, place, self.target, fixed).format(*places, upstream)

    def remark(self, node: int) -> str:
        """A comment: the number of a result, and the label of a node where its name says something else."""
        nodes = self.recording.nodes
        label = nodes.label[node]
        said = [] if nodes.op[node] is None else [number(nodes.data[node])]
        said += [] if label in (None, self.names[node]) else [visible(shorten(label, MOST))]
        return f"  # {', '.join(said)}" if said else ""

    def shown(self, nodes: Iterable[int], row: Callable[[str, str, str], str]) -> list[str]:
        """A row for each node: of its name, its number and its gradient."""
        data, adjoint = self.recording.nodes.data, self.recording.nodes.adjoint
        return [row(self.names[node], exact(data[node]), exact(adjoint[node] or 0.0)) for node in nodes]

    @property
    def bent(self) -> bool:
        """Whether an operation stands where it has no slope, and libraries choose one."""
        data = self.recording.nodes.data
        return any(op.kinked(*(data[one] for one in self.operands(node))) for node, op in self.operations)

    def earlier(self) -> list[str]:
        """A remark where the page shows more than one pass."""
        nodes = self.recording.nodes
        pairs = zip(nodes.grad, nodes.adjoint, strict=True)
        differs = any(grad is not None and grad != brought and not math.isnan(grad) for grad, brought in pairs)
        return [EARLIER] if differs else []


def straight(subject: Subject, target: str, reserved: Collection[str] = (), prefix: str = "") -> Straight:
    """The recording of a subject with names that are none of `reserved`."""
    names = identifiers(subject.recording.nodes, {*CHECKED, *reserved}, prefix)
    return Straight(subject.recording, names, target)


def exact(value: float) -> str:
    """A number to its last digit, in Python."""
    if math.isfinite(value):
        return repr(value)
    return "math.nan" if math.isnan(value) else "math.inf" if value > 0 else "-math.inf"


def quoted(source: str) -> list[str]:
    """The program as comments."""
    lines = source.rstrip().splitlines()
    return ["# The program:", *(f"#     {visible(line)}".rstrip() for line in lines), ""]


def program(subject: Subject, library: str, lines: Callable[[], Iterable[str]]) -> bytes:
    """The text of a program: what it is, the playground's own program, and the lines that do the same."""
    about = f'"""A program of the Autograd Playground in {library}: run it, and it checks its own gradients."""'
    body = [NOTHING] if subject.recording.output is None else lines()
    return "\n".join([about, "", *quoted(subject.source), *body]).encode("utf-8", "replace")
