"""Receipts: what this server attests, as a file that is handed in and verified with its secret."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from app.seal import Seal


class Kind(NamedTuple):
    """What is attested: the name of its form, the purpose it is sealed for, and what is said of it in a line."""

    schema: str
    purpose: str
    summary: Callable[[Mapping[str, Any]], str]


class Receipt(BaseModel):
    """What is signed, and the signature: HMAC-SHA256 with the server's secret over the JSON with sorted keys."""

    model_config = ConfigDict(extra="forbid")

    schema_: Annotated[str, Field(alias="schema")]
    content: dict[str, Any]
    signature: str


def now() -> str:
    """The time, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def signed(seal: Seal, kind: Kind, content: dict[str, Any]) -> dict[str, Any]:
    """A receipt."""
    return {"schema": kind.schema, "content": content, "signature": seal.signature(kind.purpose, content)}


def verified(seal: Seal, kinds: Iterable[Kind], text: bytes) -> str | None:
    """What a receipt attests, in a line; None where the signature is not this secret's, ValueError for no receipt."""
    found = Receipt.model_validate_json(text)
    kind = next((one for one in kinds if one.schema == found.schema_), None)
    if kind is None:
        raise ValueError(found.schema_)
    if not seal.holds(kind.purpose, found.content, found.signature):
        return None
    name = "".join(letter if letter.isprintable() else "�" for letter in found.content["name"]) or "no name"
    return f"{name}, {kind.summary(found.content)}, {found.content['issued']}"
