"""The table of hostile requests, one row each, as they travel: by the classes of what they attack. It only ever grows.

Most are refused with 400, by the parser of HTTP or by us; what is odd but allowed gets the answer that it asks for.
"""

import gzip
import json
from collections.abc import Iterator
from typing import NamedTuple


class Request(NamedTuple):
    """A hostile request: the bytes, and the statuses that its first answer may have.

    Where `last` is set, what follows it on the same connection must not be answered. `NONE` is no answer at all: the
    connection ends.
    """

    name: str
    family: str
    raw: bytes
    expect: frozenset[int]
    last: bool = False


NONE = 0
FILE = "/a-static-file"  # stands for the address of one, whose name is a matter of what is in it
GRAPH = "/api/v1/graph"
BODY = b'{"source": "graph"}'
SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
JSON_TYPE = "Content-Type: application/json"
LONG = 600_000  # more than is read at once, and than a head may have


def head(method: str, path: str, *lines: str, version: str = "1.1", host: str | None = "x") -> bytes:
    """The head of a request."""
    hosts = [] if host is None else [f"Host: {host}"]
    return "\r\n".join([f"{method} {path} HTTP/{version}", *hosts, *lines, "", ""]).encode("utf-8", "surrogateescape")


def posted(*lines: str, body: bytes = BODY) -> bytes:
    """A program that is posted, its length said in these lines."""
    return head("POST", GRAPH, JSON_TYPE, *lines) + body


def rows(family: str, expect: set[int], requests: dict[str, bytes], *, last: bool = False) -> Iterator[Request]:
    return (Request(name, family, raw, frozenset(expect), last) for name, raw in requests.items())


CHUNKED = b"13\r\n" + BODY + b"\r\n0\r\n\r\n"
LENGTHS = {
    "with-chunks": posted("Content-Length: 6", "Transfer-Encoding: chunked", body=b"0\r\n\r\nG" + SMUGGLED),
    "after-chunks": posted("Transfer-Encoding: chunked", "Content-Length: 6", body=b"0\r\n\r\nG" + SMUGGLED),
    "two": posted("Content-Length: 19", "Content-Length: 5", body=BODY + SMUGGLED),
    "two-the-same": posted("Content-Length: 19", "Content-Length: 19", body=BODY + SMUGGLED),
    "list": posted("Content-Length: 19, 19", body=BODY + SMUGGLED),
    "plus": posted("Content-Length: +19", body=BODY + SMUGGLED),
    "minus": posted("Content-Length: -1", body=BODY + SMUGGLED),
    "hexadecimal": posted("Content-Length: 0x13", body=BODY + SMUGGLED),
    "with-blank": posted("Content-Length: 1 9", body=BODY + SMUGGLED),
    "exponent": posted("Content-Length: 1e1", body=BODY + SMUGGLED),
    "none": posted("Content-Length:", body=BODY + SMUGGLED),
    "arabic": posted("Content-Length: \u0661\u0669", body=BODY + SMUGGLED),
    "huge": posted(f"Content-Length: {'9' * 30}", body=BODY + SMUGGLED),
    "blank-before-colon": posted("Content-Length : 19", body=BODY + SMUGGLED),
}
CODINGS = {
    "unknown": "xchunked",
    "identity": "identity",
    "chunked-not-last": "chunked, identity",
    "gzip": "gzip",
    "quoted": '"chunked"',
    "with-parameter": "chunked; a=b",
    "with-letter": "\x0bchunked",
    "null": "chunked\x00",
    "prefix": "chunke",
}
TRANSFERS = {
    **{name: posted(f"Transfer-Encoding: {coding}", body=CHUNKED + SMUGGLED) for name, coding in CODINGS.items()},
    "blank-before-colon": posted("Transfer-Encoding : chunked", body=CHUNKED + SMUGGLED),
    "two-that-differ": posted("Transfer-Encoding: chunked", "Transfer-Encoding: identity", body=CHUNKED + SMUGGLED),
    "folded": posted("Transfer-Encoding:", " chunked", body=CHUNKED + SMUGGLED),
}
SIZES = {
    "minus": b"-1\r\n",
    "prefix": b"0x13\r\n",
    "plus": b"+13\r\n",
    "huge": b"F" * 17 + b"\r\n",
    "longer": b"F" * 5_000 + b"\r\n",
    "blank-before": b" 13\r\n",
    "no-number": b"zz\r\n",
    "line-feed-only": b"13\n",
    "empty": b"\r\n",
    "null": b"13\x00\r\n",
    "comma": b"1,3\r\n",
}
TRAILED = b"13\r\n" + BODY + b"\r\n0\r\n"
TRAILERS = {
    "host": b"Host: evil.example\r\n",
    "length": b"Transfer-Encoding: identity\r\n",
    "type": b"Content-Type: text/plain\r\n",
    "very-many": b"X: y\r\n" * 100_000,
    "very-long": b"X: " + b"y" * LONG + b"\r\n",
}
CHUNKS = {
    **{f"size-{name}": posted("Transfer-Encoding: chunked", body=size + BODY + b"\r\n0\r\n\r\n" + SMUGGLED)
       for name, size in SIZES.items()},
    "too-short": posted("Transfer-Encoding: chunked", body=b"5\r\n" + BODY + b"\r\n0\r\n\r\n" + SMUGGLED),
    "no-end-of-chunk": posted("Transfer-Encoding: chunked", body=b"13\r\n" + BODY + b"0\r\n\r\n" + SMUGGLED),
}  # fmt: skip
LINES = {
    "blank-before-colon": head("GET", "/healthz", "X : y") + SMUGGLED,
    "no-colon": head("GET", "/healthz", "nonsense") + SMUGGLED,
    "no-name": head("GET", "/healthz", ": y") + SMUGGLED,
    "null-in-name": head("GET", "/healthz", "X\x00Y: z") + SMUGGLED,
    "null-in-value": head("GET", "/healthz", "X: a\x00b") + SMUGGLED,
    "letter-in-name": head("GET", "/healthz", "X\u00e9: y") + SMUGGLED,
    "bracket-in-name": head("GET", "/healthz", "X(y): z") + SMUGGLED,
    "carriage-return-in-value": head("GET", "/healthz", "X: a\rb") + SMUGGLED,
    "folded-first": b"GET /healthz HTTP/1.1\r\n Host: x\r\n\r\n" + SMUGGLED,
    "control-in-value": head("GET", "/healthz", "X: a\x01b") + SMUGGLED,
}
STARTS = {
    "tls": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64,
    "http-2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "lower-case": b"get /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    "no-version": b"GET /healthz\r\n\r\n",
    "null-in-method": b"GE\x00T /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    "long-method": b"A" * LONG + b" / HTTP/1.1\r\nHost: x\r\n\r\n",
    "blank-in-path": b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
    "tab-for-blank": b"GET\t/healthz\tHTTP/1.1\r\nHost: x\r\n\r\n",
    "version-nine": b"GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n",
    "no-http": b"GET /healthz FTP/1.1\r\nHost: x\r\n\r\n",
    "smtp": b"EHLO example.org\r\nMAIL FROM:<a@b>\r\n\r\n",
    "redis": b"*1\r\n$4\r\nPING\r\n",
    "json": b'{"source": "a = 1"}\r\n\r\n',
    "noise": bytes(range(256)),
}
LARGE = {
    "header": head("GET", "/healthz", f"X: {'a' * LONG}"),
    "name": head("GET", "/healthz", f"{'X' * LONG}: a"),
    "many-headers": head("GET", "/healthz", *(f"X{n}: {n}" for n in range(90_000))),
    "cookie": head("GET", "/healthz", f"Cookie: {'a=b; ' * (LONG // 4)}"),
    "address": head("GET", f"/{'a' * LONG}"),
    "query": head("GET", f"/?{'a' * LONG}"),
}
ALLOWED = {
    "absolute": head("GET", "http://x/healthz"),
    "absolute-elsewhere": head("GET", "http://evil.example/healthz"),
    "same-header-often": head("GET", "/healthz", *["X: y"] * 30),
    "chunks-in-version-1.0": head("POST", GRAPH, JSON_TYPE, "Transfer-Encoding: chunked", version="1.0") + CHUNKED,
    "version-two": head("GET", "/healthz", version="2.0"),
    "long-accept": head("GET", "/healthz", f"Accept: {'text/html,' * 5_000}*/*"),
    "many-codings": head("GET", "/healthz", f"Accept-Encoding: {'gzip;q=0.1,' * 4_000}br"),
    "odd-codings": head("GET", "/healthz", "Accept-Encoding: gzip;q=999, *;q=-1, ;;;"),
    "many-languages": head("GET", "/healthz", f"Accept-Language: {'de-x;q=0.5,' * 4_000}en"),
    "many-tags": head("GET", "/healthz", f"If-None-Match: {'W/%sa%s,' % (chr(34), chr(34)) * 5_000}*"),  # noqa: UP031
    "no-date": head("GET", "/healthz", "If-Modified-Since: never"),
    "forwarded": head("GET", "/healthz", "X-Forwarded-For: 127.0.0.1, ::1, nonsense", "Forwarded: for=_hidden"),
    "forwarded-long": head("GET", "/healthz", f"X-Forwarded-For: {'1.2.3.4, ' * 5_000}"),
    "expectation": head("GET", "/healthz", "Expect: x"),
    "web-socket": head("GET", "/healthz", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"),
    "http-2-by-upgrade": head("GET", "/healthz", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c"),
    "empty-line-before": b"\r\n\r\n" + SMUGGLED,
}
PATHS = {
    "parent": "/static/../app/settings.py",
    "parent-escaped": "/static/%2e%2e/app/settings.py",
    "slash-escaped": "/static/..%2f..%2fetc/passwd",
    "twice-escaped": "/static/%252e%252e/%252e%252e/etc/passwd",
    "backslash": "/static/..\\..\\etc\\passwd",
    "overlong": "/static/%c0%ae%c0%ae/etc/passwd",
    "null": "/static/x%00.js",
    "absolute": "/static//etc/passwd",
    "bytes": "/%ff%fe%fd",
    "surrogate": "/%ed%a0%80",
    "open-redirect": "//evil.example/%2f..",
    "open-redirect-backslash": "/\\evil.example",
    "line-break": "/z/%0d%0aSet-Cookie:%20a=b",
    "script": "/z/%3Cscript%3Ealert(1)%3C/script%3E",
    "hidden-file": "/.git/config",
    "environment": "/.env",
    "python": "/app/main.py",
    "own-sources": "/static/0/../../pyproject.toml",
    "problem": "/problems/..%2f..%2fetc",
    "example": "/api/v1/examples/..%2f..%2f",
    "learn": "/learn/..%2f..%2fapp",
    "docs": "/api/docs/..%2f..%2f",
    "long-link": f"/z/{'a' * 5_000}",
}
REDIRECTS = {
    "parent": "/z/%2e%2e/embed",
    "elsewhere": "/z/%5cevil.example/embed",
    "query": "/z/aaaaaaaaaa/embed?//evil.example/%0d%0aSet-Cookie:a=b",
}
FETCHES = {
    "metadata": "/oembed?url=http://169.254.169.254/latest/meta-data/",
    "own-port": "/oembed?url=http://127.0.0.1:22/",
    "file": "/oembed?url=file:///etc/passwd",
    "gopher": "/oembed?url=gopher://127.0.0.1:6379/_FLUSHALL",
    "no-url": "/oembed?url=http://[",
    "user": "/oembed?url=http://x@evil.example/z/abc",
    "script": "/oembed?url=javascript:alert(1)",
}
BODIES = {
    "utf-8": b'{"source": "\xff\xfe"}',
    "overlong": b'{"source": "\xc0\xaf"}',
    "surrogate": b'{"source": "\xed\xa0\x80"}',
    "utf-16": '{"source": "a"}'.encode("utf-16"),
    "utf-32": '{"source": "a"}'.encode("utf-32"),
    "utf-7": b"+AHs-+ACI-source+ACI-",
    "mark": b"\xef\xbb\xbf" + BODY,
    "null": BODY + b"\x00",
    "deep": b'{"source": ' + b"[" * 50_000,
    "deep-closed": b'{"inputs": ' + b'{"a":' * 9_000 + b"1" + b"}" * 9_000 + b"}",
    "wide": json.dumps({"source": "a", "inputs": {f"a{n}": 1 for n in range(14_000)}, "x": 1}).encode(),
    "no-number": b'{"source": "a", "seed": NaN}',
    "huge-number": b'{"source": "a", "seed": ' + b"9" * 9_000 + b"}",
    "two": BODY + BODY,
    "form": b"source=a",
    "xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "pickle": b"cos\nsystem\n(S'id'\ntR.",
    "gzip": gzip.compress(BODY),
    "gzip-bomb": gzip.compress(b" " * 5_000_000),
    "prototype": b'{"source": "a", "__proto__": {"x": 1}}',
    "text-for-list": b'{"source": "a", "expand": "abc"}',
    "very-many-wrong": b'{"source": "a", "expand": [' + b"1," * 100_000 + b"1]}",
    "null-in-text": b'{"source": 1, "output": "\\u0000"}',
}
TYPES = {
    "none": "",
    "text": "text/plain",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data; boundary=x",
    "long": "application/json" + "x" * 9_000,
    "parameters": "application/jso;n",
    "two": "text/plain, application/json",
    "pickle": "application/x-pickle",
}
METHODS = (
    "PUT",
    "DELETE",
    "PATCH",
    "TRACE",
    "OPTIONS",
    "CONNECT",
    "PROPFIND",
    "MKCOL",
    "LOCK",
    "SEARCH",
    "PURGE",
    "LINK",
)
RANGES = (
    "bytes=0-0,0-0",
    "bytes=-1",
    "bytes=9-1",
    "bytes=0-" + "9" * 500,
    "bytes=" + "0-," * 5_000 + "0-",
    "lines=1-2",
)
QUERIES = {
    "bytes": "source=graph&output=%ff%fe",
    "null": "source=graph&output=a%00",
    "no-source": "sauce",
    "twice": "source=wrong&source=graph",
    "list": "source[]=a",
    "deep": "inputs=" + "%5B" * 5_000,
    "long-name": f"{'a' * 5_000}=1",
    "many": "&".join(f"a{n}=1" for n in range(3_000)),
    "semicolons": ";".join(f"a{n}=1" for n in range(3_000)),
    "line-break": "source=%0d%0aSet-Cookie:a%0d%0a&seed=x",
    "script": "sauce=%3Cscript%3Ealert(1)%3C/script%3E",
}


def body(content: bytes) -> bytes:
    return posted(f"Content-Length: {len(content)}", body=content)


def typed(kind: str) -> bytes:
    return head("POST", GRAPH, f"Content-Type: {kind}", f"Content-Length: {len(BODY)}") + BODY


HTTP: tuple[Request, ...] = (
    *rows("length", {400}, LENGTHS, last=True),
    *rows("transfer", {400}, TRANSFERS, last=True),
    *rows("chunk", {400}, CHUNKS, last=True),
    *rows(
        "trailer",
        {200, 400},
        {name: posted("Transfer-Encoding: chunked", body=TRAILED + one + b"\r\n") for name, one in TRAILERS.items()},
    ),
    *rows("line", {400}, LINES, last=True),
    *rows("start", {400}, STARTS, last=True),
    *rows("large", {400, 414, 431}, LARGE, last=True),
    *rows("allowed", {200}, ALLOWED),
    *rows("path", {400, 404, 414}, {name: head("GET", path) for name, path in PATHS.items()}),
    *rows("redirect", {307}, {name: head("GET", path) for name, path in REDIRECTS.items()}),
    *rows("fetch", {404, 422}, {name: head("GET", path) for name, path in FETCHES.items()}),
    *rows("body", {400, 422}, {name: body(content) for name, content in BODIES.items()}),
    *rows("type", {415}, {name: typed(kind) for name, kind in TYPES.items()}),
    *rows("method", {400, 405}, {name: head(name, GRAPH) for name in METHODS}),
    *rows("range", {200, 206, 416}, {str(n): head("GET", FILE, f"Range: {one}") for n, one in enumerate(RANGES)}),
    *rows("query", {200, 400, 414, 422}, {name: head("GET", f"{GRAPH}?{query}") for name, query in QUERIES.items()}),
)
