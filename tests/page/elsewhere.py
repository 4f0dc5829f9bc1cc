"""A page of somebody else's: a server on another origin that shows what is pasted into it."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HEARD = "<script>heard = []; addEventListener('message', ({ data }) => heard.push(data))</script>"
PAGE = "<!doctype html><html lang=en><meta charset=utf-8><meta name=color-scheme content='light dark'>"
COEP = {"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin"}


@dataclass
class Elsewhere:
    """The pages of one server, by their path."""

    origin: str
    pages: dict[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)

    def put(self, path: str, body: str, headers: Mapping[str, str] | None = None) -> str:
        """Show this at a path; the address of it."""
        self.pages[path] = (f"{PAGE}{HEARD}{body}", headers or {})
        return self.origin + path


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """A server of pages, by another name of this machine: that is another site, not only another origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # its name there
            body, headers = served.pages.get(urlsplit(self.path).path, ("", {}))
            content = body.encode()
            self.send_response(200)
            for name, value in {"Content-Type": "text/html", "Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Elsewhere(f"http://localhost:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
