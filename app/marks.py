"""What a receipt attests of an engine that a learner wrote: its text, what it was tried with, and what it can do."""

from collections.abc import Mapping
from typing import Any

from app.receipts import Kind, now, signed
from app.seal import Seal


def summary(content: Mapping[str, Any]) -> str:
    """The points, whether the engine is right, and its class."""
    right = "right" if content["right"] else "wrong"
    tried = "our battery" if content["battery"] is None else "a battery of one's own"
    return f"{content['points']:g} of {content['of']:g} points, {right}, class {content['class'] or 'none'}, {tried}"


MARKS = Kind("grade/1", "grade", summary)


def receipt_of(seal: Seal, source: str, battery: str | None, found: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The receipt of a grade, signed."""
    content = {"name": name, "issued": now(), "program": {"source": source}, "battery": battery, **found}
    return signed(seal, MARKS, content)
