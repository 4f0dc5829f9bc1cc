"""A recording without the numbers that are asked for."""

from dataclasses import replace

from engine.predict.task import Hidden
from engine.recording import Recording


def hidden(recording: Recording, hide: Hidden) -> Recording:
    """The same graph without gradients and without the order of the pass; without the numbers of operations, if asked.

    What is hidden is not there: gradients, local slopes and flows are one sum away from each other.
    """
    nodes, edges = recording.nodes, recording.edges
    none = (None,) * len(recording)
    data, end = nodes.data, nodes.data_end
    if hide == "data":
        columns = zip(nodes.op, data, strict=True)
        data = tuple([number if op is None else None for op, number in columns])  # type: ignore[misc]  # a gap is what is wanted
        end = none
    return replace(
        recording,
        nodes=replace(nodes, data=data, data_end=end, grad=none, adjoint=none),
        edges=replace(edges, local=(None,) * len(edges.local), flow=(None,) * len(edges.flow)),
        order=(),
    )
