"""A share of the programs over HTTP: the front process never falls, and every answer has the form that is promised."""

import json
import time
from http.client import HTTPConnection, HTTPException

from tests.fuzz.batches import Found
from tests.fuzz.judged import MOST_SECONDS, once, refuse
from tests.fuzz.written import body, request
from tests.language.hostile import leaks
from tests.load.generator import FIRST
from tests.load.server import Service

PATHS = {"graph": "/api/v1/graph", "check": "/api/v1/check", "steps": "/api/v1/steps"}
KINDS = {200, 400, 413, 415, 422, 429}
BUSY = "/problems/busy"
EACH = 10  # requests of a client: nobody is to be refused for asking too often
CLIENTS = 60_000


def asked_over_http(service: Service, first: int, seconds: float) -> Found:
    """Ask one after the other, as long as there is time."""
    found, number, end = Found(), first, time.monotonic() + seconds
    while time.monotonic() < end:
        client = str(FIRST + number // EACH % CLIENTS)
        connection = HTTPConnection("127.0.0.1", service.port, timeout=15, source_address=(client, 0))
        for one in range(number, number + EACH):
            kind, asked = request(one)
            found.programs[f"{kind} over HTTP"] += 1
            if wrong := fault(connection, asked, raw=kind == "noise" and one % 2 == 0):
                found.faults[one] = wrong
        connection.close()
        number += EACH
    if service.process.poll() is not None or not service.ready("/healthz"):
        found.faults[number] = "the front process fell"
    return found


def fault(connection: HTTPConnection, asked: dict[str, object], *, raw: bool) -> str | None:
    """What is wrong with the answer to a request; `raw` is a body that is no JSON but the program itself."""
    path = PATHS.get(str(asked["verb"]), PATHS["graph"])
    fields = {name: value for name, value in asked.items() if name not in ("verb", "format")}
    if path == PATHS["check"]:
        fields = {"source": fields["source"]}
    content = str(asked["source"]).encode("utf-8", "replace") if raw else body(fields)
    began = time.monotonic()
    try:
        connection.request("POST", path, content, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
    except (OSError, HTTPException) as error:
        connection.close()
        return f"no answer: {type(error).__name__}"
    seconds = time.monotonic() - began
    return f"slow: {seconds:.1f} s" if seconds > MOST_SECONDS else wrong(answer.status, text, str(asked["source"]))


def wrong(status: int, text: bytes, source: str) -> str | None:
    """What is wrong with an answer."""
    try:
        told = json.loads(text.decode("utf-8", "strict"), parse_constant=refuse, object_pairs_hook=once)
    except ValueError as error:
        return f"not strict JSON: {error}"
    if status not in KINDS and not (status == 503 and told.get("type") == BUSY):
        return f"status {status}: {told.get('type')}"
    shown = leaks(text.decode(), source) if status != 200 else []
    return f"leak: {shown[:3]}" if shown else None
