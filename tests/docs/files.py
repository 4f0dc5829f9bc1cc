"""The files that are generated as a whole, and what should be in each."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from engine import javascript
from engine.explain import script
from tests.invariants.sources import ROOT

OFFLINE = ROOT / "static" / "js" / "offline" / "offline.js"
BUNDLER = ROOT / "static" / "node_modules" / "esbuild" / "bin" / "esbuild"


def offline() -> str:
    """The script of exported pages, with all of the page's own that it imports."""
    node = [sys.executable, str(ROOT / "static" / "hatch_build.py"), "node", str(BUNDLER)]
    form = ["--bundle", "--minify", "--format=iife", "--target=es2022", "--charset=ascii"]
    return subprocess.run([*node, str(OFFLINE), *form], capture_output=True, text=True, check=True).stdout


FILES: Mapping[Path, Callable[[], str]] = {
    ROOT / "static" / "js" / "generated" / "rules.js": javascript.module,
    ROOT / "static" / "js" / "generated" / "notation.js": script.module,
    ROOT / "engine" / "export" / "offline.js": offline,
}
