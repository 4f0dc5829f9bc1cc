"""Whether somebody knows of a hole in one of the parts: asked of the two registries' own lists.

Both lists are far away. Where one does not answer, or knows nothing of a part, that is said: it is not "no holes".
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.invariants.sources import ROOT
from tests.supply.parts import Part

SECONDS = 300  # that an audit may take
ANSWER_SECONDS = "15"  # that a registry may take


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of an audit: the holes, and why it says nothing of the rest."""

    holes: tuple[str, ...] = ()
    asked: int = 0
    unasked: str = ""

    def __str__(self) -> str:
        """Say it in a line or more."""
        found = "".join(f"\n    {hole}" for hole in self.holes) or " none is known"
        told = f"{self.asked} parts asked about:{found}" if self.asked else ""
        missing = f"NOT RUN: {self.unasked}" if self.unasked else ""
        return "\n    ".join(filter(None, (told, missing)))


def pip_audit(parts: Sequence[Part]) -> Verdict:
    """Ask about the Python packages: first about one, and where that is not known, about no other."""
    first = _pip_audit(parts[:1])
    return _pip_audit(parts) if first.asked else first


def npm_audit() -> Verdict:
    """Ask about the page's packages."""
    npm = [sys.executable, str(ROOT / "static/hatch_build.py"), "npm"]
    asking = ["audit", "--prefix", str(ROOT / "static"), "--package-lock-only", "--omit=dev", "--json"]
    answer = _answer([*npm, *asking])
    return of_npm(answer) if isinstance(answer, Mapping) else Verdict(unasked=answer)


def of_pip(answer: Mapping[str, Any]) -> Verdict:
    """What an answer of pip-audit's means."""
    asked = [one for one in answer["dependencies"] if "skip_reason" not in one]
    holes = [f"{one['name']} {one['version']}: {hole['id']}" for one in asked for hole in one["vulns"]]
    unknown = [one["name"] for one in answer["dependencies"] if "skip_reason" in one]
    unasked = f"the list of holes does not know {', '.join(unknown)}" if unknown else ""
    return Verdict(tuple(holes), len(asked), unasked)


def of_npm(answer: Mapping[str, Any]) -> Verdict:
    """What an answer of npm's means."""
    if "vulnerabilities" not in answer:
        return Verdict(unasked=str(answer.get("message") or answer.get("error") or "no answer"))
    holes = [f"{name}: {one['severity']}" for name, one in answer["vulnerabilities"].items()]
    return Verdict(tuple(holes), answer["metadata"]["dependencies"]["total"])


def _pip_audit(parts: Sequence[Part]) -> Verdict:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as pinned:
        pinned.writelines(f"{part.name}=={part.version}\n" for part in parts)
        pinned.flush()
        asking = ["-m", "pip_audit", "--requirement", pinned.name, "--no-deps", "--disable-pip", "--format", "json"]
        answer = _answer([sys.executable, *asking, "--progress-spinner", "off", "--timeout", ANSWER_SECONDS])
    return of_pip(answer) if isinstance(answer, Mapping) else Verdict(unasked=answer)


def _answer(command: Sequence[str]) -> Mapping[str, Any] | str:
    """What a tool prints as JSON; or why there is none."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        found: Mapping[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return f"no answer in {SECONDS} seconds"
    except json.JSONDecodeError:
        return (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
    return found
