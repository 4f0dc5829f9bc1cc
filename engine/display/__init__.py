"""Graphs where people already are: notebooks, terminals, documents; `%load_ext engine.display` for a cell's program."""

from engine.display.magic import load_ipython_extension

__all__ = ["load_ipython_extension"]
