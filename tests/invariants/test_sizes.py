"""A file is read at one sitting, a function at one glance."""

import re
from pathlib import Path
from statistics import median

from tests.each import each
from tests.invariants.sources import functions, javascript_files, place, python_files

FILE, FUNCTION, MEDIAN = 250, 40, 10
PYTHON = python_files("engine", "app")
LONGER = {"engine/value.py": 280}  # a Value, its operators and its backward pass are one idea, read in one go
HEAD = re.compile(r"^(?P<indent> *)(?:export )?(?:default )?(?:async )?function\*? ?\w*\(")


def script_functions(text: str) -> list[tuple[int, int]]:
    """First line and length of each function of a script; it ends where a brace closes at its indentation."""
    lines, found = text.splitlines(), []
    for first, line in enumerate(lines):
        if head := HEAD.match(line):
            closing = f"{head['indent']}}}"
            last = next((n for n in range(first, len(lines)) if lines[n].rstrip(";,)") == closing), first)
            found.append((first + 1, last - first + 1))
    return found


@each("path", [*PYTHON, *javascript_files()])
def test_a_file_is_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGER.get(place(path), FILE)


@each("path", PYTHON)
def test_a_function_is_short(path: Path) -> None:
    lengths = {place(path, node): (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions(path)}
    assert not {where: length for where, length in lengths.items() if length > FUNCTION}


@each("path", javascript_files())
def test_a_function_of_the_page_is_short(path: Path) -> None:
    lengths = script_functions(path.read_text("utf-8"))
    assert not [f"{place(path)}:{first} has {length} lines" for first, length in lengths if length > FUNCTION]


def test_half_of_the_functions_are_very_short() -> None:
    lengths = [(node.end_lineno or node.lineno) - node.lineno + 1 for path in PYTHON for node in functions(path)]
    assert median(lengths) <= MEDIAN


def test_the_length_of_a_script_function_is_counted() -> None:
    text = (
        "export function f(a) {\n  if (a) {\n    g();\n  }\n}\n\nconst h = 1;\nasync function k() {\n  return 1;\n}\n"
    )
    assert script_functions(text) == [(1, 5), (8, 3)]
