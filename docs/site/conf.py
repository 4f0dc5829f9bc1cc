"""The documentation site: `make docs` builds it."""

import re

from pygments.lexers.python import PythonLexer
from sphinx.application import Sphinx

from app import __version__
from engine.explain.mathml import mathml

project = "Autograd Playground"
author = "The authors of the Autograd Playground"
release = __version__
extensions = ["myst_parser", "engine.display.directive"]
nitpicky = True
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = project
html_copy_source = False
html_show_copyright = False
html_show_sourcelink = False

FORMULA = re.compile(r"\$`(.+?)`\$")  # as it is written where Markdown is shown without a build


def formulas(_app: Sphinx, _path: object, _name: str, content: list[str]) -> None:
    """Write the formulas of an included document as MathML, and its links to the source as plain text."""
    text = FORMULA.sub(lambda found: mathml(found[1]), content[0])
    content[0] = re.sub(r"\[(`[\w/.]+`)\]\(\.\./[\w/.]+\)", r"\1", text)


def setup(app: Sphinx) -> None:
    """Read included documents as above; a program of the playground is coloured as Python."""
    app.connect("include-read", formulas)
    app.add_lexer("program", PythonLexer)
