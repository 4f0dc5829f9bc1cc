"""`python -m tests.mutation`: whether the tests notice small mistakes in grammar, attributes, budgets and encoder.

A mutation tester of ours: those that there are copy the project and start an interpreter for each mutant, which here
takes longer than the tests. Of every module so many mistakes are drawn, always the same. What was tried is kept in
build/mutation.json, as long as module and tests stay what they are.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from tests.mutation.mutants import Mutant, mutants
from tests.mutation.trial import ROOT, killed, took
from tests.proof.document import Proof, told

SO_FAR = ROOT / "build" / "mutation.json"
BAR = 0.85
ABOUT = (
    "Small mistakes put into a module one at a time (another relation, operation or number, a condition turned round "
    "or left out, a statement left out, nothing returned), and whether the tests named for the area notice. Of every "
    "module as many are drawn as the command says; texts stay as they are."
)
GRAMMAR, LANGUAGE = "engine/language/grammar", "tests/language"


@dataclass(frozen=True)
class Area:
    """Some modules, and the tests that are to notice what is wrong in them: the quick ones first."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


AREAS = {
    "grammar": Area(
        tuple(sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / GRAMMAR).glob("[a-z]*.py"))),
        tuple(
            f"{LANGUAGE}/test_{name}.py"
            for name in ("errors", "tree", "recall", "fixes", "hints", "pasted", "grammar", "attacks_static", "scopes")
        ),
    ),
    "attributes": Area(
        ("engine/language/attributes.py", "engine/language/methods.py"),
        (
            *(f"{LANGUAGE}/test_{name}.py" for name in ("attributes", "containers", "calls", "run", "updates")),
            "tests/training/test_guards.py",
        ),
    ),
    "budgets": Area(
        ("engine/language/limits.py", "engine/language/meter.py", "engine/language/machine.py"),
        (
            *(
                f"{LANGUAGE}/test_{name}.py"
                for name in ("limits", "machine", "meter", "room", "run", "containers", "updates")
            ),
            "tests/training/test_guards.py",
            "tests/training/test_let_go.py",
        ),
    ),
    "encoder": Area(
        ("engine/export/nodelink.py", "engine/language/variables.py"),
        ("tests/export/test_nodelink.py", f"{LANGUAGE}/test_variables.py", "tests/export/test_view.py"),
    ),
}


@dataclass
class Tried:
    """What is known of mutants: by module, tests and mistake, whether it was noticed."""

    known: dict[str, bool] = field(default_factory=lambda: json.loads(SO_FAR.read_text()) if SO_FAR.exists() else {})

    def killed(self, path: str, mutant: Mutant, tests: tuple[str, ...]) -> bool:
        """Whether the mistake is noticed; tried once."""
        texts = [path, *tests]
        state = blake2b(b"".join((ROOT / one).read_bytes() for one in texts), digest_size=6).hexdigest()
        key = f"{path} {mutant.name} ({mutant.node}) {state}"
        if key not in self.known:
            module = path.removesuffix(".py").replace("/", ".")
            self.known[key] = killed(module, mutant, tests)
            SO_FAR.parent.mkdir(exist_ok=True)
            SO_FAR.write_text(json.dumps(self.known, indent=0), "utf-8")
            if not self.known[key]:
                print(f"  lives: {path} {mutant.name}", flush=True)
        return self.known[key]


def drawn(path: str, each: int) -> list[Mutant]:
    """So many mistakes of a module."""
    found = list(mutants((ROOT / path).read_text("utf-8")))
    return random.Random(path).sample(found, min(each, len(found)))


def proofs(areas: dict[str, Area], each: int, seconds: float) -> Iterator[Proof]:
    """A row for each area."""
    tried = Tried()
    for name, area in areas.items():
        end = time.monotonic() + seconds / len(areas)
        taken = took(area.modules[0], area.tests)
        found: list[bool] = []
        for path in area.modules:
            found += [tried.killed(path, one, area.tests) for one in drawn(path, each) if time.monotonic() < end]
        share = sum(found) / max(len(found), 1)
        text = (
            f"{sum(found)} of {len(found)} noticed ({share:.0%}), in {len(area.modules)} modules; {taken:.0f} s without"
        )
        yield Proof(f"{name}: mistakes that the tests notice", text, f"≥ {BAR:.0%}", share >= BAR)


def main() -> int:
    """Try what was asked for; 1 where too many live."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--area", choices=sorted(AREAS), help="one area, and no section is written")
    parser.add_argument("--each", type=int, default=15, help="mistakes of each module (%(default)s)")
    parser.add_argument("--minutes", type=float, default=60.0, help="the longest it may take")
    asked = parser.parse_args()
    if asked.area:
        return told("mutation", ABOUT, proofs({asked.area: AREAS[asked.area]}, asked.each, asked.minutes * 60), None)
    return told("mutation", ABOUT, proofs(AREAS, asked.each, asked.minutes * 60))


if __name__ == "__main__":
    sys.exit(main())
