"""Tools for language models, by the Model Context Protocol: graphs, steps, mistakes and checks of gradients.

`autograd-playground mcp` speaks it on the standard input and output. A wrong program is no failure of a tool: its
answer is the problem, with what to write instead.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec
from mcp.server import MCPServer
from pydantic import Field, FiniteFloat

from engine.document import run

NAME = "autograd-playground"
PARTS = ["graph", "nodes", "edges", "variables", "printed", "diagnostics"]
MOST_STEPS = 200
INSTRUCTIONS = (
    "Programs are in a safe subset of Python: assignments, arithmetic, functions, classes, loops, lists, and the names "
    "of a scalar autograd engine (Value, tanh, exp, log, MLP, ...). The last result is differentiated."
)
Answer = dict[str, Any]
Inputs = Mapping[str, FiniteFloat] | None
Start = Annotated[int, Field(ge=0)]

server = MCPServer(NAME, instructions=INSTRUCTIONS)


def asked(verb: str, **fields: object) -> Answer:
    """The engine's answer, or its problem."""
    found: Answer = msgspec.json.decode(run(msgspec.json.encode({"verb": verb, **fields}))[1:])
    return found


@server.tool()
def graph(source: str, inputs: Inputs = None) -> Answer:
    """Run a program forward and backward: every node with its data and grad, every edge with its local slope."""
    return asked("graph", source=source, inputs=inputs or {}, fields=PARTS)


@server.tool()
def trace(source: str, start: Start = 0, lang: Literal["de", "en"] = "en") -> Answer:
    """Tell a program's forward and backward steps, one by one, in words and numbers; up to 200 from `start` on."""
    return asked("steps", source=source, start=start, count=MOST_STEPS, lang=lang)


@server.tool()
def check(source: str) -> Answer:
    """List a program's mistakes without running it: each with its line, and what to write instead."""
    return asked("check", source=source)


@server.tool()
def gradcheck(source: str, inputs: Inputs = None) -> Answer:
    """Check the gradient of every input against differences."""
    return asked("gradcheck", source=source, inputs=inputs or {})


def serve() -> None:
    """Answer on the standard input and output until it ends."""
    server.run("stdio")


if __name__ == "__main__":
    serve()
