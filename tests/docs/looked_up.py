"""What the site's reference lists: routes, parts of a graph, and everything an address may say."""

import re
from collections.abc import Iterable, Mapping, Sequence

from app.documents import GraphDocument
from app.embedding import PARAMETERS
from app.main import create_app
from app.settings import Settings
from tests.invariants.sources import ROOT

TAKEN = re.compile(r"take\(\"(\w+)\"|wanted\.get\(\"(\w+)\"\)")
ADDRESS = {
    "source": "the program",
    "example": "the name of an example, in place of a program",
    "values": "moved inputs, as `a:3,b:-2`",
    "step": "how many steps are done; without it all are, and nothing is marked",
    "node": "the chosen node, by its number",
    "panel": "the panel that is open",
    "accumulation": "`pytorch` or `micrograd`: how a second backward pass adds up",
    "passes": "how often the backward pass has run",
    "layout": "`lr` or `tb`: which way the picture runs",
    "open": "the boxes that are open, by their ids",
    "predict": "a task: what is hidden, and to be found out",
    "engine": "`own` or `ours`: whose engine is drawn, where the program defines one",
    "v": "the version of all this, 1",
}
PARTS = {
    "directed": "always true: node-link form",
    "multigraph": "always true: `a*a` has two edges",
    "graph": "what is true of it as a whole",
    "nodes": "a row for each number",
    "edges": "a row for each operand of an operation",
    "scopes": "calls, layers and turns of loops",
    "variables": "the program's names at its end",
    "passes": "the backward passes",
    "lines": "which lines ran, and how often",
    "printed": "what the program printed",
    "diagnostics": "warnings and notes",
}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def routes() -> str:
    """Every operation of the API."""
    paths: Mapping[str, Mapping[str, Mapping[str, str]]] = create_app(Settings()).openapi()["paths"]
    rows = (
        (f"`{method.upper()} {path}`", operation["summary"])
        for path, methods in paths.items()
        for method, operation in methods.items()
    )
    return table(("route", "what it is"), rows)


def parts() -> str:
    """The fields of a graph document; KeyError for one that nobody described."""
    return table(("part", "what it has"), ((f"`{name}`", PARTS[name]) for name in GraphDocument.model_fields))


def address() -> str:
    """What the page's address may say, as its script takes it; KeyError for what nobody described."""
    script = (ROOT / "static" / "js" / "url.js").read_text("utf-8")
    names = dict.fromkeys(one or other for one, other in TAKEN.findall(script))
    return table(("parameter", "what it says"), ((f"`{name}`", ADDRESS[name]) for name in names))


def frame() -> str:
    """What the address of a frame may say beside it."""
    rows = ((f"`{one.name}`", one.forms, f"`{one.usual}`" if one.usual else "", one.meaning) for one in PARAMETERS)
    return table(("parameter", "forms", "usually", "what it says"), rows)
