"""Graphs and formulas, read by the programs they are for: Graphviz, Mermaid and KaTeX find every number there."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from playwright.sync_api import Page

from engine.explain.figures import number
from engine.export import FORMATS
from engine.export.cards import LONGEST
from engine.export.mermaid import DRAWN
from engine.export.view import View
from tests.export.subjects import SOURCES, labelled, subject
from tests.export.test_hostile import HOSTILE, said, smooth
from tests.invariants.sources import ROOT
from tests.node import node

MERMAID = ROOT / "static" / "node_modules" / "@mermaid-js" / "tiny" / "dist" / "mermaid.tiny.js"
GATHERED = re.compile(r"\\begin\{gather\*\}.*?\\end\{gather\*\}", re.DOTALL)
LETTER = re.compile(r"\\newunicodechar\{(.)\}\{\\ensuremath\{(.+)\}\}")
LARGE = {"deep"}  # takes Graphviz longer than all others
READ = """async (text) => {
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    return Object.fromEntries([...db.getVertices().values()].map(({ id, text }) => [id, text]));
}"""
# The texts of the nodes, and how many elements there are that nobody asked for.
DRAWS = """async (text) => {
    document.body.innerHTML = (await mermaid.render("drawn", text)).svg;
    return {
        texts: [...document.querySelectorAll(".nodeLabel")].map((one) => one.textContent),
        foreign: document.body.querySelectorAll("script, img, a, b, strong, [onload], [onclick]").length,
    };
}"""
Texts = Mapping[str, list[str]]  # the lines of each node


@cache
def written(name: str, source: str) -> str:
    return FORMATS[name].write(subject(SOURCES[source])).decode()


def lacking(drawn: View, texts: Texts) -> Iterator[str]:
    """The nodes whose number or gradient is not in their texts."""
    nodes = drawn.nodes
    for row, place in enumerate(drawn.numbers):
        if nodes.kind[row] != "constant":
            grad = nodes.grad[row]
            expected = {f"data {number(nodes.data[row])}", f"grad {'?' if grad is None else number(grad)}"}
            if not expected <= set(texts[f"n{place}"]):
                yield f"n{place}: {texts[f'n{place}']}"


@pytest.mark.skipif(not shutil.which("dot"), reason="no Graphviz: `apt-get install graphviz` brings it")
def test_graphviz_finds_every_number_and_gradient() -> None:
    files = {name: written("dot", name) for name in SOURCES.keys() - LARGE}
    command = ["dot", "-Tdot_json"]  # read, and not laid out
    done = subprocess.run(command, input="".join(files.values()), capture_output=True, text=True, check=True)
    assert done.stderr == ""
    rest, decoder = done.stdout.strip(), json.JSONDecoder()
    for name in files:
        graph, end = decoder.raw_decode(rest)
        rest = rest[end:].lstrip()
        texts = {one["name"]: one["label"].split("\\n") for one in graph.get("objects", [])}
        assert list(lacking(subject(SOURCES[name]).view, texts)) == [], name
    assert rest == ""


@pytest.mark.browser
class TestMermaid:
    @pytest.fixture
    def mermaid(self, page: Page) -> Page:
        page.goto("about:blank")
        page.add_script_tag(path=MERMAID)
        page.evaluate("mermaid.initialize({ startOnLoad: false })")
        return page

    def test_it_finds_every_number_and_gradient(self, mermaid: Page) -> None:
        for name, source in SOURCES.items():
            read = mermaid.evaluate(READ, written("mermaid", name))
            texts = {place: decoded(text).split("<br>") for place, text in read.items()}
            assert list(lacking(subject(source).within(DRAWN), texts)) == [], name

    def test_it_draws_any_label_as_text(self, mermaid: Page) -> None:
        for case, label in HOSTILE.items():
            drawn = mermaid.evaluate(DRAWS, FORMATS["mermaid"].write(labelled(label)).decode())
            assert drawn["foreign"] == 0, case
            assert any(smooth(said(label, LONGEST)) in smooth(text) for text in drawn["texts"]), (case, drawn["texts"])


def decoded(text: str) -> str:
    """A text as Mermaid draws it: it keeps characters by their numbers until then."""
    return re.sub(r"ﬂ°°(\d+)¶ß", lambda found: chr(int(found[1])), text)


def test_katex_takes_every_formula() -> None:
    formulas = {
        f"{name} {place}": formula
        for name in SOURCES
        for place, formula in enumerate(GATHERED.findall(lettered(written("latex", name))))
    }
    wrong = node("katex.mjs", list(formulas.values()))
    assert isinstance(wrong, list)
    assert {place: found for place, found in zip(formulas, wrong, strict=True) if found} == {}
    assert len(formulas) > len(SOURCES)


def lettered(document: str) -> str:
    """A document with the letters that it declares put in, in texts as formulas."""
    for letter, formula in LETTER.findall(document):
        document = document.replace(letter, f"${formula}$")
    return document
