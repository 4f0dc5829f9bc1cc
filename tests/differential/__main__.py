"""`python -m tests.differential --count N`: so many generated programs, by us and by CPython; gradients by PyTorch.

Both say the same of a program bit for bit, or both fail in the same line; a quarter of the programs has a mistake. What
was compared is counted in build/differential.json, where the next run goes on.
"""

import argparse
import json
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from engine.language.errors import ProgramError
from tests.language.agreement import disagreement, ran
from tests.language.programs import Writer
from tests.language.slopes import are_what_they_were, gradients
from tests.proof.document import Proof, told

SO_FAR = Path(__file__).resolve().parents[2] / "build" / "differential.json"
WRITTEN = 1_000  # programs after which it is written down how far we are
MISTAKEN = 4  # every so many has a mistake
SAME = 1e-9  # of a gradient, relative
ABOUT = (
    "Programs made by the grammar of tests/language, each run by the playground's interpreter and by CPython. Where "
    "every number is finite, PyTorch says the gradients of the leaves, too. *Since* counts also the runs before."
)


@dataclass
class Compared:
    """How many programs were compared, and those that differ."""

    next: int = 0
    programs: int = 0
    gradients: int = 0
    differing: list[str] = field(default_factory=list)


def written(number: int) -> str:
    """The program of that number."""
    chance = Random(number)
    return Writer(chance).program(chance.randint(1, 8), mistake=number % MISTAKEN == 0)


def compare(number: int, found: Compared) -> None:
    """Compare one program."""
    source = written(number)
    found.programs += 1
    if differing := disagreement(source):
        found.differing.append(f"{number}: {differing[0]}")
    gradient = worst(source)
    if gradient is not None:
        found.gradients += 1
        if gradient > SAME:
            found.differing.append(f"{number}: a gradient is off by {gradient:.1e}")


def worst(source: str) -> float | None:
    """How far a gradient is from PyTorch's, beside the largest; None where they cannot be compared."""
    try:
        found = ran(source)
    except ProgramError:
        return None
    output = found.output
    nodes = [] if output is None else output.history()
    if output is None or not (all(math.isfinite(node.data) for node in nodes) and are_what_they_were(nodes, found)):
        return None
    for node in nodes:
        node.grad = 0.0
    output.backward()
    if not all(math.isfinite(node.grad) for node in nodes):
        return None
    ours, theirs = [node.grad for node in nodes if node.op is None], gradients(nodes)
    largest = max(abs(node.grad) for node in nodes) or 1.0
    return max((abs(a - b) / max(abs(b), 1e-3 * largest) for a, b in zip(ours, theirs, strict=True)), default=0.0)


def proofs(count: int) -> Iterator[Proof]:
    """The rows of the table."""
    known = json.loads(SO_FAR.read_text("utf-8")) if SO_FAR.exists() else {}
    found = Compared(**known)
    for done in range(1, count + 1):
        compare(found.next, found)
        found.next += 1
        if done % WRITTEN == 0 or done == count:
            SO_FAR.parent.mkdir(exist_ok=True)
            SO_FAR.write_text(json.dumps(vars(found)), "utf-8")
            print(f"  {found.programs:,} compared, {len(found.differing)} differ", flush=True)
    shown = "; ".join(found.differing[:5])
    yield Proof(
        "programs compared with CPython since the first run, and gradients with PyTorch",
        f"{found.programs:,} programs, gradients of {found.gradients:,}: {len(found.differing)} differ. {shown}",
        "0 differ",
        not found.differing,
    )


def main() -> int:
    """Compare so many; 1 if one differs."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.differential", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--count", type=int, default=100_000)
    return told("differential", ABOUT, proofs(parser.parse_args().count))


if __name__ == "__main__":
    sys.exit(main())
