"""Seals: what this server has written, and nobody has changed since."""

import base64
import hashlib
import hmac
import secrets
from typing import Any

import orjson

LETTERS = 16  # of a secret, at least


class Seal:
    """Signs JSON with a secret; without one of the operator's, with one that ends with the process."""

    def __init__(self, secret: str) -> None:
        self.lasting = bool(secret)
        self._key = (secret or secrets.token_hex()).encode()

    def signature(self, purpose: str, content: object) -> str:
        """What only who knows the secret can write below some content; a purpose's seal is no other's."""
        text = orjson.dumps([purpose, content], option=orjson.OPT_SORT_KEYS)
        return hmac.new(self._key, text, hashlib.sha256).hexdigest()

    def holds(self, purpose: str, content: object, signature: object) -> bool:
        """Whether a signature is the one."""
        try:
            known = self.signature(purpose, content)
        except TypeError:  # too deep, or with too large a number, to have been written here
            return False
        return isinstance(signature, str) and hmac.compare_digest(known.encode(), signature.encode("utf-8", "replace"))

    def closed(self, purpose: str, content: object) -> str:
        """Some content and its signature as one text for addresses and headers."""
        text = base64.urlsafe_b64encode(orjson.dumps(content)).decode()
        return f"{text}.{self.signature(purpose, content)}"

    def opened(self, purpose: str, token: str) -> Any:  # noqa: ANN401  # JSON
        """The content of such a text; None where it is not ours."""
        text, _, signature = token.partition(".")
        try:
            content = orjson.loads(base64.urlsafe_b64decode(text.encode()))
        except ValueError:
            return None
        return content if self.holds(purpose, content, signature) else None
