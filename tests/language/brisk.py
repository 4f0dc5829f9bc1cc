"""The engine with a fifth of the time and of the steps: what never ends, ends the sooner."""

from dataclasses import replace

from engine import document

document.LIMITS = replace(document.LIMITS, cpu_seconds=0.2, steps=400_000)


def run(request: bytes) -> bytes:
    """One answer."""
    return document.run(request)
