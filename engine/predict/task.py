"""What is asked of a learner: which numbers are hidden, of which nodes, how often one may try."""

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from engine.explain.figures import visible
from engine.explain.graph import Graph
from engine.language.errors import RunError, Source
from engine.recording import Recording

Hidden = Literal["grad", "data", "order"]

MOST = 100  # nodes that one task asks for


class Task(msgspec.Struct, frozen=True):
    """A task.

    hide       gradients; or the numbers of operations; or the order in which the operations give backward
    nodes      the nodes asked for, by number or name; all of them where none is named
    tries      how many answers a node may be given; None for as many as one likes
    reveal     whether the right answer may be seen
    seed       what the inputs are varied by; None leaves them as the program has them
    tolerance  how far an answer may be off, as a part of the right one
    """

    hide: Hidden = "grad"
    nodes: Sequence[int | str] = ()
    tries: int | None = None
    reveal: bool = True
    seed: int | None = None
    tolerance: Annotated[float, msgspec.Meta(ge=0, le=0.1)] = 0.01


def questions(task: Task, recording: Recording, graph: Graph, drawn: Sequence[int], source: Source) -> list[int]:
    """The nodes that a task asks for, in the order in which they can be answered; RunError for one that is not there.

    Of `drawn`, that can be asked for: gradients from the output down, numbers from the inputs up. A task about the
    order asks for all operations.
    """
    kinds = recording.nodes.kind
    if task.hide == "order":
        if len(drawn) < len(recording):
            raise RunError([source.diagnostic("error", "node", "the graph is too large for its order to be asked for")])
        return list(recording.order)
    hidden = {"operation"} if task.hide == "data" else {"operation", "input", "parameter"}
    found = [node for node in drawn if kinds[node] in hidden]
    if task.nodes:
        names = {graph.nodes[node].name.plain: node for node in found}
        asked = {named(one, found, names, source) for one in task.nodes}
        found = [node for node in found if node in asked]
    return (found[::-1] if task.hide == "grad" else found)[:MOST]


def named(one: int | str, found: Sequence[int], names: dict[str, int], source: Source) -> int:
    """The node of that number or name."""
    node = names.get(one) if isinstance(one, str) else one
    if node is None or node not in found:
        raise missing(one, list(names), source)
    return node


def missing(one: int | str, names: Sequence[str], source: Source) -> RunError:
    """The error of asking for a node that is not there, or has nothing to hide."""
    hint = f"these can be asked for: {', '.join(f'`{name}`' for name in names[:20])}" if names else None
    message = f"the graph has no node `{visible(str(one)[:80])}` that can be asked for"
    return RunError([source.diagnostic("error", "node", message, hint=hint)])
