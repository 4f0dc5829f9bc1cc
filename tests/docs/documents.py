"""The documents of the project as text: their generated blocks, their snippets, their links."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.invariants.sources import ROOT

MEASURED = ROOT / "docs" / "measured.md"  # the benches write it
DOCUMENTS = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")} - {MEASURED})

BLOCK = re.compile(r"(?P<head><!-- generated: (?P<name>[\w-]+) -->\n).*?(?P<tail><!-- end -->)", re.DOTALL)
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"!?\[(?P<words>[^\]]*)\]\((?P<address>[^)\s?][^)\s]*)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)

Block = Callable[[str], str]  # what stands before the block in its document -> what stands in it


class Snippet(NamedTuple):
    """A fenced piece of a document."""

    language: str
    text: str


class Link(NamedTuple):
    """What a link says, and where it leads."""

    words: str
    address: str


def filled(text: str, blocks: Mapping[str, Block]) -> str:
    """The document with its generated blocks made anew; KeyError for a block that nothing generates."""
    result, position = "", 0
    for found in BLOCK.finditer(text):
        result += text[position : found.start()]
        result += f"{found['head']}\n{blocks[found['name']](result).strip()}\n\n{found['tail']}"
        position = found.end()
    return result + text[position:]


def snippets(text: str) -> list[Snippet]:
    """The fenced pieces, in order."""
    return [Snippet(found["language"], found["text"]) for found in FENCE.finditer(text)]


def links(text: str) -> list[Link]:
    """The links, without those in fenced pieces."""
    return [Link(found["words"], found["address"]) for found in LINK.finditer(FENCE.sub("", text))]


def anchors(text: str) -> set[str]:
    """The names that headings can be linked by."""
    headings = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in HEADING.findall(FENCE.sub("", text)))
    return {re.sub(r"\s", "-", heading) for heading in headings}


def relative(path: Path) -> str:
    """A document's name."""
    return path.relative_to(ROOT).as_posix()
