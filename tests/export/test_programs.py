"""Exported programs run with the library they are for, and find the gradients that the playground shows."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from engine.explain.figures import visible
from engine.export import FORMATS
from engine.export.identifiers import identifier, identifiers
from engine.recording import record
from engine.value import Value
from tests.export.subjects import SOURCES, subject

LIBRARIES = ("torch", "jax", "numpy", "micrograd")
# All files of a folder one after the other in one process: importing a library takes longer than running them.
RUNNER = """
import contextlib, io, pathlib, runpy, sys
for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            runpy.run_path(str(file))
    except Exception as problem:
        print(f"{file.stem}: {type(problem).__name__}: {problem}")
    else:
        print(f"{file.stem}: {said.getvalue().count('grad')} agree")
"""


@cache
def written(library: str, name: str) -> str:
    return FORMATS[library].write(subject(SOURCES[name])).decode()


def ran(folder: Path, names: dict[str, str]) -> dict[str, str]:
    """What came of running these programs."""
    for name, text in names.items():
        (folder / f"{name}.py").write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error::SyntaxWarning", "-c", RUNNER, folder], capture_output=True, text=True, check=True
    )
    return dict(line.split(": ", 1) for line in done.stdout.splitlines())


def compared(library: str, name: str) -> int:
    """How many gradients the program of a library compares."""
    nodes = subject(SOURCES[name]).recording
    if nodes.output is None:
        return 0
    kinds = ("input", "parameter") if library == "jax" else ("input", "parameter", "operation")
    return sum(kind in kinds for kind in nodes.nodes.kind)


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_program_runs_and_finds_the_same_gradients_and_no_wrong_one(library: str, tmp_path: Path) -> None:
    head, shown, rows = written(library, "expression").partition("SHOWN = ")
    wrong = head + shown + rows.replace("6.0", "6.001", 1)
    found = ran(tmp_path, {**{name: written(library, name) for name in SOURCES}, "wrong": wrong})
    assert found.pop("wrong").startswith("AssertionError: the gradient of a")
    assert {name: said for name, said in found.items() if said != f"{compared(library, name)} agree"} == {}
    assert found.keys() == SOURCES.keys()


def test_the_backward_pass_is_what_one_writes_by_hand() -> None:
    lines = written("numpy", "expression").splitlines()
    begin = lines.index("d_L = np.float64(1.0)")
    assert lines[begin + 1 : begin + 7] == [
        "d_v5 = d_L * f",
        "d_f = d_L * v5",
        "d_v4 = d_v5",
        "d_c = d_v5",
        "d_a = d_v4 * b",
        "d_b = d_v4 * a",
    ]
    assert "d_x = d_u * (2 * x)" in written("numpy", "chain")


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_program_stands_in_comments(library: str) -> None:
    assert "#     L = (a*b + c) * f\n" in written(library, "expression")
    assert "earlier passes" in written(library, "twice")
    assert "earlier passes" not in written(library, "expression")


def test_labels_become_names() -> None:
    labels = [
        "a",
        "a",
        "w[1]",
        "layers[0].w",
        "2nd",
        "for",
        "print",
        "θ",
        "a b",
        "",
        "שלום",
        "__proto__",
        "ﬁ",
        "x" * 90,
    ]
    nodes = record(None, inputs=[Value(1.0, label) for label in labels]).nodes
    names = identifiers(nodes)
    assert names[:9] == ["a", "a_2", "w_1", "layers_0_w", "v_2nd", "for_2", "print_2", "θ", "a_b"]
    assert names[9:] == ["v9", "v10", "proto", "fi", "x" * 40]
    assert all(name.isidentifier() for name in names)


def test_a_derivative_has_a_name_of_its_own() -> None:
    nodes = record(None, inputs=[Value(1.0, label) for label in ("a", "d_a", "d_d_a", "a")]).nodes
    names = identifiers(nodes, prefix="d_")
    every = [*names, *(f"d_{name}" for name in names)]
    assert len(set(every)) == len(every)


@pytest.mark.parametrize("label", ["a\nimport os", 'a"""', "#", "\u202ea", "🙂"])
def test_a_name_holds_nothing_but_letters(label: str) -> None:
    name = identifier(label)
    assert name == "" or (name.isidentifier() and visible(name) == name)
    assert ast.parse(f"{name or 'v'} = 1")
