"""The gradients that are true of an engine's own numbers, pass by pass: by the slopes of their arithmetic."""

from collections.abc import Mapping

from engine.watch.theirs import Theirs

Slopes = Mapping[tuple[int, int], float]  # by user and operand


def slopes(theirs: Theirs) -> dict[tuple[int, int], float]:
    """The slope of each operation towards each operand; at a kink the engine's own, if it may be that one."""
    found: dict[tuple[int, int], float] = {}
    bent = set[tuple[int, int]]()
    for user, node in enumerate(theirs.nodes):
        for edge in node.operands:
            found[user, edge.node] = found.get((user, edge.node), 0.0) + edge.local
            if edge.bent:
                bent.add((user, edge.node))
    for walk in theirs.walks if bent else ():
        for deposit in walk.deposits:
            for flow in deposit.flows:
                place = flow.source, deposit.node
                if place in bent and flow.upstream is not None and flow.local is not None and abs(flow.local) <= 1.0:
                    found[place] = flow.local
    return found


def gradients(theirs: Theirs, of: Slopes, root: int) -> dict[int, float]:
    """d(root) / d(node) of every node that it depends on."""
    reached, pending = {root}, [root]
    while pending:
        for edge in theirs.nodes[pending.pop()].operands:
            if edge.node not in reached:
                reached.add(edge.node)
                pending.append(edge.node)
    found = {root: 1.0}
    for user in sorted(reached, reverse=True):
        given = found.get(user, 0.0)
        for operand in dict.fromkeys([edge.node for edge in theirs.nodes[user].operands]):
            found[operand] = found.get(operand, 0.0) + given * of[user, operand]
    return found
