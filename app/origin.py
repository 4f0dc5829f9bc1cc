"""Where others reach the service: the beginning of every address that leaves it."""

from fastapi import Request

from app.services import services


def origin(request: Request) -> str:
    """Scheme and host without a slash, as the operator says, else as the request says."""
    return services(request).settings.public_url or str(request.base_url).rstrip("/")
