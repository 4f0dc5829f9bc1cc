"""What answers where an exception was not expected."""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import INTERNAL, Problem

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
            log.exception("a request failed")
            await Problem(INTERNAL, "The request could not be answered.").response(scope)(scope, receive, send)
