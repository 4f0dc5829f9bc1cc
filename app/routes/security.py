"""Where to report what can be used against this service (RFC 9116), where its operator says so."""

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from app.http.errors import NOT_FOUND, Problem
from app.routes.files import A_DAY
from app.services import services
from app.texts import CATALOGUES

SECURITY = "/.well-known/security.txt"
DAYS = 180  # for which what it says may be believed

router = APIRouter(include_in_schema=False)


@router.get(SECURITY)
async def security(request: Request) -> PlainTextResponse:
    """Send the file; a problem where there is nobody to report to."""
    settings = services(request).settings
    if not settings.security_contact:
        raise Problem(NOT_FOUND, NOT_FOUND.meaning)
    expires = datetime.now(UTC) + timedelta(days=DAYS)
    lines = {
        "Contact": settings.security_contact,
        "Expires": f"{expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages": ", ".join(CATALOGUES),
        **({"Canonical": settings.public_url + SECURITY} if settings.public_url else {}),
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return PlainTextResponse(text, headers=A_DAY)
