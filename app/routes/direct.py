"""Routes that FastAPI describes and then stays out of: on the busiest ones its dependencies cost more than the rest."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.routing import request_response


class DirectRoute(APIRoute):
    """A route whose endpoint takes the request and gives the response, both as they are."""

    def __init__(self, path: str, endpoint: Callable[[Request], Awaitable[Response]], **described: Any) -> None:  # noqa: ANN401  # FastAPI's own
        super().__init__(path, endpoint, **described)
        self.app = request_response(endpoint)
