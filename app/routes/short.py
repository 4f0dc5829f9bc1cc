"""Short addresses: a link as the page, as text, as its graph, as a picture, and as a code to be photographed."""

import asyncio
import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import orjson
import segno
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.exceptions import HTTPException

from app import __version__
from app.errors import Problem
from app.links import answer
from app.routes.addresses import kept
from app.routes.catalog import LISTED
from app.routes.export import VERB, content, wanted
from app.routes.links import address
from app.routes.oembed import discovery
from app.routes.opening import Link, opened
from app.routes.view import CHECKED, View, view, view_of
from app.services import services
from app.texts import Texts, texts_for
from engine.examples import EXAMPLES
from engine.export import FORMATS

FILES = ("json", "svg", "png")  # formats that a link is sent in
UNLISTED = {"X-Robots-Tag": "noindex"}  # who has a link may open it, and nobody finds it
TEXT_CHARACTERS = 200  # of a program, where others show what is behind a link

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
    try:
        link = await opened(request, name)
        shown = told(request, texts, link, await view_of(request, texts, link.state.program()))
    except Problem as error:
        shown = await view(request, texts, EXAMPLES)
        note = texts.say(f"link.{error.kind.name}")
        shown = replace(shown, status=error.kind.status, notes=(note,))
    template = services(request).templates.get_template("index.html")
    rendered = template.render(examples=LISTED, version=__version__, **discovery(request), **shown.globals(texts))
    return HTMLResponse(rendered, shown.status, headers={**CHECKED, **UNLISTED})


def told(request: Request, texts: Texts, link: Link, shown: View) -> View:
    """A link's program as it is shown, with what there is to say about the link."""
    notes = []
    if link.ignored:
        notes.append(texts.say("link.ignored", names=", ".join(link.ignored)))
    newer = shown.status == 200 and link.answer.edition != services(request).edition
    if newer and link.answer.digest != _digest(shown):
        notes.append(texts.say("link.changed"))
    facts = {
        "id": link.id,
        "state": link.state.model_dump(),
        "url": address(request, link.id),
        "title": _title(shown.document) or texts.say("page.title"),
        "text": " ".join(shown.source.split())[:TEXT_CHARACTERS],
    }
    return replace(shown, link=facts, notes=tuple(notes))


def _digest(shown: View) -> str:
    return answer.of_problems(shown.problems) if shown.document is None else answer.of_document(shown.document)


def _title(document: Any) -> str:  # noqa: ANN401  # JSON
    """The result, as one would write it down; nothing where there is none."""
    output: Mapping[str, Any] = next(
        (node for node in _nodes(document) if node["id"] == document["graph"]["output"]), {}
    )
    data = output.get("data")
    number = f"{data:.6g}" if isinstance(data, float) else data
    return f"{output['label']} = {number}" if output.get("label") else ""


def _nodes(document: Any) -> list[dict[str, Any]]:  # noqa: ANN401  # JSON
    return document["nodes"] if document else []


def _code(url: str) -> bytes:
    drawing = io.BytesIO()
    segno.make(url, error="m").save(drawing, kind="svg", scale=4, dark="#000", light="#fff", xmldecl=False)
    return drawing.getvalue()
