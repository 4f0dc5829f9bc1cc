"""A thousand programs in one request, beside as many requests, each asked by httpx as people do."""

from collections.abc import Iterable
from itertools import count

import httpx2

from app.routes.described import REQUEST_EXAMPLE
from tests.bench.clients import serving
from tests.bench.timing import USUAL, Row, paired, race, row

PROGRAMS = 1_000
TURNS = 5
BAR = 5.0


def rows(programs: int = PROGRAMS, turns: int = TURNS) -> Iterable[Row]:
    """The rows of the table."""
    numbers = count()  # no program is asked twice: the newest answers are kept

    def fresh() -> list[dict[str, object]]:
        return [{**REQUEST_EXAMPLE, "inputs": {"a": next(numbers) / programs}} for _ in range(programs)]

    with (
        serving("app.main:create_app", AUTOGRAD_WORKERS="2", AUTOGRAD_LINKS="off") as port,
        httpx2.Client(base_url=f"http://127.0.0.1:{port}/api/v1", timeout=60) as client,
    ):

        def together() -> None:
            found = client.post("/batch", json={"programs": fresh()}).json()["answers"]
            if any(one["problem"] for one in found) or len(found) != programs:
                raise RuntimeError("a program of the batch was refused")

        def one_by_one() -> None:
            for program in fresh():
                client.post("/graph", json=program).raise_for_status().json()

        times = race({"batch": together, "single": one_by_one}, turns, USUAL)
    work = f"POST /api/v1/batch: {programs:,} seed expressions with inputs of their own, 2 workers ({USUAL})"
    ours, peers = min(times["batch"]), min(times["single"])
    yield row(work, ours, ("as many POST /api/v1/graph", peers), BAR, ratio=paired(times["batch"], times["single"]))
