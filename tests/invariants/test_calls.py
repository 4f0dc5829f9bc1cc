"""Text never becomes Python code: a program is interpreted by us, from a closed list of what it may say."""

import ast
from pathlib import Path

import pytest

from tests.each import each
from tests.invariants.sources import place, python_files, tree

FORBIDDEN = {"eval", "exec", "compile", "__import__", "import_module", "exec_module", "run_path", "run_module"}

# A fresh process closes itself in first and imports what it serves afterwards: the server names it, nobody else can.
# What shows graphs needs more than the standard library, and is imported when it is asked for, by a table of names. So
# is what needs one of the server's extras, where a setting asks for it.
ALLOWED = {path: {"import_module"} for path in ("app/pool/worker_main.py", "engine/__init__.py", "app/extras.py")}


def callee(call: ast.Call) -> str | None:
    """The name a call goes by: `f` in `f(x)` and `a.f(x)`, but not a method `compile`, as `re` has it and we do."""
    match call.func:
        case ast.Name(name):
            return name
        case ast.Attribute(ast.Name("builtins"), name):
            return name
        case ast.Attribute(_, name) if name != "compile":
            return name
        case _:
            return None


def offences(module: ast.Module) -> dict[ast.Call, str | None]:
    calls = {node: callee(node) for node in ast.walk(module) if isinstance(node, ast.Call)}
    return {node: name for node, name in calls.items() if name in FORBIDDEN}


@each("path", python_files("engine", "app"))
def test_nothing_is_evaluated(path: Path) -> None:
    allowed = ALLOWED.get(place(path), set())
    assert not {place(path, node): name for node, name in offences(tree(path)).items() if name not in allowed}


@each("path", python_files("engine", "app"))
def test_nothing_that_evaluates_is_passed_on(path: Path) -> None:
    names = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Name))
    assert not [place(path, node) for node in names if node.id in {"eval", "exec", "compile", "__import__"}]


@pytest.mark.parametrize(
    "text",
    ["eval('1')", "builtins.exec(x)", "compile(x, '', 'eval')", "builtins.compile(x)", "importlib.import_module(x)"],
)
def test_a_forbidden_call_is_found(text: str) -> None:
    assert offences(ast.parse(text))


@pytest.mark.parametrize("text", ["re.compile('a')", "self.compile(node)"])
def test_a_method_called_compile_is_none(text: str) -> None:
    assert not offences(ast.parse(text))
