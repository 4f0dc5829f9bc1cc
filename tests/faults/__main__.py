"""`python -m tests.faults`: what goes wrong around the service, on purpose; `--only NAME` tries one kind."""

import sys
from collections.abc import Callable, Iterator

from tests.faults import machine, store, workers
from tests.proof.document import Proof, main

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


if __name__ == "__main__":
    sys.exit(main("faults", ABOUT, __doc__, KINDS))
