"""Whether whoever asks may have a program run now: what is left of their rate is said with the answer."""

from fastapi import Request

from app.clients.identity import Client
from app.clients.rates import WHOLE
from app.http.errors import TOO_MANY, Problem
from app.http.headers import ALLOWANCE
from app.services import services


def client_of(request: Request) -> Client:
    """Who asks."""
    return services(request).clients.of(request.scope)


async def admit(request: Request, cost: int = WHOLE) -> None:
    """Count what is asked for; a Problem where it is more than the client may have."""
    allowance = await services(request).rates.take(client_of(request), cost)
    if allowance is None:
        return
    request.scope.setdefault("state", {})[ALLOWANCE] = allowance.headers()
    if not allowance.granted:
        detail = (
            f"{allowance.most:,} programs in {allowance.window} seconds are run for one address, ten times as many "
            f"where they take a moment only. The next one is in {max(allowance.wait, 1)} s."
        )
        raise Problem(TOO_MANY, detail, headers={"Retry-After": str(max(allowance.wait, 1))})
