"""Generated programs: the language against CPython bit for bit, gradients against PyTorch, and what must not matter."""

import ast
import json
import math
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, reject, settings

from engine import document
from engine.language.errors import RunError
from engine.language.run import Run
from engine.ops import OPS
from tests.invariants.sources import ROOT
from tests.language.agreement import Outcome, disagreement, ours, ran
from tests.language.programs import Writer, programs
from tests.language.slopes import are_what_they_were, gradients

GENERATED = settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
KINDS = (
    "Assign AnnAssign AugAssign Expr If For While Break Continue FunctionDef Return ClassDef Nonlocal Assert BinOp "
    "UnaryOp BoolOp Compare IfExp Lambda NamedExpr Call Attribute Subscript Slice Starred List Tuple Dict ListComp "
    "DictComp GeneratorExp JoinedStr FormattedValue"
)
FEWER = settings(GENERATED, max_examples=40)


@given(programs())
@GENERATED
def test_a_program_does_what_it_does_in_cpython(source: str) -> None:
    assert not disagreement(source), source


@given(programs(mistake=True))
@GENERATED
def test_a_wrong_program_goes_wrong_in_the_line_in_which_it_does_in_cpython(source: str) -> None:
    assert not disagreement(source), source


@given(programs())
@GENERATED
def test_gradients_are_those_of_pytorch(source: str) -> None:
    found = finished(source)
    output = found.output
    assert output is not None
    nodes = output.history()
    assume(all(math.isfinite(node.data) for node in nodes) and are_what_they_were(nodes, found))
    for node in nodes:
        node.grad = 0.0
    output.backward()
    theirs = gradients(nodes)
    assume(all(math.isfinite(node.grad) for node in nodes))
    largest = max(abs(node.grad) for node in nodes)
    assert [node.grad for node in nodes if node.op is None] == pytest.approx(theirs, rel=1e-9, abs=1e-12 * largest)


def finished(source: str) -> Run:
    """A program run to its end; the few that come to none are left out."""
    try:
        return ran(source)
    except RunError:
        reject()


def document_of(source: str) -> bytes:
    return document.run(json.dumps({"verb": "graph", "source": source}).encode())


def commented(source: str) -> str:
    """The same with comments, blank lines and blanks at the ends of lines."""
    return "".join(f"{line}  # {number}\n\n" for number, line in enumerate(source.splitlines()))


def spaced(source: str) -> str:
    """The same with deeper indentation and other line breaks."""
    return source.replace("    ", "\t").replace("\n", "\r\n")


def bracketed(source: str) -> str:
    """The same with brackets around whatever is assigned, returned or asserted."""
    lines = source.splitlines()
    kinds = ast.Assign | ast.AugAssign | ast.Return
    values = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, kinds) and node.value]
    for line, start, end in sorted(((x.lineno, x.col_offset, x.end_col_offset) for x in values), reverse=True):
        row = lines[line - 1].encode()
        lines[line - 1] = (row[:start] + b"(" + row[start:end] + b")" + row[end:]).decode()
    return "\n".join(lines) + "\n"


def renamed(source: str) -> str:
    """The same with other names for all that the program names itself."""
    return re.sub(r"\b([vnsldc]\d+)\b", r"other_\1", source)


def told(source: str) -> Outcome:
    """What the renamed program does, told with the old names."""
    found = ours(renamed(source))
    variables, inputs = (
        {name.removeprefix("other_"): thing for name, thing in things.items()}
        for things in (found.variables, found.inputs)
    )
    return replace(found, variables=variables, inputs=inputs)


@pytest.mark.parametrize("change", [commented, spaced, bracketed])
@given(source=programs())
@FEWER
def test_comments_blanks_line_breaks_and_brackets_change_nothing(change: Callable[[str], str], source: str) -> None:
    assert ours(change(source)) == ours(source), change(source)


@given(programs())
@FEWER
def test_names_change_nothing_but_themselves(source: str) -> None:
    assert told(source) == ours(source), renamed(source)


@given(programs(), programs())
@FEWER
def test_the_same_program_gives_the_same_bytes(source: str, other: str) -> None:
    first = document_of(source)
    document_of(other)
    assert document_of(source) == first


DIGEST = """
import hashlib, json, sys
from engine.document import run
answers = [run(json.dumps({"verb": "graph", "source": source}).encode()) for source in json.load(sys.stdin)]
print(hashlib.sha256(b"".join(answers)).hexdigest())
"""


def test_the_same_programs_give_the_same_bytes_in_every_process() -> None:
    sources = [Writer(Random(number)).program(6, mistake=number % 4 == 0) for number in range(40)]
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            input=json.dumps(sources),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "7")
    }
    assert len(digests) == 1


def test_the_programs_are_of_every_kind() -> None:
    sources = [Writer(Random(number)).program(8, mistake=False) for number in range(300)]
    nodes = {type(node).__name__ for source in sources for node in ast.walk(ast.parse(source))}
    assert not set(KINDS.split()) - nodes
    assert not [
        op.name for op in OPS.values() if not any(op.name in source or op.symbol in source for source in sources)
    ]
    assert sum(ours(source).failed is None for source in sources[:60]) > 50
