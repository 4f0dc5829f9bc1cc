"""A finding in words: the templates of a language, filled."""

from pathlib import Path

from engine.explain.figures import number, visible
from engine.explain.templates import Words, fill, words
from engine.watch.findings import Finding
from engine.watch.theirs import Theirs

ENDING = frozenset({"recursion", "visited_twice"})  # causes that may end a pass in its midst
FOLDER = Path(__file__).parent / "words"


def sentence(finding: Finding, theirs: Theirs | None, language: str = "en") -> str:
    """What is wrong, and where."""
    found = words(language, FOLDER)
    ended = finding.cause in ENDING and finding.node is None and finding.step is not None
    return fill(
        found[template(finding)] + (f" {found['reached']}" if ended else ""),
        line=finding.line or "?",
        step=(finding.step or 0) + 1,
        later=(finding.later or 0) + 1,
        node=name(finding.node, theirs, found),
        other=name(finding.other, theirs, found),
        theirs="?" if finding.theirs is None else number(finding.theirs),
        true="?" if finding.true is None else number(finding.true),
        text=visible(finding.text or ""),
        held=visible(finding.held or ""),
    )


def template(finding: Finding) -> str:
    """Which of a cause's templates fits."""
    match finding:
        case Finding(cause="order", text=str()):
            return "order_circle"
        case Finding(cause="forward", held=str()):
            return "forward_odd"
        case Finding(cause="order", later=None):
            return "order_unlinked" if finding.other is not None else "order_never"
        case Finding(cause="visited_twice", node=None):
            return "visited_twice_endless"
        case Finding(cause="seed", theirs=0.0):
            return "seed_missing"
        case Finding(cause="local_derivative", other=None):
            return "local_derivative_unexplained"
        case Finding(cause="domain", node=None):
            return "domain_ended"
        case _:
            return finding.cause


def name(node: int | None, theirs: Theirs | None, found: Words) -> str:
    """What a node is called: by its label or name, else by what made it."""
    if node is None or theirs is None:
        return "?"
    one = theirs.nodes[node]
    if one.label:
        return visible(one.label)
    kind = ("operation" if one.op else "leaf") + ("" if one.line else "_elsewhere")
    return fill(found[kind], op=visible(one.op or ""), data=number(one.data), line=one.line or "")
