"""A scalar autograd engine: numbers that remember how they were made, and gradients that can be seen."""

from importlib import import_module
from typing import Any

from engine.derivative import check, grad, hessian, jvp
from engine.leaf import Input, Parameter
from engine.recording import Recording, record
from engine.value import Value

__all__ = ["Input", "Parameter", "Recording", "Value", "check", "grad", "hessian", "jvp", "record", "show", "widget"]

_LATER = {"show": "engine.display.shown", "widget": "engine.display.widget"}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # functions that need more than the standard library
    """Load what shows graphs when it is first asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)
