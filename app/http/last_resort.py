"""What answers where an exception was not expected."""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.errors import INTERNAL, Problem
from app.telemetry.entry import entry_of
from app.telemetry.logs import FACTS

log = logging.getLogger(__name__)


class LastResort:
    """ASGI middleware: an exception that nobody expected is logged, and answered without a word about it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, whatever happens inside."""
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception:
            if scope["type"] != "http" or started:
                raise
            entry = entry_of(scope)
            name = entry.id if entry else ""
            log.exception("a request failed", extra={FACTS: {"request": name}})
            await Problem(
                INTERNAL, f"The request could not be answered. In the log of the server it is {name}."
            ).response(scope)(scope, receive, send)
