"""`python -m tests.fuzz --minutes M`: programs that nobody wrote, as many as there is time for.

Most run as a worker runs them, in a process that may fall; a share is led by what of the language it reaches, a share
goes over HTTP. What was run is counted in build/fuzz.json, where the next run goes on.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.batches import Found, fuzzed
from tests.fuzz.guided import installed, searched
from tests.fuzz.over_http import asked_over_http
from tests.load.server import serving
from tests.proof.document import Proof, told

ROOT = Path(__file__).resolve().parents[2]
SO_FAR = ROOT / "build" / "fuzz.json"
GUIDED, HTTP = 0.15, 0.1  # of the time
AIM = 2_000_000
ABOUT = (
    "Programs made by the grammar, tokens in any order, programs of ours changed at a few places, and noise; run as a "
    "worker runs them, a share of them led by what of the language it reaches (`atheris`), a share over HTTP. "
    "*Since* counts also the runs before."
)


class Count:
    """What was run so far: in all runs, and in this one."""

    def __init__(self) -> None:
        known = json.loads(SO_FAR.read_text("utf-8")) if SO_FAR.exists() else {}
        self.next: int = known.get("next", 0)
        self.since = Counter[str](known.get("programs", {}))
        self.here = Found()

    def add(self, found: Found, numbers: int = 0) -> None:
        """Count it, and write that down."""
        self.here.add(found)
        self.since += found.programs
        self.next += numbers
        SO_FAR.parent.mkdir(exist_ok=True)
        SO_FAR.write_text(json.dumps({"next": self.next, "programs": self.since}), "utf-8")
        for number, wrong in found.faults.items():
            print(f"  {number}: {wrong}", flush=True)


def proofs(seconds: float, *, keep: bool) -> Iterator[Proof]:
    """The rows of the table."""
    count, began = Count(), time.monotonic()
    for found in fuzzed(count.next, seconds * (1 - GUIDED * installed() - HTTP)):
        count.add(found, sum(found.programs.values()))
    rate = sum(count.here.programs.values()) / (time.monotonic() - began)
    yield nothing("run as a worker runs them", count.here, f"{rate:,.0f} a second")
    if installed():
        search = searched(seconds * GUIDED, keep=keep)
        led = Found(Counter(led=search.programs), dict(enumerate(search.faults, -len(search.faults))))
        count.add(led)
        yield nothing(
            "led by what of the language they reach", led, f"{search.programs / (seconds * GUIDED):,.0f} a second"
        )
    with serving() as service:
        told_over_http = asked_over_http(service, count.next, seconds * HTTP)
    count.add(told_over_http, sum(told_over_http.programs.values()))
    yield nothing("over HTTP", told_over_http, "the front process answers")
    total = sum(count.since.values())
    kinds = ", ".join(f"{kind} {number:,}" for kind, number in sorted(count.since.items()))
    yield Proof("programs since the first run", f"{total:,} ({kinds})", f"{AIM:,} are aimed at", True)  # noqa: FBT003  # stated


def nothing(what: str, found: Found, beside: str) -> Proof:
    """That nothing of what must not be was found."""
    number = sum(found.programs.values())
    faults = f"{len(found.faults)} fell, took over 3 s, were no strict JSON or showed a name of Python's"
    return Proof(f"programs {what}", f"{number:,}, {beside}: {faults}", "0", not found.faults)


def main() -> int:
    """Run for so many minutes; 1 if something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--keep", action="store_true", help="keep what led somewhere new (tests/fuzz/kept.json)")
    asked = parser.parse_args()
    return told("fuzz", ABOUT, proofs(asked.minutes * 60, keep=asked.keep))


if __name__ == "__main__":
    sys.exit(main())
