"""A scalar autograd engine: numbers that remember how they were made, and gradients that can be seen."""

from engine.derivative import check, grad, hessian, jvp
from engine.leaf import Input, Parameter
from engine.recording import Recording, record
from engine.value import Value

__all__ = ["Input", "Parameter", "Recording", "Value", "check", "grad", "hessian", "jvp", "record"]
