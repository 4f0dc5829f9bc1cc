"""The headers that every answer carries, as plain ASGI middleware: what a browser may do with it, and who may ask.

The API and the files are anybody's: they know no cookies and keep no state. Pages are framed by nobody but us, and
what is made for frames by whom the operator says, also in pages that let nothing in that does not say it may.
HEAD is GET without the body, everywhere.
"""

from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.assets import PREFIX

Headers = list[tuple[bytes, bytes]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
)
FRAMED = "frame-ancestors 'self'"
ANYBODY = "*"
REFUSED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
TAKEN = ("Authorization", "Autograd-Pass", "Content-Type", "If-None-Match", "Last-Event-ID", "X-Request-ID")
PREFLIGHT_SECONDS = DAY = 86_400
ALLOWANCE = "allowance"  # in the state of a request that costs something: the fields that say what is left
HEAD = "head"  # in the scope of a request that wants no body
OPEN_PATHS = ("/api/", PREFIX + "/", "/oembed", "/z/")
EMBED = "/embed"


def _encoded(headers: dict[str, str]) -> Headers:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


EVERYWHERE = _encoded(
    {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in REFUSED),
    }
)
ALONE = {"Content-Security-Policy": POLICY + FRAMED, "Cross-Origin-Opener-Policy": "same-origin"}
OURS = [
    *EVERYWHERE,
    *_encoded({**ALONE, "Cross-Origin-Resource-Policy": "same-origin"}),
]
ANYBODYS = [
    *EVERYWHERE,
    *_encoded(
        {
            **ALONE,
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": "ETag, RateLimit, RateLimit-Policy, Retry-After, X-Request-ID",
        }
    ),
]
PREFLIGHT = [
    *ANYBODYS,
    *_encoded(
        {
            "Access-Control-Allow-Methods": "GET, HEAD, POST, DELETE",
            "Access-Control-Allow-Headers": ", ".join(TAKEN),
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        }
    ),
]


def embeds(embedded_by: str) -> Headers:
    """The headers of what is made for frames.

    For anybody no rule at all: `*` would leave out pages without an origin, as files and sandboxed frames are. Of who
    opened it a frame knows nothing, and asking a browser to see to that has it start a process.
    """
    framed = "" if embedded_by == ANYBODY else f"{FRAMED} {embedded_by}".strip()
    return [
        *EVERYWHERE,
        *_encoded(
            {
                "Content-Security-Policy": (POLICY + framed).removesuffix("; "),
                "Cross-Origin-Embedder-Policy": "require-corp",
                "Cross-Origin-Resource-Policy": "cross-origin",
                "Access-Control-Allow-Origin": "*",
            }
        ),
    ]


class StandingHeaders:
    """ASGI middleware that adds the headers above to whatever the application answers."""

    def __init__(self, app: ASGIApp, embedded_by: str, hsts_days: int, *, https: bool) -> None:
        self.app = app
        self._https = https  # whatever the way from a proxy to here is
        self._plain = (OURS, ANYBODYS, embeds(embedded_by))
        self._secure = tuple([*headers, *lasting(hsts_days)] for headers in self._plain)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight; pass everything else on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        anybodys = scope["path"].startswith(OPEN_PATHS)
        kinds = self._secure if self._https or scope["scheme"] == "https" else self._plain
        extra = kinds[1 if anybodys else 2 if _is_embed(scope["path"]) else 0]
        if anybodys and _is_preflight(scope):
            await _answer_preflight(send)
            return
        head = scope["method"] == "HEAD"
        state: dict[str, Any] = scope.setdefault("state", {})

        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                allowance = _encoded(state[ALLOWANCE]) if ALLOWANCE in state else ()
                message["headers"] = [*message.get("headers", ()), *extra, *allowance]
            elif head:
                message["body"] = b""
            await send(message)

        await self.app({**scope, "method": "GET", HEAD: True} if head else scope, receive, send_more)


def lasting(days: int) -> Headers:
    """What has a browser that came by HTTPS come by nothing else."""
    return _encoded({"Strict-Transport-Security": f"max-age={days * DAY}; includeSubDomains"}) if days else []


def _is_embed(path: str) -> bool:
    return path == EMBED or path.startswith(EMBED + "/")


def _is_preflight(scope: Scope) -> bool:
    return scope["method"] == "OPTIONS" and any(
        name == b"access-control-request-method" for name, _ in scope["headers"]
    )


async def _answer_preflight(send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": PREFLIGHT})
    await send({"type": "http.response.body", "body": b""})
