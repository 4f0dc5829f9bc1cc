"""A line of the log for every request, and a count: how it was answered, and nothing of what was asked.

The answer carries the request's name, and so does every problem. Once the server is about to end, it asks each client
to come again by another connection.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_network
from time import perf_counter

from opentelemetry.trace import get_current_span
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import Clients
from app.telemetry.counts import Counts
from app.telemetry.entry import REQUEST_ID, Entry, entered
from app.telemetry.logs import FACTS
from engine.language.limits import BUDGETS, KIB

NOBODY = 499  # a status that is never sent: the client left, or nothing could be answered
METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS"})
OTHER = "other"
KNOWN = frozenset(budget.name for budget in BUDGETS.values())
PREFIXES = {4: 24, 6: 48}  # the part of an address that says which network it is in
PROGRAM_BYTES = 64 * KIB  # of a body that are written, where programs are
CLOSE = (b"connection", b"close")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Manner:
    """How much is told."""

    who: Callable[[Scope], str]  # the client that a request came from
    clients: Clients = "none"
    programs: bool = False
    traced: bool = False


class Journal:
    """ASGI middleware, around everything else: what it does not see has not happened."""

    def __init__(self, app: ASGIApp, counts: Counts, ending: asyncio.Event, manner: Manner) -> None:
        self.app = app
        self._counts = counts
        self._ending = ending
        self._manner = manner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and tell of it when it is over."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        entry = entered(scope, traced=self._manner.traced)
        if self._manner.traced:
            hide()
        method, status, began = scope["method"], NOBODY, perf_counter()
        body = bytearray()

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                named = (REQUEST_ID, entry.id.encode())
                more = (named, CLOSE) if self._ending.is_set() else (named,)
                message["headers"] = [*message.get("headers", ()), *more]
            await send(message)

        async def receive_kept() -> Message:
            message = await receive()
            body.extend(message.get("body", b"")[: PROGRAM_BYTES - len(body)])
            return message

        try:
            await self.app(scope, receive_kept if self._manner.programs else receive, send_named)
        finally:
            seconds = perf_counter() - began
            self._count(entry, method, status, seconds)
            facts = self._facts(entry, scope, method, status, seconds)
            if self._manner.programs:
                facts |= {"query": scope["query_string"].decode("latin-1"), "body": body.decode("utf-8", "replace")}
            log.info("request", extra={FACTS: facts})

    def _count(self, entry: Entry, method: str, status: int, seconds: float) -> None:
        route = entry.route or OTHER
        self._counts.requests[method if method in METHODS else OTHER, route, status] += 1
        self._counts.seconds[route].add(seconds)
        if entry.kind:
            self._counts.problems[entry.kind] += 1
        self._counts.budgets.update(_budgets(entry))

    def _facts(self, entry: Entry, scope: Scope, method: str, status: int, seconds: float) -> dict[str, object]:
        facts: dict[str, object] = {
            "request": entry.id,
            "method": method,
            "route": entry.route or None,
            "status": status,
            "ms": round(seconds * 1_000, 3),
        }
        if self._manner.clients != "none":
            client = self._manner.who(scope)
            facts["client"] = client if self._manner.clients == "address" else network(client)
        if entry.kind:
            facts["problem"] = entry.kind
        if entry.budgets:
            facts["budget"] = ", ".join(sorted(_budgets(entry)))
        return facts


def _budgets(entry: Entry) -> set[str]:
    """The budgets that were exceeded, as far as there are such: a process that runs programs says which."""
    return {budget if budget in KNOWN else OTHER for budget in entry.budgets}


def hide() -> None:
    """Take the address out of the request's span: it holds programs, and names of links and trainings."""
    get_current_span().set_attributes({"url.path": "", "url.query": ""})


@lru_cache(maxsize=1_024)
def network(client: str) -> str:
    """The network that a client is in, which many people share."""
    found = ip_network(client.partition(" ")[0])
    return str(found.supernet(new_prefix=PREFIXES[found.version]))
