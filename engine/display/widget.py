"""The live picture in a notebook: it steps and its inputs move, in the browser, without a service."""

import anywidget
import traitlets

from engine.display.shown import subject_of
from engine.export import html
from engine.value import Value

HEIGHT = 480  # pixels
SCRIPT = """
export default {
  render({ model, el }) {
    const frame = document.createElement("iframe");
    Object.assign(frame, { srcdoc: model.get("page"), title: "Computation graph", sandbox: "allow-scripts" });
    Object.assign(frame.style, { width: "100%", height: `${model.get("height")}px`, border: "0", resize: "vertical" });
    model.on("change:page", () => { frame.srcdoc = model.get("page"); });
    model.on("change:height", () => { frame.style.height = `${model.get("height")}px`; });
    el.append(frame);
  },
};
"""


class Widget(anywidget.AnyWidget):
    """A graph that steps and has sliders; `page` is all of it, in one file."""

    _esm = SCRIPT
    page = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int(HEIGHT).tag(sync=True)


def widget(what: Value | str, height: int = HEIGHT) -> Widget:
    """The live graph of a value, or of a program given as text."""
    return Widget(page=html.write(subject_of(what)).decode(), height=height)
