"""The page's own modules: imports by relative address, without cycles, late ones in few places; no code from text."""

import re
from pathlib import Path

import pytest

from tests.each import each
from tests.invariants.sources import ROOT, cycle, javascript_files, place

STATIC_IMPORT = re.compile(
    r"""^(?:import\s*|(?:import|export)\b[^;"'`=()]*?\bfrom\s*)["'](?P<address>[^"']+)["']""", re.MULTILINE
)
LATE_IMPORT = re.compile(r"""\bimport\((?:"(?P<address>[^"]+)")?""")
LATE = {
    "static/js/main.js",
    "static/js/later.js",
    "static/js/embed/main.js",
    "static/js/embed/mount.js",
    "static/js/views/editor.js",
}  # who loads what the first paint can do without
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
FORBIDDEN = re.compile(r"\beval\(|\bnew Function\(|\bdocument\.write\(|\.innerHTML\b")


def code(text: str) -> str:
    return COMMENT.sub("", text)


def imported(path: Path) -> list[str]:
    return [found["address"] for found in STATIC_IMPORT.finditer(code(path.read_text("utf-8")))]


def imported_late(path: Path) -> list[str]:
    """What a module loads when it is needed; empty for an address that is not written out."""
    return [found["address"] or "" for found in LATE_IMPORT.finditer(code(path.read_text("utf-8")))]


@each("path", javascript_files())
def test_imports_are_relative_and_lead_to_files(path: Path) -> None:
    for address in [*imported(path), *imported_late(path)]:
        assert address.startswith(("./", "../")), f"{place(path)} imports {address}"
        target = (path.parent / address).resolve()
        bundled = ROOT / "static" / "src" / target.name
        assert target.is_file() or (target.parent.name == "vendor" and bundled.is_file()), f"{place(path)}: {address}"


def test_no_module_imports_itself_through_others() -> None:
    graph = {
        str(path): {str((path.parent / address).resolve()) for address in imported(path)} for path in javascript_files()
    }
    assert not cycle(graph)


@each("path", javascript_files())
def test_no_code_from_text_and_late_imports_in_few_places(path: Path) -> None:
    assert not FORBIDDEN.findall(code(path.read_text("utf-8")))
    assert place(path) in LATE or not imported_late(path)


def test_imports_are_found() -> None:
    text = 'import { a,\n  b } from "./x.js";\nimport "./y.js";\nexport { c } from \'../z.js\';\n// import "./no.js"\n'
    assert [found["address"] for found in STATIC_IMPORT.finditer(code(text))] == ["./x.js", "./y.js", "../z.js"]


def test_late_imports_are_found() -> None:
    assert [found["address"] for found in LATE_IMPORT.finditer('await import("./x.js"), import(name)')] == [
        "./x.js",
        None,
    ]


@pytest.mark.parametrize("text", ["eval(s)", "new Function(s)", "p.innerHTML = s"])
def test_forbidden_code_is_found(text: str) -> None:
    assert FORBIDDEN.search(code(text))
