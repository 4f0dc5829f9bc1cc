"""Answers made smaller for whoever can read them so: zstd, Brotli or gzip; the events of a stream are sent as they are.

Who asks for none goes past it. A tag names the bytes that travel, so that it differs from coding to coding.
"""

from functools import lru_cache

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_compress import CompressMiddleware, add_compress_type, remove_compress_type

CODINGS = ("zstd", "br", "gzip")  # the best first
ACCEPT = "Accept-Encoding"
WORTH = 1_024  # bytes
QUICK = 1  # the level of each coding: what more would save costs the others who ask time

for written in ("application/jsonl", "application/problem+json"):
    add_compress_type(written)
remove_compress_type("text/event-stream")


class Compression:
    """ASGI middleware that packs what the application answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._packing = CompressMiddleware(
            app, minimum_size=WORTH, zstd_level=QUICK, brotli_quality=QUICK, gzip_level=QUICK
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, packed or as it is."""
        if scope["type"] != "http" or not any(name == b"accept-encoding" for name, _ in scope["headers"]):
            await self._plain(scope, receive, send)
            return

        async def send_tidy(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [_once(*header) for header in message["headers"]]
            await send(message)

        await self._packing(scope, receive, send_tidy)


def _once(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """A header that names nothing twice: what varies says so already, and packing says it again."""
    return (name, b", ".join(dict.fromkeys(value.split(b", ")))) if name == b"vary" else (name, value)


def tag(request: Request, digest: str) -> str:
    """The strong entity tag of content with that digest, as this client gets it."""
    coding = preferred(",".join(request.headers.getlist(ACCEPT)))
    return f'"{digest}-{coding}"' if coding else f'"{digest}"'


@lru_cache(maxsize=128)
def preferred(accepted: str) -> str | None:
    """The coding that an Accept-Encoding header gets, by the rules of RFC 9110."""
    weights: dict[str, float] = {}
    for one in accepted.lower().split(","):
        coding, _, parameter = one.partition(";")
        weights[coding.strip()] = _weight(parameter)
    return next((one for one in CODINGS if weights.get(one, weights.get("*", 0.0)) > 0), None)


def _weight(parameter: str) -> float:
    name, _, number = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(number)
    except ValueError:
        return 0.0
