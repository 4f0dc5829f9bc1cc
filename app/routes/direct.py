"""The short way to an endpoint that asks for the request and nothing else: FastAPI has nothing to do for it.

Its route is still FastAPI's, which describes it, and answers whoever comes to its address in another way.
"""

from collections.abc import Callable, Iterable
from inspect import signature

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from app.http import errors
from app.telemetry.entry import entry_of


class Direct:
    """ASGI middleware that calls such an endpoint by its method and address, past every layer further in."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        self.app = app
        self._routes = {
            (method, route.path): route
            for route in routes
            if isinstance(route, APIRoute) and _is_plain(route.endpoint)
            for method in route.methods or ()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or pass it on."""
        if scope["type"] == "http" and (entry := entry_of(scope)):
            entry.scope = scope
        route = self._routes.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        if route is None:
            await self.app(scope, receive, send)
            return
        scope["route"] = route
        request = Request(scope, receive, send)
        try:
            response: Response = await route.endpoint(request)
        except errors.EXPECTED as error:
            response = await errors.answer_to(request, error)
        await response(scope, receive, send)


def _is_plain(endpoint: Callable[..., object]) -> bool:
    """Whether an endpoint takes the request as it is, and nothing else."""
    return [one.annotation for one in signature(endpoint).parameters.values()] == [Request]
