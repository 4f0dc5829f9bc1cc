"""`python -m tests.load`: what the service stands under load, as a table with bars; `--only NAME` runs one scenario."""

import sys
from collections.abc import Callable, Iterator

from tests.bench import web
from tests.load import learners, scenarios
from tests.proof.document import Proof, duration, main

ABOUT = (
    "Open loop: a generator of ours keeps its rate whatever becomes of the requests, and a time counts from when a "
    "request was due. The clients have addresses of their own, told by a trusted hop; server and generator share the "
    "machine. The service has its default settings, and no answer is asked for twice where it is not said."
)


def beside_fastapi() -> Iterator[Proof]:
    """The rows of the bench, which takes turns with a peer."""
    for row in web.rows():
        peer = f"{row['peer']}: {duration(float(row['peer_s']))}"
        found = f"{duration(float(row['ours_s']))}; {peer} ({float(row['ratio']):.2f} ×)"
        yield Proof(str(row["work"]), found, f"≥ {row['bar']} ×", bool(row["holds"]))


SCENARIOS: dict[str, Callable[[], Iterator[Proof]]] = {
    "fastapi": beside_fastapi,
    "endless": scenarios.endless_strangers,
    "overload": scenarios.overload,
    "slow": scenarios.slow_clients,
    "idle": scenarios.idle,
    "learners": learners.learners,
}


if __name__ == "__main__":
    sys.exit(main("load", ABOUT, __doc__, SCENARIOS))
