"""The graph beneath an engine of the program's own, as the panels use it: recorded, replayed, sampled as any other."""

from engine.explain.templates import words
from engine.language.errors import RunError
from engine.language.faults import Fault
from engine.language.grammar.checked import Checked
from engine.language.limits import Limits
from engine.language.run import Options, error
from engine.panels.recorded import Recorded, Written, no_such_node
from engine.watch.answers import chosen
from engine.watch.beneath import Beneath
from engine.watch.drawing import Drawing, drawing
from engine.watch.movable import Movable
from engine.watch.sentences import FOLDER
from engine.watch.turns import Window
from engine.watch.watching import Watched, watch


class Watching:
    """Runs a program with its engine watched, again and again: what may be moved in it is found once.

    `turn` is the backward pass that is looked at, with the one before it; None for the first two. Of a first run that
    does not get to its end, what it made until then is looked at.
    """

    def __init__(self, turn: int | None) -> None:
        self.turn = turn
        self.known: Movable | None = None

    def __call__(self, checked: Checked, limits: Limits, options: Options, node: int | None) -> Recorded:
        """Run it once; `node` is the output if it has no name."""
        seen = watched(checked, limits, options, self.turn, known=self.known, beneath=True)
        if seen.problem and (not seen.theirs or options.strict or self.known):
            raise seen.problem
        if seen.theirs is None or seen.beneath is None or not seen.theirs.nodes:
            raise RunError([checked.source.diagnostic("error", "empty", words("en", FOLDER)["nothing"])])
        self.known = self.known or seen.movable
        drawn = drawing(seen.theirs, chosen(seen.theirs, seen.findings), limits.drawn_nodes)
        try:
            return recorded(seen, seen.beneath, drawn, asked_for(drawn, options.output, node))
        except Fault as fault:
            raise error(fault, checked, limits) from None


def watched(
    checked: Checked,
    limits: Limits,
    options: Options,
    turn: int | None,
    *,
    known: Movable | None = None,
    beneath: bool = False,
) -> Watched:
    """Run a program and look at one of its backward passes, at the last where it has not so many."""
    seen = watch(checked, limits, options, Window.at(turn), known=known, beneath=beneath)
    if turn is not None and turn > seen.turns:
        seen = watch(checked, limits, options, Window.at(seen.turns or None), known=known, beneath=beneath)
    return seen


def asked_for(drawn: Drawing, output: str | None, node: int | None) -> int:
    """The node that is the output: by name, by number, or where the pass began."""
    nodes = drawn.theirs.nodes
    if output is not None:
        node = next((i for i in reversed(range(len(nodes))) if nodes[i].label == output), None)
        if node is None:
            raise Fault("output", f"`{output[:80]}` cannot be the output: no number of the engine has that name")
    if node is not None and not 0 <= node < len(nodes):
        raise no_such_node(node)
    return node if node is not None else drawn.output if drawn.output is not None else len(nodes) - 1


def recorded(seen: Watched, beneath: Beneath, drawn: Drawing, output: int) -> Recorded:
    """What the engine built up to a node, beside the gradients that it wrote if its pass began there."""
    theirs, again = drawn.theirs, beneath.again
    found = beneath.recorded(output, drawn.nodes)
    assigned = f"assigns `.{theirs.number}`" if again else None
    passed = drawn.walk is not None and output == drawn.output
    written = {
        place: Written(drawn.written.get(node, 0.0), node not in drawn.wrong) for node, place in found.leaves.items()
    }
    return Recorded(
        recording=found.recording,
        output=found.recording.output or 0,
        nodes={key: found.leaves[node] for node, key in theirs.keys.items() if node in found.leaves},
        keys=tuple(theirs.keys.values()),
        because=seen.peeked or assigned,
        line=again.line if again and not seen.peeked else None,
        drawn=found.part,
        written=written if passed else {},
    )
