"""Answers that servers have in common, in Redis: what one of them has computed, the others need not.

Redis may be slow, cut off or gone: then nothing is found there. Nobody waits for it longer than a moment, and after a
failure one request a second tries whether it is back. What comes from there is an answer of ours to this very request
or nothing: it is no longer than an answer, and bears a seal over the request's key and itself.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from hashlib import blake2b
from hmac import compare_digest
from time import monotonic
from typing import TypeVar

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from engine.language.limits import Limits

SECONDS = 0.1  # that Redis has for a command
PAUSE_SECONDS = 1.0  # after a failure
KEPT_SECONDS = 7 * 24 * 3_600
MOST = 64  # commands that are under way; whoever comes beyond goes without
SEAL_BYTES = 16
ANSWER_BYTES = Limits().answer_bytes

Result = TypeVar("Result")

log = logging.getLogger(__name__)


class RedisAnswers:
    """The answers of all servers with the same engine, and the same secret. It belongs to one event loop at a time."""

    def __init__(self, url: str, edition: str, secret: str, clock: Callable[[], float] = monotonic) -> None:
        self.hits = self.misses = self.failures = 0
        self._redis = Redis.from_url(
            url, socket_connect_timeout=SECONDS, socket_timeout=SECONDS, retry=Retry(NoBackoff(), 0)
        )
        self._edition = edition.encode()
        self._secret = blake2b(secret.encode()).digest()
        self._clock = clock
        self._failing = False
        self._away = 0.0  # until when it is not asked
        self._under_way = 0
        self._keeping: set[asyncio.Task[object]] = set()

    async def get(self, key: bytes) -> bytes | None:
        """The answer to the request of this key, if there is one."""
        entry = await self._ask(lambda: self._redis.getrange(self._name(key), 0, SEAL_BYTES + ANSWER_BYTES))
        answer = self._opened(key, entry) if isinstance(entry, bytes) else None
        if answer is None:
            self.misses += 1
        else:
            self.hits += 1
        return answer

    def keep(self, key: bytes, answer: bytes) -> None:
        """Keep an answer for the others, some time soon."""
        if len(answer) <= ANSWER_BYTES:
            entry = self._seal(key, answer) + answer
            task = asyncio.create_task(
                self._ask(lambda: self._redis.set(self._name(key), entry, ex=KEPT_SECONDS)), name="keep an answer"
            )
            self._keeping.add(task)
            task.add_done_callback(self._keeping.discard)

    async def close(self) -> None:
        """Let go of Redis."""
        if self._keeping:
            await asyncio.wait(self._keeping)
        await self._redis.aclose()

    async def _ask(self, command: Callable[[], Awaitable[Result]]) -> Result | None:
        """What Redis says; None where it says nothing in time, or is not asked."""
        if not self._may_ask():
            return None
        self._under_way += 1
        try:
            async with asyncio.timeout(SECONDS):
                said = await command()
        except (RedisError, OSError, ValueError) as error:  # TimeoutError is an OSError; ValueError: no text of Redis
            self._fail(error)
            return None
        finally:
            self._under_way -= 1
        self._failing = False
        return said

    def _may_ask(self) -> bool:
        now = self._clock()
        if now < self._away or self._under_way >= MOST:
            return False
        if self._failing:
            self._away = now + PAUSE_SECONDS  # this one tries, the others wait for what it finds
        return True

    def _fail(self, error: Exception) -> None:
        self.failures += 1
        self._away = self._clock() + PAUSE_SECONDS
        if not self._failing:
            log.warning("answers are kept in memory only for now: Redis does not answer (%r)", error)
        self._failing = True

    def _name(self, key: bytes) -> bytes:
        return b"autograd:answer:%b:%b" % (self._edition, key.hex().encode())

    def _seal(self, key: bytes, answer: bytes) -> bytes:
        sealed = blake2b(digest_size=SEAL_BYTES, key=self._secret)
        for part in (self._edition, key, answer):
            sealed.update(len(part).to_bytes(8, "big") + part)
        return sealed.digest()

    def _opened(self, key: bytes, entry: bytes) -> bytes | None:
        """The answer in an entry, if that was written by one of us for this key."""
        seal, answer = entry[:SEAL_BYTES], entry[SEAL_BYTES:]
        return answer if compare_digest(seal, self._seal(key, answer)) else None
