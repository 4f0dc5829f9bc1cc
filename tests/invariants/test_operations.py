"""An operation is written down in one file of `engine/ops`; everything else takes it from there."""

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path

from engine.ops import OPS
from tests.each import each
from tests.invariants.sources import ROOT, Function, javascript_files, place, python_files, tree

RULEBOOK = ROOT / "engine" / "ops"
EXAMPLES = ROOT / "engine" / "examples"
# An operator's record is called as Python's method for it, and a builtin function is the language's own word too.
PYTHONS = {name for name, record in OPS.items() if not record.symbol.isidentifier()} | set(dir(builtins))
HOMONYMS = {"step": "also what an optimiser does, and the timeline", "sign": "also a mark in the editor's margin"}
# Networks and losses are made of operations, as programs are.
USES = {"engine/nn.py": {"tanh"}, "engine/micrograd.py": {"relu"}, "engine/losses.py": {"exp", "log", "relu"}}
GENERATED = {path for path in javascript_files() if path.parent.name == "generated"}  # from the rulebook itself
NAMES = OPS.keys() - PYTHONS - HOMONYMS.keys()


def python_words(module: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """The strings of a module, and the functions and classes it defines."""
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node, node.value
        elif isinstance(node, Function | ast.ClassDef):
            yield node, node.name


def script_words(text: str) -> set[str]:
    """The strings of a script that are one word, and the names of its functions and keys."""
    strings = re.findall(r"""["'`](\w+)["'`]""", text)
    functions = re.findall(r"\bfunction\*? (\w+)|\bconst (\w+) = (?:async )?\(?[\w, ]*\)? =>", text)
    keys = re.findall(r"[{,]\s*(\w+):", text)
    return {*strings, *keys, *(name for pair in functions for name in pair)}


@each("name", OPS)
def test_one_file_of_the_rulebook_defines_it(name: str) -> None:
    records = {
        path
        for path in python_files("engine/ops")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.keyword) and node.arg == "name"
        if isinstance(node.value, ast.Constant) and node.value.value == name
    }
    assert len(records) == 1, f"{name} has its record in {sorted(map(place, records))}"


@each("path", python_files("engine", "app"))
def test_no_other_module_names_an_operation(path: Path) -> None:
    if {RULEBOOK, EXAMPLES} & set(path.parents):
        return
    sought = NAMES - USES.get(place(path), set())
    assert not {place(path, node): word for node, word in python_words(tree(path)) if word in sought}


@each("path", sorted(set(javascript_files()) - GENERATED))
def test_no_script_names_an_operation(path: Path) -> None:
    assert not script_words(path.read_text("utf-8")) & NAMES


def test_a_name_is_found_in_python() -> None:
    words = {word for _, word in python_words(ast.parse("def a(): return 'b'\nclass c: pass\nd(e)"))}
    assert words == {"a", "b", "c"}


def test_a_name_is_found_in_a_script() -> None:
    words = script_words("function a() { return 'b'; }\nconst c = (x) => 1;\nconst h = { d: 1 };\nf(g)")
    assert {"a", "b", "c", "d"} <= words
    assert not {"f", "g", "h"} & words
