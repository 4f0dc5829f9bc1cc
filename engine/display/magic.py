"""`%%autograd`: a cell whose text is a program of the playground, checked, run and drawn.

%load_ext engine.display
"""

import sys
from collections.abc import Callable
from typing import Protocol

from engine.display.shown import Shown, subject_of
from engine.language.errors import ProgramError


class Shell(Protocol):
    """What of IPython is needed: a way to give it a magic."""

    def register_magic_function(self, func: Callable[..., object], magic_kind: str, magic_name: str) -> None:
        """Let cells begin with `%%` and that name."""


def load_ipython_extension(shell: Shell) -> None:
    """Give IPython the magic."""
    shell.register_magic_function(autograd, "cell", "autograd")


def autograd(line: str, cell: str) -> Shown | None:  # noqa: ARG001  # a magic is given the rest of its line
    """Run a program and show its graph, or what is wrong with it."""
    try:
        found = Shown(subject_of(cell))
    except ProgramError as error:
        for one in error.diagnostics:
            place = f"line {one.line}: " if one.line else ""
            hint = f" ({one.hint})" if one.hint else ""
            sys.stderr.write(f"{place}{one.message}{hint}\n")
        return None
    sys.stdout.write("".join(f"{line}\n" for line in found.subject.facts.printed))
    return found
