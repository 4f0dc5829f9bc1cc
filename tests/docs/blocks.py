"""The generated blocks of the documents, by name.

In a document each stands between two comments: `<!-- generated: settings -->` and `<!-- end -->`.
"""

from collections.abc import Mapping
from itertools import groupby

from app.embedding import PARAMETERS
from app.links.privacy import kept
from app.settings import Settings, settings_table
from app.texts import FIRST, Texts
from engine.examples import PROGRAMS, Example
from engine.language.limits import Limits
from engine.op import Op
from engine.ops import OPS
from engine.spelling import spellings
from tests.docs.commands import SERVICE, answer
from tests.docs.documents import Block, snippets
from tests.docs.looked_up import address, frame, parts, routes, table
from tests.invariants.test_sizes import FILE, FUNCTION, MEDIAN

LIBRARIES = {"torch": "PyTorch", "jax": "JAX", "numpy": "NumPy"}


def code(text: str) -> str:
    """A text as code."""
    return f"`{text}`"


def examples() -> str:
    """The examples by level, each a link to the page."""
    return "\n\n".join(
        f"**{level.capitalize()}**\n\n" + table(("program", "what it shows"), map(_example, group))
        for level, group in groupby(PROGRAMS, key=lambda example: example.level)
    )


def _example(example: Example) -> tuple[str, str]:
    return f"[{example.title}]({SERVICE}/?example={example.name})", example.sentence


def budgets() -> str:
    """The budgets of a program, and of one that trains in a stream."""
    rows = (
        (str(one["name"]), f"{one['value']:,} {one['unit']}", f"{one['stream']:,}", str(one["meaning"]))
        for one in Limits().describe()
    )
    return table(("budget", "at most", "in a stream", "what it bounds"), rows)


def operations() -> str:
    """The rulebook: all names at a glance, then every record with all it says."""
    return "\n\n".join([_overview(), *map(_operation, OPS.values())])


def _overview() -> str:
    return "All of them: " + " · ".join(f"[{op.name}](#{op.name})" for op in OPS.values())


def _operation(op: Op) -> str:
    facts = [("written", code(op.formula))]
    facts += [(f"slope for {x}", code(slope)) for x, slope in zip(op.params, op.derivatives, strict=True)]
    if op.domain:
        facts.append(("defined where", code(op.domain.text)))
    if op.kink:
        facts.append((f"no slope where {code(op.kink.where.text)}", f"by convention {op.kink.convention}"))
    facts.append(("for example", _sample(op)))
    facts += [(LIBRARIES[target], code(text)) for target, text in spellings(op).items()]
    formula = op.latex.format(**{param: param for param in op.params})
    return f"## {op.name}\n\n$`{formula}`$\n\n" + table(("", ""), facts)


def _sample(op: Op) -> str:
    """The record at its first sample point: the result, and the slopes there."""
    point = op.samples[0]
    result = op(*point)
    slopes = [rule(*point, result) for rule in op.slopes]
    at = ", ".join(f"{x} = {number:g}" for x, number in zip(op.params, point, strict=True))
    return f"at {at} it is {result:.6g}, with the slope{'s' if slopes[1:] else ''} " + " and ".join(
        f"{slope:.6g}" for slope in slopes
    )


def embedding() -> str:
    """What an address says of a frame."""
    rows = ((code(one.name), one.forms, code(one.usual) if one.usual else "", one.meaning) for one in PARAMETERS)
    return table(("parameter", "form", "usually", "meaning"), rows)


def sizes() -> str:
    """How long things may be."""
    return f"A file has at most {FILE} lines, a function at most {FUNCTION}; half of all functions at most {MEDIAN}."


def quoted(before: str) -> str:
    """What the command in the last piece of shell before here answers."""
    return answer([one.text for one in snippets(before) if one.language == "sh"][-1])


def privacy() -> str:
    """What a server says before a link is made: one where nothing was set, and one that keeps links for a month."""
    texts, usual = Texts(FIRST), Settings.model_fields["links"].default
    settings = (Settings(links=usual), Settings(links=usual, links_days=30))
    return "\n\n".join(f"> {kept(one, texts.say, texts.count)}" for one in settings)


BLOCKS: Mapping[str, Block] = {
    "answer": quoted,
    "examples": lambda _: examples(),
    "settings": lambda _: settings_table(),
    "budgets": lambda _: budgets(),
    "operations": lambda _: operations(),
    "embedding": lambda _: embedding(),
    "sizes": lambda _: sizes(),
    "routes": lambda _: routes(),
    "parts": lambda _: parts(),
    "address": lambda _: address(),
    "frame": lambda _: frame(),
    "privacy": lambda _: privacy(),
}
