"""The application, made of everything beside this file; nothing exists before `create_app` is called."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.middleware import Middleware

from app import __version__, assets
from app.batch import BATCHES
from app.cache.answers import Answers, Common
from app.cache.shares import Shares
from app.clients.identity import Clients
from app.clients.passes import Passes
from app.clients.rates import BRIEF, WHOLE, Rates
from app.clients.seats import Seats
from app.extras import extra
from app.http import errors
from app.http.compression import Compression
from app.http.headers import StandingHeaders
from app.http.hosts import Hosts, names
from app.http.last_resort import LastResort
from app.http.protocol import CLOSING
from app.links.keeper import Keeper
from app.links.privacy import kept
from app.paths import STATIC, TEMPLATES
from app.pool.pools import pool_of, terms_of
from app.pool.process import ROOT
from app.pool.streams import Streams
from app.pool.workers import DOCUMENT, STREAMING, boxed
from app.routes import (
    addresses,
    arrays,
    batch,
    boundary,
    catalog,
    curve,
    docs,
    embed,
    export,
    files,
    gradcheck,
    grade,
    health,
    learn,
    links,
    metrics,
    oembed,
    own,
    pages,
    predict,
    programs,
    security,
    short,
    status,
    steps,
    surface,
    train,
    worksheet,
)
from app.routes.described import complete
from app.routes.direct import Direct
from app.seal import Seal
from app.services import Services
from app.settings import OFF, Settings
from app.telemetry.journal import Journal, Manner

DESCRIPTION = "Programs in, computation graphs with every value and gradient out. Anybody may ask, from anywhere."
WATCHING = (health.ALIVE, health.READY, metrics.METRICS)
ROUTERS = (
    programs.router,
    batch.router,
    addresses.router,
    steps.router,
    curve.router,
    surface.router,
    gradcheck.router,
    boundary.router,
    arrays.router,
    grade.router,
    own.router,
    predict.router,
    worksheet.router,
    export.router,
    train.router,
    links.router,
    short.router,
    catalog.router,
    health.router,
    metrics.router,
    status.router,
    security.router,
    pages.router,
    learn.router,
    embed.router,
    oembed.router,
    files.router,
    docs.router,
)


class Service(FastAPI):
    """The application; its OpenAPI document knows the problems too."""

    def openapi(self) -> dict[str, Any]:
        """Describe the API."""
        return complete(super().openapi())


def create_app(settings: Settings | None = None, *, target: str = DOCUMENT, stream: str = STREAMING) -> FastAPI:
    """Make the application; its workers start and stop with it and run these functions ("module:function")."""
    shared = _services(settings or Settings(), target, stream)
    routes = [route for router in ROUTERS for route in router.routes]
    app = Service(
        title="Autograd Playground",
        version=__version__,
        description=DESCRIPTION,
        routes=routes,
        middleware=[
            *_around(shared),
            Middleware(Compression),
            Middleware(LastResort),
            Middleware(Direct, () if shared.settings.telemetry else routes),
        ],
        lifespan=_lifespan,
        openapi_url=None,
        telemetry=_telemetry(shared.settings),
        redirect_slashes=False,
    )
    app.state.services = shared
    errors.install(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
    """Have workers while the application serves."""
    shared: Services = app.state.services
    pool, links = shared.pool, shared.links
    await pool.open()
    if links is not None:
        await links.open()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    try:
        yield {CLOSING: shared.end}
    finally:
        shared.end()
        await pool.close()
        await shared.streams.gone()
        for kept_there in (links, shared.common, shared.rates):
            if kept_there is not None:
                await kept_there.close()


def _around(shared: Services) -> list[Middleware]:
    """What stands between a client and everything that is asked for."""
    settings = shared.settings
    manner = Manner(
        lambda scope: shared.clients.of(scope).name, settings.log_clients, settings.log_programs, settings.telemetry
    )
    return [
        Middleware(Journal, shared.counts, shared.ending, manner),
        Middleware(
            StandingHeaders,
            settings.embedded_by,
            settings.hsts_days,
            https=settings.public_url.startswith("https:"),
        ),
        Middleware(Hosts, names(settings.hosts, settings.public_url)),
    ]


def _telemetry(settings: Settings) -> TelemetryConfig:
    """What OpenTelemetry is told: no exceptions, in whose words there may be programs, and nothing of who looks on."""
    on = settings.telemetry
    return {
        "tracing": on,
        "metrics": on,
        "logs": False,
        "auto_configure": on,
        "exclude": lambda scope: scope["path"] in WATCHING,
    }


def _services(settings: Settings, target: str, stream: str) -> Services:
    files_of_pages = assets.load(STATIC, __version__)
    templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    templates.globals["static"] = files_of_pages.url
    templates.globals["links_kept"] = partial(kept, settings)
    nursery = boxed(target, terms_of(settings), stream)
    pool = pool_of(settings, nursery, target)
    seal = Seal(settings.secret)
    rates = Rates(settings.rate, settings.burst, settings.redis_url)
    pool.lasts = partial(rates.note, cost=WHOLE - BRIEF)
    slices = asyncio.Semaphore(settings.workers)
    streams = Streams(nursery, settings.streams, settings.stream_seconds)
    links = None if settings.links == OFF else Keeper(settings.links, settings.links_days)
    edition = _edition()
    return Services(
        settings,
        pool,
        Shares(pool),
        streams,
        links,
        files_of_pages,
        templates,
        seal,
        Answers(settings.cache_bytes),
        _common(settings, edition, target),
        slices,
        Seats(BATCHES),
        Clients(settings.trusted_hops, settings.raised, Passes(seal)),
        rates,
        edition,
    )


def _common(settings: Settings, edition: str, target: str) -> Common | None:
    """The answers of all servers that run the same."""
    if not settings.redis_url:
        return None
    answers: Common = extra("app.cache.redis_answers", "redis").RedisAnswers(
        settings.redis_url, f"{target}:{edition}", settings.secret
    )
    return answers


def _edition() -> str:
    """What the answers of this engine depend on: its text."""
    files_of_engine = [path for path in (ROOT / "engine").rglob("*") if path.suffix in (".py", ".json")]
    return assets.digest({path.relative_to(ROOT).as_posix(): path.read_bytes() for path in files_of_engine})
