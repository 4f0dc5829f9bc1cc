"""`.. autograd::`: a program and its graph in a Sphinx document, in reStructuredText and MyST alike.

    extensions = ["engine.display.directive"]

HTML gets the static picture, which needs no script and no service, or with `:live:` a page in a frame that steps and
has sliders. LaTeX gets the picture as a file, every other builder a table. A wrong program is a warning with its place,
so that `sphinx-build -W` refuses it.
"""

from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from engine.display.shown import FRAME, subject_of
from engine.display.terminal import text
from engine.export import html, png, svg
from engine.export.format import Subject
from engine.export.text import table
from engine.language.errors import ProgramError

HEIGHT = 480  # pixels of a frame
PAGE = '<iframe srcdoc="{page}" title="Computation graph" sandbox="allow-scripts" loading="lazy" {style}></iframe>'
STYLE = 'style="width:100%;height:{height}px;border:0;resize:vertical"'

log = logging.getLogger(__name__)


@lru_cache(maxsize=64)
def made(source: str) -> Subject:
    """What a program made; it is read and written in one build, most of the time."""
    return subject_of(source)


class Graph(nodes.General, nodes.Element):
    """A graph in a document: its program, which can be kept between builds, and how it is wanted."""


class Autograd(SphinxDirective):
    """The directive: its content is the program."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "live": directives.flag,
        "hide-program": directives.flag,
        "height": directives.positive_int,
    }

    def run(self) -> list[nodes.Node]:
        """The program, and the graph that it makes."""
        source = "\n".join(self.content)
        try:
            made(source)
        except ProgramError as error:
            for one in error.diagnostics:
                line = self.content_offset + (one.line or 1)
                log.warning("%s", one.message, location=(self.env.docname, line), type="autograd")
            return [nodes.literal_block(source, source, language="python")]
        height = self.options.get("height", HEIGHT)
        graph = Graph(source=source, live="live" in self.options, height=height)
        program = [] if "hide-program" in self.options else [nodes.literal_block(source, source, language="python")]
        return [*program, graph]


def in_html(writer: Any, node: Graph) -> None:  # noqa: ANN401  # a translator of docutils, which has no types
    """Write the picture, or the page that moves."""
    subject = made(node["source"])
    if node["live"]:
        style = STYLE.format(height=node["height"])
        writer.body.append(PAGE.format(page=escape(html.write(subject).decode()), style=style))
    else:
        writer.body.append(FRAME.format(picture=svg.encode(subject.view)))
    raise nodes.SkipNode


def in_latex(writer: Any, node: Graph) -> None:  # noqa: ANN401
    """Put the picture beside the document, and include it."""
    picture = png.write(made(node["source"]))
    name = f"autograd-{sha256(picture).hexdigest()[:16]}.png"
    (Path(writer.builder.outdir) / name).write_bytes(picture)
    writer.body.append(
        f"\n\\begin{{center}}\\sphinxincludegraphics{{{name}}}\\end{{center}}\n"
    )  # no wider than the page
    raise nodes.SkipNode


def in_text(writer: Any, node: Graph) -> None:  # noqa: ANN401
    """Write the table."""
    writer.new_state(0)
    writer.add_text(text(table(made(node["source"]).view.nodes)))
    writer.end_state(wrap=False)
    raise nodes.SkipNode


def skipped(writer: Any, node: Graph) -> None:  # noqa: ANN401, ARG001
    """Leave out what a builder cannot draw."""
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, object]:
    """Give Sphinx the directive."""
    later = (skipped, None)
    app.add_node(Graph, html=(in_html, None), latex=(in_latex, None), text=(in_text, None), man=later, texinfo=later)
    app.add_directive("autograd", Autograd)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
