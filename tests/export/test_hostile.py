"""A label is text in every format, whatever it says: the same file as for a plain label, with another text in it."""

import ast
import csv
import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import pairwise

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from engine.explain.figures import UNSEEN, shorten, visible
from engine.export import FORMATS
from tests.each import each
from tests.export.subjects import labelled

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": '" onload="alert(1)',
    "entity": "&lt;b&gt;&#60;",
    "comment": "--><!--",
    "file": r"\input{/etc/passwd}",
    "shell": r"\write18{ls}",
    "ending": r"}\end{document}",
    "mathematics": "$x^2$ % # & ~ _",
    "carets": "a^^5c^^M",
    "quotes": '"] -> n9 [label="',
    "escapes": r"\N \G \l \\",
    "click": '"]; click n0 "javascript:alert(1)"',
    "directive": '%%{init: {"theme":"dark"}}%%',
    "word": "end",
    "markdown": "`**bold**` #quot;",
    "formula": "=1+1",
    "at": "@SUM(A1:A9)",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "spaced": "  =HYPERLINK(1)",
    "link": "https://example.org",
    "docstring": '"""\nimport os',
    "lines": "a\nb\r\nc\u2028d\x0ce",
    "terminal": "\x1b[31mred\x07",
    "turned": "\u202eabc\u2066",
    "hebrew": "שלום",
    "prototype": "__proto__",
    "template": "{{7*7}} ${7} {0} %s",
    "broken": "\ud800",
    "zero": "a\0b",
    "coded": "_x0041_",
    "long": "x" * 50_000,
}
PLAIN = "name"


def code(file: str) -> tuple[object, list[str]]:
    """The kinds of nodes of the syntax tree, in order; no text: the comments are none of the tree's."""
    return [type(node).__name__ for node in ast.walk(ast.parse(file))], []


def table(file: str) -> tuple[object, list[str]]:
    rows = list(csv.reader(io.StringIO(file, newline="")))
    assert not any(cell.lstrip().startswith(("=", "+", "@", "\t")) for row in rows for cell in row)
    return [len(row) for row in rows], [row[1].removeprefix("'") for row in rows[1:]]


def document(file: str) -> tuple[object, list[str]]:
    nodes = json.loads(file)["nodes"]
    return [sorted(node) for node in nodes], [node["label"] for node in nodes]


def picture(file: str) -> tuple[object, list[str]]:
    found = list(ET.fromstring(file).iter())  # noqa: S314  # our own
    return [(one.tag, sorted(one.attrib)) for one in found], [one.text or "" for one in found]


def dot(file: str) -> tuple[object, list[str]]:
    """As Graphviz reads it, where that is installed."""
    if not shutil.which("dot"):
        return 0, []
    done = subprocess.run(["dot", "-Tsvg"], input=file, capture_output=True, text=True, check=True, timeout=20)
    assert not done.stderr
    shape, texts = picture(re.sub(r"<!DOCTYPE[^>]*>", "", done.stdout))
    return sorted(map(str, shape)), [text.replace("\u00a0", " ") for text in texts]  # type: ignore[call-overload]


LINES = re.compile(
    r'flowchart LR|  n\d+(\(\[|\{\{|\[\[|\(|\[)"(?P<text>[^"]*)"(\]\)|\}\}|\]\]|\)|\])'
    r'|  n\d+ (-\.->|-->(\|"[^"]*"\|)?) n\d+|  linkStyle \d+ stroke:[#\w]+'
)


def mermaid(file: str) -> tuple[object, list[str]]:
    found = [LINES.fullmatch(line) for line in file.removesuffix("\n").split("\n")]
    assert all(found)
    texts = [one["text"].split("<br>")[0] for one in found if one and one["text"]]
    assert all(re.fullmatch(r"(?:[^\W_]|[ .]|#\d+;)*", text) for text in texts)
    return len(found), [re.sub(r"#(\d+);", lambda one: chr(int(one[1])), text) for text in texts]


def tex(file: str) -> tuple[object, list[str]]:
    """The commands that are not what a sign is written with; braces match, and nothing is commented out."""
    assert not re.search(r"\^\^|(?<!\\)[%~#]", file.partition("\\begin{document}")[2].replace("}{%", ""))
    depth = [0]
    for sign in re.findall(r"(?<!\\)(?:\\\\)*([{}])", file):
        depth.append(depth[-1] + (1 if sign == "{" else -1))
    assert min(depth) == depth[-1] == 0
    assert all(abs(one - other) == 1 for one, other in pairwise(depth))
    written = {"text", "mathrm", "textbackslash", "textasciicircum", "textasciitilde", "cdot", "left", "right"}
    return sorted(set(re.findall(r"\\([A-Za-z]+)", file)) - written), []


READERS: dict[str, Callable[[str], tuple[object, list[str]]]] = {
    **dict.fromkeys(("torch", "jax", "numpy", "micrograd"), code),
    "csv": table,
    "json": document,
    "svg": picture,
    "dot": dot,
    "mermaid": mermaid,
    "latex": tex,
}


def said(label: str, most: int = 50_000) -> str:
    """A label as people see it."""
    return visible(shorten(label, most))


def smooth(text: str) -> str:
    """A text as readers of XML leave it: two line ends are one, and so are two spaces."""
    return re.sub("�+", "�", re.sub(" +", " ", text.strip()))


@pytest.mark.parametrize("name", READERS)
def test_any_label_is_text_and_nothing_else(name: str) -> None:
    plain, _ = READERS[name](FORMATS[name].write(labelled(PLAIN)).decode())
    for case, label in HOSTILE.items():
        file = FORMATS[name].write(labelled(label)).decode()
        shape, texts = READERS[name](file)
        assert shape == plain, (name, case)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", file), (name, case)
        if texts and case != "long":
            seen = {smooth(UNSEEN.sub("�", text)) for text in texts}
            assert any(smooth(said(label, 18)) in text for text in seen) or any(
                smooth(said(label)) in text for text in seen
            ), (name, case, seen)


def test_a_cell_of_a_table_is_no_longer_than_it_can_be_read() -> None:
    rows = csv.reader(io.StringIO(FORMATS["csv"].write(labelled(HOSTILE["long"])).decode(), newline=""))
    assert max(len(cell) for row in rows for cell in row) == 200


def test_every_format_has_a_reader() -> None:
    assert READERS.keys() | {"xlsx", "html", "png"} == FORMATS.keys()


@each("label", HOSTILE.values())
def test_a_workbook_holds_it_as_text(label: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(labelled(label))))
    for place in ("A2", "A3"):
        cell = book["Values"][place]
        assert cell.data_type == "s"
        assert cell.hyperlink is None
        assert unescape(str(cell.value)) == said(label, 200)
