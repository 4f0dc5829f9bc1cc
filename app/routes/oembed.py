"""oEmbed (oembed.com): who is given an address of ours learns the frame that shows it. No address is ever fetched."""

from typing import Annotated, Any
from urllib.parse import SplitResult, quote, urlencode, urlsplit
from xml.sax.saxutils import escape

import orjson
from fastapi import APIRouter, Query, Request, Response
from markupsafe import Markup

from app.http.body import JSON
from app.http.errors import FORMAT, NOT_FOUND, Problem
from app.origin import origin
from app.routes.opening import opened
from app.texts import FIRST, Texts

XML = "text/xml"
WIDTH, HEIGHT = 800, 480
AGE = 86_400  # seconds
KEPT = {"Cache-Control": f"public, max-age={AGE}"}
SANDBOX = "allow-scripts allow-same-origin allow-popups allow-downloads"
FRAME = Markup(
    '<iframe src="{src}" title="{title}" width="{width}" height="{height}" loading="lazy" '
    'sandbox="{sandbox}" allow="clipboard-write; fullscreen" style="border:0;max-width:100%"></iframe>'
)
QUERY = "%&=+,:;/?@!$'()*-._~"  # stays as it is in a query
PLACES = ("/z/", "/embed/")  # of a short link
Size = Annotated[int | None, Query(ge=1, le=100_000)]

router = APIRouter(include_in_schema=False)  # oembed.com describes it


@router.get("/oembed")
async def oembed(
    request: Request,
    url: str = "",
    maxwidth: Size = None,
    maxheight: Size = None,
    format: str = "json",  # noqa: A002 - its name in the address
) -> Response:
    """Answer with a frame for an address of this service; for any other there is nothing here."""
    if format not in ("json", "xml"):
        raise Problem(FORMAT, FORMAT.meaning)
    title = str(Texts(FIRST).say("page.title"))
    width, height = (min(usual, most or usual) for usual, most in ((WIDTH, maxwidth), (HEIGHT, maxheight)))
    src = await _framed(request, url)
    html = FRAME.format(src=src, title=title, width=width, height=height, sandbox=SANDBOX)
    found = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": title,
        "provider_url": origin(request),
        "cache_age": AGE,
        "html": str(html),
        "width": width,
        "height": height,
    }
    if format == "xml":
        return Response(_xml(found), headers=KEPT, media_type=XML)
    return Response(orjson.dumps(found), headers=KEPT, media_type=JSON)


def discovery(request: Request) -> dict[str, str]:
    """What the head of a page needs to say that it can be embedded."""
    here = f"{origin(request)}{request.url.path}" + (f"?{request.url.query}" if request.url.query else "")
    return {"oembed": f"{origin(request)}/oembed?{urlencode({'url': here})}" if origin(request) else ""}


async def _framed(request: Request, url: str) -> str:
    """The address of the frame that shows what an address of ours shows; a Problem for any other."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    if not url.isprintable() or f"{parts.scheme}://{parts.netloc}".lower() != origin(request).lower():
        raise Problem(NOT_FOUND, "This is no address of this service.")
    place = next((place for place in PLACES if parts.path.startswith(place)), None)
    if place is not None:
        name = parts.path.removeprefix(place)
        await opened(request, name)
        path = f"/embed/{quote(name, safe='')}"
    elif parts.path in ("", "/", "/embed"):
        path = "/embed"
    else:
        raise Problem(NOT_FOUND, "There is nothing to be embedded at this address.")
    return f"{origin(request)}{path}" + (f"?{quote(parts.query, safe=QUERY)}" if parts.query else "")


def _xml(found: dict[str, Any]) -> str:
    inside = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in found.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?><oembed>{inside}</oembed>'
