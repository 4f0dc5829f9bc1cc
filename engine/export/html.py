"""A page in one file: the picture, its steps, and inputs that can be moved, without a service or a network.

Its script, `offline.js`, is the page's own replay, bundled by `make docs` from `static/js/offline`.
"""

from html import escape
from importlib.resources import files

from engine.export import nodelink, svg
from engine.export.cards import PADDING
from engine.export.format import Format, Subject
from engine.export.markup import safe, width

SCRIPT = (files(__package__ or "engine.export") / "offline.js").read_text("utf-8")
DRAWN = 300  # nodes
ROOM = width("data -1.23457e-10") + 2 * PADDING  # of a card: its numbers move
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
STYLE = """\
:root { color-scheme: light dark }
body { margin: 1rem; font-family: system-ui, sans-serif; line-height: 1.4 }
.picture { overflow: auto; margin: 1rem 0 }
pre { overflow: auto; padding: .75rem; border: 1px solid; border-radius: .4rem }
label { display: flex; gap: .75rem; align-items: center; font-family: ui-monospace, monospace }
label input { flex: 1; max-width: 30rem }
button { min-width: 2.75rem; min-height: 2.75rem }
"""
PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A program of the Autograd Playground</title>
<style>{style}</style>
<main>
<h1>A program and its gradients</h1>
<pre tabindex="0" aria-label="Program">{source}</pre>
<label>Step <button id="back" type="button" aria-label="Step back">&#x2190;</button>\
<input id="step" type="range" min="0" step="1" aria-label="Step">\
<button id="next" type="button" aria-label="Next step">&#x2192;</button></label>
<p id="told" role="status"></p>
<div class="picture" tabindex="0" role="group" aria-label="Graph">{picture}</div>
<p id="fixed" hidden>The inputs of this program cannot be moved here: its branches, or what it assigns, decide.</p>
<div id="inputs"></div>
</main>
<script type="application/json" id="document">{document}</script>
<script>{script}</script>
"""


def write(subject: Subject) -> bytes:
    """The page."""
    drawn = subject.within(DRAWN)
    document = nodelink.encode(drawn, subject.facts).decode().replace("<", "\\u003c")
    page = PAGE.format(
        policy=escape(POLICY),
        style=STYLE,
        source=safe(subject.source),
        picture=svg.encode(drawn, ROOM),
        document=document,
        script=SCRIPT,
    )
    return page.encode("utf-8", "replace")


FORMAT = Format(
    name="html", title="Page that steps and computes (HTML)", media_type="text/html", suffix="html", write=write
)
