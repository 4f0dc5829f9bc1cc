"""The tools, asked by a real client over a real pipe."""

import sys
from typing import Any

import anyio
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from tests.invariants.sources import ROOT

SQUARE = "x = 3.0\ny = x * x"
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("graph", {"source": SQUARE}),
    ("graph", {"source": SQUARE, "inputs": {"x": 5.0}}),
    ("trace", {"source": SQUARE}),
    ("check", {"source": "y = tahn(1)"}),
    ("gradcheck", {"source": SQUARE}),
]
WRONG: list[tuple[str, dict[str, Any]]] = [
    ("trace", {"source": SQUARE, "lang": "../words/en"}),
    ("trace", {"source": SQUARE, "lang": "xx"}),
    ("trace", {"source": SQUARE, "start": -5}),
    ("graph", {"source": SQUARE, "inputs": {"x": "nan"}}),
]


async def asked(calls: list[tuple[str, dict[str, Any]]]) -> tuple[list[str], list[dict[str, Any]]]:
    """The names of the tools, and what these calls answered."""
    server = StdioServerParameters(command=sys.executable, args=["-m", "app", "mcp"], cwd=str(ROOT))
    async with Client(stdio_client(server)) as client:
        listed = await client.list_tools()
        answers = [(await client.call_tool(name, arguments)).structured_content for name, arguments in calls]
        return sorted(tool.name for tool in listed.tools), [dict(one or {}) for one in answers]


def test_a_client_finds_and_uses_every_tool() -> None:
    names, (graph, moved, trace, wrong, checked, *refused) = anyio.run(asked, CALLS + WRONG)
    assert names == ["check", "gradcheck", "graph", "trace"]
    assert graph["nodes"][0]["grad"] == 6.0
    assert moved["nodes"][0]["grad"] == 10.0
    assert len(trace["steps"]) == 3
    assert trace["steps"][0]["sentence"]
    assert wrong["diagnostics"][0]["hint"] == "did you mean `tanh`?"
    assert checked["rows"]
    assert refused == [{}] * len(WRONG)
