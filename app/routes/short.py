"""Short addresses: a link as the page, as text, as its graph, as a picture, and as a code to be photographed."""

import asyncio
import io
from urllib.parse import quote

import orjson
import segno
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.exceptions import HTTPException

from app.http.errors import NOT_FOUND, Problem
from app.routes.addresses import kept
from app.routes.export import VERB, content, wanted
from app.routes.linked import linked
from app.routes.links import address
from app.routes.opening import opened
from app.routes.pages import playground
from app.routes.view import CHECKED
from app.texts import texts_for
from engine.export import FORMATS

FILES = ("json", "svg", "png")  # formats that a link is sent in
UNLISTED = {"X-Robots-Tag": "noindex"}  # who has a link may open it, and nobody finds it

router = APIRouter(include_in_schema=False)


@router.get("/z/{name}.txt")
async def text(request: Request, name: str) -> Response:
    """Send the program as it is."""
    link = await opened(request, name)
    return PlainTextResponse(link.state.source, headers={**CHECKED, **UNLISTED})


@router.get("/z/{name}.{kind}")
async def file(request: Request, name: str, kind: str) -> Response:
    """Send the program's graph, as a document or as a picture."""
    if kind not in FILES:
        raise HTTPException(404)
    link = await opened(request, name)
    if link.state.task is not None:
        raise Problem(NOT_FOUND, "This link asks for its numbers, so it does not tell them.")

    def sent(found: bytes) -> Response:
        return Response(content(orjson.loads(found), FORMATS[kind]), media_type=FORMATS[kind].media_type)

    return await kept(request, VERB, wanted(link.state.program(), kind), sent, **UNLISTED)


@router.get("/z/{name}/qr.svg")
async def code(request: Request, name: str) -> Response:
    """Draw the short address as a QR code."""
    link = await opened(request, name)
    drawing = await asyncio.to_thread(_code, address(request, link.id))
    return Response(drawing, headers={**CHECKED, **UNLISTED}, media_type="image/svg+xml")


@router.get("/z/{name}/embed")
async def embed(request: Request, name: str) -> Response:
    """Lead to the same link without anything around it."""
    query = request.url.query
    return RedirectResponse(f"/embed/{quote(name)}" + (f"?{query}" if query else ""), headers=UNLISTED)


@router.get("/z/{name}")
async def page(request: Request, name: str) -> HTMLResponse:
    """Show the link; one that cannot be opened says why, above the first example."""
    texts = texts_for(request)
    return playground(request, texts, await linked(request, texts, name), **UNLISTED)


def _code(url: str) -> bytes:
    drawing = io.BytesIO()
    segno.make(url, error="m").save(drawing, kind="svg", scale=4, dark="#000", light="#fff", xmldecl=False)
    return drawing.getvalue()
