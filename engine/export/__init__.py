"""What a recording is written out as: one file a format, each with its record."""

from engine.export import csv, dot, html, jax, json, latex, mermaid, micrograd, numpy, png, svg, torch, xlsx
from engine.export.format import Format

__all__ = ["FORMATS", "Format"]

FORMATS: dict[str, Format] = {
    module.FORMAT.name: module.FORMAT
    for module in (torch, jax, numpy, micrograd, latex, dot, mermaid, svg, png, csv, xlsx, html, json)
}
