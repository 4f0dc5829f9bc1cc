"""`python -m tests.faults`: what goes wrong around the service, on purpose; `--only NAME` tries one kind."""

import argparse
import sys
from collections.abc import Callable, Iterator

from tests.faults import machine, store, workers
from tests.proof.document import Proof, told

ABOUT = "What is killed, stopped, filled, cut or set back while programs run, and what becomes of those who ask."
KINDS: dict[str, Callable[[], Iterator[Proof]]] = {
    "kills": workers.kills,
    "stopped": workers.stopped,
    "leaving": workers.leaving,
    "server": machine.killed,
    "disk": machine.full_disk,
    "descriptors": machine.no_descriptors,
    "clock": machine.clock_jumps,
    "store": store.store,
    "links": store.links,
}


def main() -> int:
    """Try all, or what was asked for; 1 where a bar does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", choices=sorted(KINDS), help="one kind, and no section is written")
    asked = parser.parse_args()
    if asked.only:
        return told("faults", ABOUT, KINDS[asked.only](), document=None)
    return told("faults", ABOUT, (proof for kind in KINDS.values() for proof in kind()))


if __name__ == "__main__":
    sys.exit(main())
