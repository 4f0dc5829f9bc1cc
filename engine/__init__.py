"""A scalar autograd engine: numbers that remember how they were made, and gradients that can be seen."""

from engine.leaf import Input, Parameter
from engine.value import Value

__all__ = ["Input", "Parameter", "Value"]
