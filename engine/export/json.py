"""The graph document, as the API answers it."""

from engine.export import nodelink
from engine.export.format import Format

FORMAT = Format(
    name="json",
    title="Graph document (JSON)",
    media_type="application/json",
    suffix="json",
    write=lambda subject: nodelink.encode(subject.view, subject.facts),
)
