"""What only some servers do, with packages that only these have: imported when a setting asks for it."""

from importlib import import_module
from typing import Any


def extra(module: str, name: str) -> Any:  # noqa: ANN401  # a module
    """A module of ours that needs one of the package's extras; RuntimeError where that is not installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise RuntimeError(f"{error.name} is not installed: pip install 'autograd-playground[{name}]'") from error
