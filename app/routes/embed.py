"""The playground in a frame of somebody else's page: the same page, and nothing around it."""

from typing import Any, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app import __version__
from app.embedding import PARAMETERS, frame_of
from app.routes.linked import linked
from app.routes.oembed import discovery
from app.routes.view import CHECKED, View, view
from app.services import services
from app.texts import Texts, texts_for
from engine.examples import PROGRAMS

PAGES = {"step", "layout", "lang", "predict", "pass"}  # what the page knows, too
TOLD = ("autoplay", "height")  # what the script has to know

router = APIRouter(include_in_schema=False)


@router.get("/embed")
async def embed(request: Request) -> HTMLResponse:
    """Show the program of `?source=` or `?example=`, or the first example, as the other parameters say."""
    texts = texts_for(request)
    return _framed(request, texts, await view(request, texts, PROGRAMS), "/")


@router.get("/embed/{name}")
async def embed_link(request: Request, name: str) -> HTMLResponse:
    """Show a short link; one that cannot be opened says why, above the first example."""
    texts = texts_for(request)
    shown = await linked(request, texts, name)
    return _framed(request, texts, shown, f"/z/{name}" if shown.link else "/")


def _framed(request: Request, texts: Texts, shown: View, whole: str) -> HTMLResponse:
    """What is seen in the frame; `whole` is where the same has everything around it."""
    frame = frame_of(request.query_params)
    left_out = {one.name for one in PARAMETERS} - PAGES
    query = urlencode([pair for pair in request.query_params.multi_items() if pair[0] not in left_out])
    show = frame.show(task=_has_task(shown))
    script: dict[str, Any] = {name: frame.values[name] for name in TOLD}
    content = (
        services(request)
        .templates.get_template("embed.html")
        .render(
            frame=frame.values,
            show=show,
            ignored=frame.ignored,
            embedding={**script, "show": show, "ignored": frame.ignored},
            whole=f"{whole}?{query}" if query else whole,
            examples=[],
            version=__version__,
            **discovery(request),
            **shown.globals(texts),
        )
    )
    return HTMLResponse(content, shown.status, headers=CHECKED)


def _has_task(shown: View) -> bool:
    return shown.link is not None and cast(dict[str, Any], shown.link["state"])["task"] is not None
