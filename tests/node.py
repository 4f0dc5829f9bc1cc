"""The page's scripts, asked by tests in Python: JSON in, JSON out."""

import json
import subprocess
import sys
from pathlib import Path

from tests.invariants.sources import ROOT

SCRIPTS = Path(__file__).parent / "js"


def node(script: str, question: object) -> object:
    """What a script of `tests/js` answers."""
    command = [sys.executable, str(ROOT / "static" / "hatch_build.py"), "node", str(SCRIPTS / script)]
    done = subprocess.run(command, input=json.dumps(question), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
