"""What one run of a program built, as the panels use it: by the playground's own numbers, or beneath the program's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.language.errors import RunError
from engine.language.faults import Fault
from engine.language.grammar.checked import Checked
from engine.language.limits import Limits
from engine.language.run import Options, Run, run_to
from engine.recording import Recording, record

NOTHING = "there is nothing to differentiate: the program has no Values"


class Written(NamedTuple):
    """A gradient that an engine of the program's own wrote, and whether it is the true one."""

    gradient: float
    right: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one run built.

    nodes    by key the input's node, where the graph has it
    keys     the keys of all inputs
    because  what speaks against using the recording for other inputs: how a number was first taken out of a Value
    line     where that was, if it is known already
    drawn    by node of the recording the node of the document, where that is another graph
    written  by node the gradient that the program's own engine wrote
    """

    recording: Recording
    output: int
    nodes: Mapping[str, int]
    keys: tuple[str, ...]
    because: str | None
    line: int | None = None
    drawn: Mapping[int, int] = field(default_factory=dict)
    written: Mapping[int, Written] = field(default_factory=dict)

    def id(self, node: int) -> int:
        """What the document calls a node."""
        return self.drawn.get(node, node)


def ran(checked: Checked, limits: Limits, options: Options, node: int | None) -> Recorded:
    """Run a program that computes with the playground's numbers; `node` is the output if it has no name."""

    def recorded(ended: Run) -> Recorded:
        recording = record(ended.output, inputs=ended.inputs, assigned=ended.assigned)
        output = recording.output if node is None else node
        if output is None:
            raise RunError([checked.source.diagnostic("error", "empty", NOTHING)])
        if not 0 <= output < len(recording):
            raise no_such_node(output)
        serials = enumerate(recording.nodes.serial)
        nodes = {ended.keys[serial]: node for node, serial in serials if serial is not None and serial in ended.keys}
        return Recorded(recording, output, nodes, tuple(ended.keys.values()), ended.machine.peeked)

    return run_to(checked, limits, options, recorded)


def no_such_node(node: int) -> Fault:
    """The fault of asking for an output that the graph does not have."""
    return Fault("output", f"the graph has no node {node}")
