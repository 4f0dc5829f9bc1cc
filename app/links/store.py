"""Links in a database: made, found, given up, and cleared away. Everything here waits for a disk or a network."""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy import Connection, Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.links.database import WRITES, connected, prepare
from app.links.state import LinkState, digest, names
from app.links.tables import HOLDS, LINKS

DAY = 86_400
TOKEN_BYTES = 24
INSERTS: dict[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}  # the two that can say: unless it is there


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine answered when a link was made, in short, and which engine that was."""

    digest: str
    edition: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A link as it is kept; without a state where it has expired."""

    id: str
    state: bytes | None
    answer: Answer
    made: int
    expires: int | None


@dataclass(frozen=True, slots=True)
class Made:
    """A link that was made, or made once more, with the token that gives it up."""

    id: str
    token: str
    new: bool
    expires: int | None


class Row(TypedDict):
    """What is written of a link."""

    digest: bytes
    state: bytes
    answer: str
    edition: str
    renewed: int


class NoHold(Exception):
    """The token is none of this link's."""


class Store:
    """The links of a database; for `days` after each was last made, or for ever."""

    def __init__(self, url: str, days: int | None, places: int, clock: Callable[[], float] = time.time) -> None:
        self._engine = connected(url, places)
        self._writing = self._engine.execution_options(**{WRITES: True})
        # One at a time writes to SQLite: who waits for us is woken, who waits for it sleeps.
        self._turn = threading.Lock() if self._engine.dialect.name == "sqlite" else nullcontext()
        self._insert = INSERTS[self._engine.dialect.name]
        self._seconds = None if days is None else days * DAY
        self._clock = clock
        self._prepared = False
        self._preparing = threading.Lock()

    def prepare(self) -> None:
        """Have the tables; what failed is tried again."""
        with self._preparing:
            if not self._prepared:
                prepare(self._engine)
                self._prepared = True

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def make(self, state: LinkState, answer: Answer) -> Made:
        """Keep a state; one that is kept already gets another holder, and its time begins anew."""
        self.prepare()
        kept, now, token = state.canonical(), int(self._clock()), secrets.token_urlsafe(TOKEN_BYTES)
        row: Row = {
            "digest": digest(kept),
            "state": kept,
            "answer": answer.digest,
            "edition": answer.edition,
            "renewed": now,
        }
        with self._turn, self._writing.begin() as connection:
            name, new = self._placed(connection, row)
            connection.execute(HOLDS.insert().values(link=name, token=_token_digest(token)))
        return Made(name, token, new, self._expires(now))

    def find(self, name: str) -> Kept | None:
        """The link of this name; None where there never was one, or where it was given up."""
        self.prepare()
        with self._engine.connect() as connection:
            row = connection.execute(select(LINKS).where(LINKS.c.id == name)).one_or_none()
        if row is None:
            return None
        expires = self._expires(row.renewed)
        over = expires is not None and expires <= self._clock()
        return Kept(name, None if over else row.state, Answer(row.answer, row.edition), row.made, expires)

    def give_up(self, name: str, token: str) -> bool:
        """End one holder's hold; whether the link is gone with it. NoHold where the token is not one."""
        self.prepare()
        with self._turn, self._writing.begin() as connection:
            connection.execute(select(LINKS.c.id).where(LINKS.c.id == name).with_for_update())
            held = HOLDS.c.link == name
            if not connection.execute(delete(HOLDS).where(held, HOLDS.c.token == _token_digest(token))).rowcount:
                raise NoHold
            if connection.execute(select(HOLDS.c.link).where(held).limit(1)).one_or_none():
                return False
            connection.execute(delete(LINKS).where(LINKS.c.id == name))
        return True

    def clear(self) -> int:
        """Forget the states of links that have expired; how many there were."""
        self.prepare()
        if self._seconds is None:
            return 0
        over = LINKS.c.renewed <= int(self._clock()) - self._seconds
        with self._turn, self._writing.begin() as connection:
            connection.execute(delete(HOLDS).where(HOLDS.c.link.in_(select(LINKS.c.id).where(over))))
            return connection.execute(update(LINKS).where(over, LINKS.c.state.is_not(None)).values(state=None)).rowcount

    def _placed(self, connection: Connection, row: Row) -> tuple[str, bool]:
        """What a state's row is called, and whether it is new; a name that another state has is taken."""
        tried = (self._under(connection, name, row) for name in names(row["digest"]))
        return next(found for found in tried if found)

    def _under(self, connection: Connection, name: str, row: Row) -> tuple[str, bool] | None:
        insert = self._insert(LINKS).values(id=name, made=row["renewed"], **row).on_conflict_do_nothing()
        if connection.execute(insert).rowcount:
            return name, True
        same = update(LINKS).where(LINKS.c.digest == row["digest"])
        again = same.values(renewed=row["renewed"], state=row["state"]).returning(LINKS.c.id)
        found = connection.execute(again).scalar_one_or_none()
        return None if found is None else (found, False)

    def _expires(self, renewed: int) -> int | None:
        return None if self._seconds is None else renewed + self._seconds


def _token_digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
