"""Imports point down only, at the head of the file, and are all there is to know about who needs whom."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.each import each
from tests.invariants.layers import APP, ENGINE, allowed
from tests.invariants.sources import cycle, functions, imports, module_name, modules, place, python_files, tree

OURS = python_files("engine", "app")
TABLES = {"engine": allowed(ENGINE), "app": allowed(APP)}


def unit(module: str) -> tuple[str, str]:
    """`engine.ops.arithmetic` is the unit `ops` of `engine`."""
    parts = module.split(".")
    return parts[0], parts[1] if len(parts) > 1 else "__init__"


@each("path", OURS)
def test_imports_point_down_only(path: Path) -> None:
    package, own = unit(module_name(path))
    assert own in TABLES[package], f"{own} has no line in tests/invariants/layers.py"
    for node, name in imports(path):
        target, other = unit(name)
        if target == package:
            assert other in TABLES[package][own], f"{place(path, node)}: {own} may not import {other}"


@each("path", python_files("engine"))
def test_the_engine_knows_nothing_of_the_app(path: Path) -> None:
    assert not [place(path, node) for node, name in imports(path) if name.split(".")[0] in {"app", "tests"}]


def test_no_module_imports_itself_through_others() -> None:
    graph = {name: {other for _, other in imports(path)} for name, path in modules().items()}
    assert not cycle(graph)


@each("path", OURS)
def test_no_import_inside_a_function(path: Path) -> None:
    late = (node for function in functions(path) for node in ast.walk(function))
    assert not [place(path, node) for node in late if isinstance(node, ast.Import | ast.ImportFrom)]


@each("path", OURS)
def test_no_import_is_relative_starred_or_for_type_checkers_only(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(path, node)}: a relative import"
            assert node.names[0].name != "*", f"{place(path, node)}: a starred import"
            assert "TYPE_CHECKING" not in {alias.name for alias in node.names}, place(path, node)


def test_a_cycle_is_found() -> None:
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a", "json"}}) == ["a", "b", "c", "d"]
    assert cycle({"a": {"b"}, "b": {"c"}, "c": set()}) == []


def test_the_engine_alone_needs_the_standard_library_only() -> None:
    root = str(modules()["engine"].parents[1])
    program = f"import sys; sys.path.insert(0, {root!r}); import engine; print(*sys.modules)"
    command = [sys.executable, "-I", "-S", "-c", program]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert "engine" in loaded
    assert not {name.split(".")[0] for name in loaded} - set(sys.stdlib_module_names) - {"engine", "__main__"}
