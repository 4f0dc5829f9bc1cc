"""A page for people who want to know whether the service works, complete without scripts."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app import __version__
from app.routes.health import hindered, links
from app.routes.programs import NOT_KEPT
from app.services import Services, services
from app.texts import texts_for

router = APIRouter(include_in_schema=False)


@router.get("/status")
async def status(request: Request) -> HTMLResponse:
    """Say in words what `/readyz` says, and since when."""
    shared, texts = services(request), texts_for(request)
    reached = await links(shared)
    page = shared.templates.get_template("status.html")
    content = page.render(
        state=_state(shared, reached),
        now=_now(shared),
        links=reached,
        since=f"{datetime.fromtimestamp(shared.began, UTC):%Y-%m-%d %H:%M} UTC",
        counts=_counts(shared),
        version=__version__,
        **texts.globals(),
    )
    return HTMLResponse(content, headers={**NOT_KEPT, "Vary": "Accept-Language"})


def _state(shared: Services, reached: str) -> str:
    """How it stands, in a word."""
    if shared.ending.is_set():
        return "ending"
    if hindered(shared) is not None:
        return "busy"
    return "links" if reached == "away" else "well"


def _now(shared: Services) -> dict[str, tuple[int, int]]:
    """How many there are of what there are so many places for."""
    settings = shared.settings
    return {
        "running": (shared.pool.running, shared.pool.ready),
        "waiting": (shared.pool.waiting, settings.queue),
        "trainings": (len(shared.streams.running), settings.streams),
    }


def _counts(shared: Services) -> dict[str, int]:
    """What has happened since the server began."""
    requests = shared.counts.requests
    return {
        "answered": requests.total(),
        "refused": sum(count for (_, _, status), count in requests.items() if status in (429, 503)),
        "failed": sum(count for (_, _, status), count in requests.items() if status == 500),
        "again": shared.answers.hits,
    }
