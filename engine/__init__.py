"""A scalar autograd engine: numbers that remember how they were made, and gradients that can be seen."""

from engine.value import Input, Parameter, Value

__all__ = ["Input", "Parameter", "Value"]
