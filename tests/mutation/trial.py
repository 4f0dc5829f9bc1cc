"""One mutant on trial: the tests of its area run in a fork of this process that imports the module with the mistake."""

import importlib.util
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

import hypothesis  # noqa: F401  # what is imported here, every trial has already
import msgspec  # noqa: F401
import networkx as nx  # noqa: F401
import numpy as np  # noqa: F401
import pytest

from tests.mutation.mutants import Mutant, mutated

ROOT = Path(__file__).resolve().parents[2]
CPU_SECONDS = 120
PATIENCE = 600.0  # seconds on the clock
QUIETLY = ["-x", "-q", "-n0", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
OURS = ("engine", "app", "tests")


class Mistaken(SourceFileLoader):
    """Loads a module with a mistake in it."""

    def __init__(self, name: str, path: str, mutant: Mutant) -> None:
        super().__init__(name, path)
        self._mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        source = Path(self.get_filename(fullname)).read_text("utf-8")
        return compile(mutated(source, self._mutant), self.get_filename(fullname), "exec")


class Finder(MetaPathFinder):
    """Finds that module, and leaves all others to Python."""

    def __init__(self, name: str, mutant: Mutant) -> None:
        self._name, self._mutant = name, mutant

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        file = str(ROOT / Path(*fullname.split("."))) + ".py"
        return importlib.util.spec_from_file_location(fullname, file, loader=Mistaken(fullname, file, self._mutant))


def killed(module: str, mutant: Mutant | None, tests: Sequence[str]) -> bool:
    """Whether the tests notice the mistake, by failing or by taking for ever; None is no mistake."""
    pid = os.fork()
    if pid == 0:
        status: Any = 1
        try:
            status = trial(module, mutant, tests)
        finally:
            os._exit(int(status))
    descriptor = os.pidfd_open(pid)
    if not select.select([descriptor], [], [], PATIENCE)[0]:
        signal.pidfd_send_signal(descriptor, signal.SIGKILL)
    os.close(descriptor)
    return os.waitpid(pid, 0)[1] != 0


def trial(module: str, mutant: Mutant | None, tests: Sequence[str]) -> int:
    """Run the tests here; 0 if all pass."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for one in range(3):
        os.dup2(nowhere, one)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    for name in [
        name for name in sys.modules if name.partition(".")[0] in OURS and not name.startswith("tests.mutation")
    ]:
        del sys.modules[name]
    if mutant is not None:
        sys.meta_path.insert(0, Finder(module, mutant))
    os.chdir(ROOT)
    return int(pytest.main([*QUIETLY, *tests]))


def took(module: str, tests: Sequence[str]) -> float:
    """Seconds that the tests take where there is no mistake; RuntimeError if they fail."""
    began = time.monotonic()
    if killed(module, None, tests):
        raise RuntimeError(f"the tests of {module} fail without any mistake")
    return time.monotonic() - began
