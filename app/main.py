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

from app import __version__, assets, errors
from app.answers import Answers
from app.batch import BATCHES
from app.clients import Clients
from app.compression import Compression
from app.headers import StandingHeaders
from app.last_resort import LastResort
from app.links.keeper import Keeper
from app.links.privacy import kept
from app.passes import Passes
from app.paths import STATIC, TEMPLATES
from app.process import ROOT
from app.protocol import CLOSING
from app.rates import BRIEF, WHOLE, Rates
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
    oembed,
    own,
    pages,
    predict,
    programs,
    short,
    steps,
    surface,
    train,
    worksheet,
)
from app.routes.described import complete
from app.routes.direct import Direct
from app.seal import Seal
from app.seats import Seats
from app.services import Services
from app.settings import OFF, Settings
from app.shares import Shares
from app.streams import Streams
from app.workers import DOCUMENT, STREAMING, Pool, Terms, boxed

DESCRIPTION = "Programs in, computation graphs with every value and gradient out. Anybody may ask, from anywhere."
UNWATCHED: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}
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
            Middleware(StandingHeaders, shared.settings.embedded_by),
            Middleware(Compression),
            Middleware(LastResort),
            Middleware(Direct, routes=routes),
        ],
        lifespan=_lifespan,
        openapi_url=None,
        telemetry=UNWATCHED,
        redirect_slashes=False,
    )
    app.state.services = shared
    errors.install(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
    """Have workers while the application serves."""
    shared: Services = app.state.services
    pool, streams, links = shared.pool, shared.streams, shared.links
    await pool.open()
    if links is not None:
        await links.open()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    try:
        yield {CLOSING: streams.close}
    finally:
        streams.close()
        await pool.close()
        if links is not None:
            await links.close()


def _services(settings: Settings, target: str, stream: str) -> Services:
    files_of_pages = assets.load(STATIC, __version__)
    templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    templates.globals["static"] = files_of_pages.url
    templates.globals["links_kept"] = partial(kept, settings)
    terms = Terms(
        workers=settings.workers,
        spares=settings.spares,
        queue=settings.queue,
        queue_seconds=settings.queue_seconds,
        slots=settings.slots,
        runs=settings.worker_runs,
        nice=settings.worker_nice,
    )
    nursery = boxed(target, terms, stream)
    pool = Pool(nursery, terms)
    seal = Seal(settings.secret)
    rates = Rates(settings.rate, settings.burst)
    pool.lasts = partial(rates.note, cost=WHOLE - BRIEF)
    slices = asyncio.Semaphore(settings.workers)
    streams = Streams(nursery, settings.streams, settings.stream_seconds)
    links = None if settings.links == OFF else Keeper(settings.links, settings.links_days)
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
        slices,
        Seats(BATCHES),
        Clients(settings.trusted_hops, settings.raised, Passes(seal)),
        rates,
        _edition(),
    )


def _edition() -> str:
    """What the answers of this engine depend on: its text."""
    files_of_engine = [path for path in (ROOT / "engine").rglob("*") if path.suffix in (".py", ".json")]
    return assets.digest({path.relative_to(ROOT).as_posix(): path.read_bytes() for path in files_of_engine})
