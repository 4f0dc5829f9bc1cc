"""Answers are the program's own: the graph is what was written, the same bytes every time, in strict JSON."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.document import run
from engine.examples import EXAMPLES
from tests.each import each
from tests.invariants.layers import FACTS
from tests.invariants.sources import ROOT, imports, place, python_files

SOURCES = [example.source for example in EXAMPLES]
DIGEST = """
import hashlib, json
from engine.document import run
from engine.examples import EXAMPLES
answers = [run(json.dumps({"verb": "page", "source": example.source}).encode()) for example in EXAMPLES]
print(hashlib.sha256(b"".join(answers)).hexdigest())
"""
NAMES = {"a": 0.5, "b": 0.25, "c": 2.0}
LEAVES = st.sampled_from(sorted(NAMES))
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "/"]), inner),
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "/", "**"]), st.just("3.0")),
        st.builds("({} {} {})".format, st.just("2.0"), st.sampled_from(["+", "-", "*", "/"]), inner),
        st.builds("(-{})".format, inner),
        st.builds("{}({})".format, st.sampled_from(["tanh", "sin", "exp"]), inner),
    ),
    max_leaves=12,
)


def answer(source: str, verb: str = "graph") -> bytes:
    return run(json.dumps({"verb": verb, "source": source}).encode())


def refuse(constant: str) -> NoReturn:
    raise AssertionError(f"{constant} is not JSON")


def written(document: dict[str, Any], node: int) -> str:
    """The expression that a node of a graph stands for."""
    found = document["nodes"][node]
    operands = [written(document, edge["source"]) for edge in document["edges"] if edge["target"] == node]
    if not operands:
        return str(found["label"] or found["data"])
    if len(operands) == 2:
        return "(" + f" {found['symbol']} ".join(operands) + ")"
    return f"(-{operands[0]})" if found["symbol"] == "-" else f"{found['op']}({operands[0]})"


@given(EXPRESSIONS)
@example("(a - a)")
@settings(deadline=None)
def test_the_graph_is_the_expression_that_was_written(expression: str) -> None:
    inputs = "\n".join(f"{name} = {number}" for name, number in NAMES.items())
    document = json.loads(answer(f"{inputs}\ny = {expression}")[1:])
    assert written(document, document["variables"]["y"]["node"]) == expression


def test_the_same_program_gives_the_same_bytes_in_every_process() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(digests) == 1


def test_what_was_asked_before_does_not_matter() -> None:
    first = [answer(source) for source in SOURCES]
    again = [answer(source) for source in reversed(SOURCES)]
    assert first == again[::-1]


@each("source", [*SOURCES, "x = 1e308\ny = (x * 10) - (x * 10)\nz = log(-y)", "print('\\ud800', 1)"])
def test_every_answer_is_strict_json(source: str) -> None:
    reply = answer(source)
    assert reply[:1] in (b"+", b"-")
    json.loads(reply[1:].decode("utf-8", "strict"), parse_constant=refuse)


def test_a_program_is_checked_to_its_last_line_before_its_first_one_runs() -> None:
    reply = answer("while True:\n    pass\nimport os\nx = yield")
    assert reply.startswith(b"-")
    found = json.loads(reply[1:])["diagnostics"]
    assert [one["line"] for one in found] == [3, 4]
    assert all(one["limit"] is None for one in found)


@each("path", python_files("app"))
def test_the_front_process_knows_facts_of_the_engine_and_nothing_that_runs(path: Path) -> None:
    known = {name for _, name in imports(path) if name.split(".")[0] == "engine"}
    assert known <= FACTS | ({"engine.cli"} if place(path) == "app/cli.py" else set())
