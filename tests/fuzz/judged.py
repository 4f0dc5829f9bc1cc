"""One program run in this process as a worker runs it, and what must not be found in its answer."""

import json
import time
from typing import NoReturn

from engine import document
from engine.language.limits import KIB, Limits
from tests.fuzz.written import body
from tests.language.hostile import leaks

MOST_SECONDS = 3.0  # of processor time
MOST_BYTES = 2 * Limits().answer_bytes
READ_BYTES = 8 * KIB  # of longer answers most is numbers


def refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object that has each of its names once."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name occurs twice")
    return found


def fault(asked: dict[str, object]) -> str | None:
    """What is wrong with the answer to a request; None where nothing is."""
    began = time.process_time()
    try:
        reply = document.run(body(asked))
    except MemoryError:
        return None  # a budget: the process is replaced, and the answer names it
    except BaseException as error:  # noqa: BLE001  # whatever it is, a worker would have ended by it
        return f"fell: {type(error).__name__}: {error}"[:300]
    if (seconds := time.process_time() - began) > MOST_SECONDS:
        return f"slow: {seconds:.1f} s"
    return found_in(reply, asked)


def found_in(reply: bytes, asked: dict[str, object]) -> str | None:
    """What is wrong with an answer's bytes."""
    if reply[:2] not in (b"+{", b"-{"):
        return f"form: {reply[:40]!r}"
    if len(reply) > MOST_BYTES:
        return f"size: {len(reply):,} bytes"
    try:
        text = reply[1:].decode("utf-8", "strict")
        json.loads(text, parse_constant=refuse, object_pairs_hook=once)
    except ValueError as error:
        return f"not strict JSON: {error}"[:300]
    a_file = asked["verb"] == "export" and reply.startswith(b"+")  # a program for another library has its own words
    source = str(asked["source"])
    known = source + "".join(source.split())  # a hint may say how a number is written without blanks
    shown = [] if a_file or len(reply) > READ_BYTES else leaks(text, known)
    return f"leak: {shown[:3]}" if shown else None
