"""Python's collector of cycles, told to wait: graphs hold no cycles, and looking through one takes longer than it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (200_000, 20, 100)  # objects made and kept from one look at the newest to the next; looks at older ones


@contextmanager
def uncollected() -> Iterator[None]:
    """While many things are made that are kept and hold no cycles."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """While programs run, whose own objects may well hold cycles."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
