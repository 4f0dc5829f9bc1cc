"""Many requests in one: as many as fit into a slice of time, so that nobody waits long for their turn.

A request has `requests`, each as `engine.document` takes it, and `seconds`. The answer says for each of the first of
them whether its program is right, and what the answer is or the problem; whoever asked sends the rest again.
"""

from collections.abc import Callable
from time import perf_counter

import msgspec

OVERHEAD = 32  # bytes around an answer


class Asked(msgspec.Struct, frozen=True):
    """Requests, and how long to work on them before the next one is left for later."""

    requests: list[msgspec.Raw]
    seconds: float


def slice_of(request: bytes, answer: Callable[[bytes], bytes], room: int) -> bytes:
    """The answers to the first of the requests: at least one, and no more than time and room allow."""
    asked = msgspec.json.decode(request, type=Asked)
    ends = perf_counter() + asked.seconds
    found: list[tuple[bool, msgspec.Raw]] = []
    for one in asked.requests:
        reply = answer(bytes(one))
        room -= len(reply) + OVERHEAD
        if found and room < 0:
            break
        found.append((reply[:1] == b"+", msgspec.Raw(reply[1:])))
        if perf_counter() >= ends:
            break
    return msgspec.json.encode({"answers": found})
