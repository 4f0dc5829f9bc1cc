"""OpenTelemetry, where one setting switches it on: spans with routes and times, and nothing of what was asked."""

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from app.main import create_app
from app.settings import Settings
from tests.app import fakes
from tests.invariants.sources import ROOT

LEARNERS = "something_of_a_learner"
PARENT = f"00-{'ab' * 16}-{'cd' * 8}-01"
PROGRAM = f"""
from fastapi.testclient import TestClient
from app.main import create_app
from app.settings import Settings

settings = Settings(workers=1, links="off", telemetry=True)
with TestClient(create_app(settings, target={fakes.ACT!r})) as client:
    first = client.post("/api/v1/graph", json={{"source": "graph"}}, headers={{"traceparent": {PARENT!r}}})
    second = client.get("/api/v1/graph", params={{"source": "{LEARNERS}"}})
    client.get("/z/{LEARNERS}")
    client.get("/healthz")
print(first.headers["x-request-id"], second.headers["x-request-id"])
"""


@contextmanager
def collecting() -> Iterator[tuple[str, dict[str, list[bytes]]]]:
    """Where telemetry can be sent, and what was."""
    sent: dict[str, list[bytes]] = {}

    class Collector(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent.setdefault(self.path, []).append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", sent
        finally:
            server.shutdown()
            thread.join()


def attributes(span: Span) -> dict[str, object]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value") or "") for one in span.attributes}


def test_requests_are_traced_and_measured_and_nothing_of_them_is_told() -> None:
    with collecting() as (place, sent):
        environment = {**os.environ, "OTEL_EXPORTER_OTLP_ENDPOINT": place, "OTEL_METRIC_EXPORT_INTERVAL": "60000"}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
    first, second = done.stdout.split()
    exports = [ExportTraceServiceRequest.FromString(body) for body in sent["/v1/traces"]]
    spans = [s for one in exports for found in one.resource_spans for scope in found.scope_spans for s in scope.spans]
    asked = {(span.name, span.trace_id.hex()): attributes(span) for span in spans if span.kind == Span.SPAN_KIND_SERVER}
    assert {name for name, _ in asked} == {"POST /api/v1/graph", "GET /api/v1/graph", "GET /z/{name}"}
    assert first == "ab" * 16
    assert asked["POST /api/v1/graph", first]["http.response.status_code"] == 200
    found = asked["GET /api/v1/graph", second]
    assert (found["http.route"], found["url.path"], found["url.query"]) == ("/api/v1/graph", "", "")
    assert b"http.server.request.duration" in b"".join(sent["/v1/metrics"])
    assert not any(LEARNERS.encode() in body for bodies in sent.values() for body in bodies)
    assert "/v1/logs" not in sent


def test_who_does_not_switch_it_on_sends_nothing() -> None:
    app = create_app(Settings(links="off"), target=fakes.ACT)
    assert not any(app._telemetry[what] for what in ("tracing", "metrics", "logs", "auto_configure"))
