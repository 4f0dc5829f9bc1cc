"""The service with workers that never answer: what is measured is how it stops them."""

import time

from fastapi import FastAPI

from app.main import create_app as create

SECONDS = 60.0


def spin(request: bytes) -> bytes:
    """Use the processor until stopped."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        pass
    return request


def create_app() -> FastAPI:
    """The service, with that in its workers."""
    return create(target=f"{__name__}:{spin.__name__}")
