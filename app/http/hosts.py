"""Whose name the server answers to: what a request calls it is text from outside, and may be anything.

A host that is an address, or a name without a dot, is always right: by such a one nobody can be sent here from outside,
and those who stand beside the server use them.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.errors import HOST, Problem

LONGEST = 253 + len(":65535")
FORM = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(:[0-9]{1,5})?")
ALL = "*"


class Hosts:
    """ASGI middleware: a request names one host, one of ours where the operator says which those are."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self.app = app
        self._names = frozenset(name.lower() for name in names)
        self._ours = lru_cache(maxsize=256)(self._is_ours)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http" and not self._right(scope):
            await Problem(HOST, HOST.meaning).response(scope)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _right(self, scope: Scope) -> bool:
        said = [value for name, value in scope["headers"] if name == b"host"]
        if not said:
            return bool(scope["http_version"] == "1.0")
        return len(said) == 1 and len(said[0]) <= LONGEST and self._ours(said[0])

    def _is_ours(self, said: bytes) -> bool:
        found = FORM.fullmatch(said.decode("latin-1").lower())
        if found is None:
            return False
        host = found[1]
        if ALL in self._names or host in self._names:
            return True
        near = "." not in host or _is_address(host)
        return near or any(name.startswith("*.") and host.endswith(name[1:]) for name in self._names)


def names(hosts: str, public_url: str) -> tuple[str, ...]:
    """The names that settings allow: those they list, else that of the public address, else all."""
    if hosts:
        return tuple(hosts.split())
    return (urlsplit(public_url).hostname or "",) if public_url else (ALL,)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
