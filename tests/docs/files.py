"""The files that are generated as a whole, and what should be in each."""

from collections.abc import Callable, Mapping
from pathlib import Path

from engine import javascript
from engine.explain import script
from tests.invariants.sources import ROOT

FILES: Mapping[Path, Callable[[], str]] = {
    ROOT / "static" / "js" / "generated" / "rules.js": javascript.module,
    ROOT / "static" / "js" / "generated" / "notation.js": script.module,
}
