"""Where others reach the service: the beginning of every address that leaves it."""

import re

from fastapi import Request

from app.services import services

HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")


def origin(request: Request) -> str:
    """Scheme and host without a slash, as the operator says, else as the request says, if what it says is a host."""
    host = request.headers.get("host", "")
    return services(request).settings.public_url or (f"{request.url.scheme}://{host}" if HOST.fullmatch(host) else "")
