"""The files that pages load."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException

from app.assets import PREFIX, Asset
from app.services import services

FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
A_DAY = {"Cache-Control": "public, max-age=86400"}
AN_HOUR = {"Cache-Control": "public, max-age=3600"}
ELEMENT = "js/embed.js"  # what pages of others load, which do not know of editions
FAVICON = "icon/icon.svg"
ROBOTS = "User-agent: *\nDisallow: /api/\n"

router = APIRouter(include_in_schema=False)


@router.get(PREFIX + "/{edition}/{path:path}")
async def static(request: Request, edition: str, path: str) -> Response:
    """Send a file; of another edition than ours there is none."""
    assets = services(request).assets
    asset = assets.files.get(path)
    if asset is None or edition != assets.edition:
        raise HTTPException(404)
    return _send(request, asset, FOREVER)


@router.get(PREFIX + "/embed.js")
async def element(request: Request) -> Response:
    """Send the element for pages of others."""
    return _send(request, services(request).assets.files[ELEMENT], AN_HOUR)


@router.get("/favicon.ico")
async def favicon(request: Request) -> Response:
    """Send the picture for the tab."""
    asset = services(request).assets.files.get(FAVICON)
    return _send(request, asset, A_DAY) if asset else Response(status_code=204, headers=A_DAY)


@router.get("/robots.txt")
async def robots() -> Response:
    """Ask crawlers for the pages, not the API."""
    return PlainTextResponse(ROBOTS, headers=A_DAY)


def _send(request: Request, asset: Asset, kept: dict[str, str]) -> Response:
    if asset.packed is None:
        return Response(asset.body, headers=kept, media_type=asset.media_type)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {**kept, "Vary": "Accept-Encoding", **({"Content-Encoding": "gzip"} if packed else {})}
    return Response(asset.packed if packed else asset.body, headers=headers, media_type=asset.media_type)
