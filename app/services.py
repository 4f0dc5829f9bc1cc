"""What the routes share: made once per application, found through the request."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import time
from typing import cast

from fastapi import Request
from jinja2 import Environment

from app.assets import Assets
from app.cache.answers import Answers, Common
from app.cache.shares import Shares
from app.clients.identity import Clients
from app.clients.rates import Rates
from app.clients.seats import Seats
from app.links.keeper import Keeper
from app.pool.streams import Streams
from app.pool.workers import Pool
from app.seal import Seal
from app.settings import Settings
from app.telemetry.counts import Counts


@dataclass(frozen=True, slots=True)
class Services:
    """The settings, the workers, their answers, the links, the page's files and templates, what answers depend on."""

    settings: Settings
    pool: Pool
    shares: Shares
    streams: Streams
    links: Keeper | None  # None where this server keeps none
    assets: Assets
    templates: Environment
    seal: Seal
    answers: Answers
    common: Common | None  # None where servers have none in common
    slices: asyncio.Semaphore  # of batches: no more are under way than there are workers
    batches: Seats  # each holds answers that its reader has not taken yet
    clients: Clients
    rates: Rates
    edition: str  # changes whenever an answer to the same request might
    counts: Counts = field(default_factory=Counts)
    ending: asyncio.Event = field(default_factory=asyncio.Event)  # set once the server is about to end
    began: float = field(default_factory=time)

    def end(self) -> None:
        """Begin to end: streams have their last event, and the server says so."""
        self.ending.set()
        self.streams.close()


def services(request: Request) -> Services:
    """The services of the application that the request came to."""
    return cast(Services, request.app.state.services)


def matches(request: Request, tag: str) -> bool:
    """Whether the client has the representation with this entity tag already."""
    known: Sequence[str] = request.headers.get("if-none-match", "").split(",")
    return any(one.strip().removeprefix("W/") == tag for one in known)
