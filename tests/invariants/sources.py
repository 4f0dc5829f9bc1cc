"""The project's own source files, as paths and as parsed modules; nothing is imported, so nothing runs."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: str) -> list[Path]:
    """All Python files below these folders of the project."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def javascript_files() -> list[Path]:
    """All JavaScript of our own that the page loads."""
    return sorted((ROOT / "static" / "js").rglob("*.js"))


@cache
def tree(path: Path) -> ast.Module:
    """A parsed Python file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def place(path: Path, node: ast.AST | None = None) -> str:
    """A file, or a line of it, as a test's message names it."""
    name = path.relative_to(ROOT).as_posix()
    return name if node is None else f"{name}:{getattr(node, 'lineno', 1)}"


def functions(path: Path) -> Iterator[Function]:
    """All functions and methods of a file, nested ones too."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def module_name(path: Path) -> str:
    """`engine/ops/__init__.py` is `engine.ops`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    """Every module of `engine` and `app`, by its dotted name."""
    return {module_name(path): path for path in python_files("engine", "app")}


def imports(path: Path) -> Iterator[tuple[ast.stmt, str]]:
    """What a file imports, as absolute names: of `from a import b` the module `a.b` where it is one, else `a`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            names = (f"{base}.{alias.name}" for alias in node.names)
            yield from ((node, name if name in modules() else base) for name in names)


def tracked_files() -> list[Path]:
    """The files under version control; without a repository (an unpacked sdist) those of the folders it holds."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    folders = ("app", "engine", "static/js", "static/css", "static/src", "templates", "tests", "docs")
    inside = [path for folder in folders for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts]
    return [path for path in [*ROOT.iterdir(), *inside] if path.is_file()]


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """The nodes that are left when all that depend on nothing are taken away, again and again: none without a cycle."""
    left = {node: uses & graph.keys() for node, uses in graph.items()}
    while free := {node for node, uses in left.items() if not uses}:
        left = {node: uses - free for node, uses in left.items() if node not in free}
    return sorted(left)
