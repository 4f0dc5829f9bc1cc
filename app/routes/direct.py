"""The short way to an endpoint that asks for the request and nothing else: FastAPI has nothing to do for it.

Its route is still FastAPI's, which describes it, and answers whoever comes to its address in another way.
"""

from collections.abc import Awaitable, Callable, Iterable
from inspect import signature

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from app import errors

Endpoint = Callable[[Request], Awaitable[Response]]


class Direct:
    """ASGI middleware that calls such an endpoint by its method and address, past every layer further in."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        self.app = app
        self._endpoints: dict[tuple[str, str], Endpoint] = {
            (method, route.path): route.endpoint
            for route in routes
            if isinstance(route, APIRoute) and _is_plain(route.endpoint)
            for method in route.methods or ()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or pass it on."""
        endpoint = self._endpoints.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        if endpoint is None:
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive, send)
        try:
            response = await endpoint(request)
        except errors.EXPECTED as error:
            response = await errors.answer_to(request, error)
        await response(scope, receive, send)


def _is_plain(endpoint: Callable[..., object]) -> bool:
    """Whether an endpoint takes the request as it is, and nothing else."""
    return [one.annotation for one in signature(endpoint).parameters.values()] == [Request]
