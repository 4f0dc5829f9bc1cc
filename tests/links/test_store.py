"""Links in a database: made once however often, held by whoever made them, and cleared away in time."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import func, insert, select, text

from app.links import database
from app.links.state import LinkState, digest, names
from app.links.store import DAY, Answer, Made, NoHold, Store
from app.links.tables import HOLDS, LINKS, METADATA
from tests.links.conftest import THREADS, opened

ANSWER = Answer("0" * 64, "1" * 64)


def make(store: Store, source: str = "a = 2.0") -> Made:
    return store.make(LinkState(source=source), ANSWER)


def count(store: Store) -> tuple[int, int]:
    """How many links there are, and holds."""
    with store._engine.connect() as connection:
        links, holds = (connection.scalar(select(func.count()).select_from(table)) for table in (LINKS, HOLDS))
    return links or 0, holds or 0


def test_a_state_comes_back_with_its_answer(store: Store) -> None:
    made = make(store)
    found = store.find(made.id)
    assert found is not None
    assert found.state == LinkState(source="a = 2.0").canonical()
    assert (found.id, found.answer, found.expires) == (made.id, ANSWER, None)
    assert store.find("nothing") is None


def test_the_same_state_is_one_link_with_a_token_for_everybody_who_makes_it(store: Store) -> None:
    first, second = make(store), make(store)
    assert (first.new, second.new) == (True, False)
    assert first.id == second.id
    assert first.token != second.token
    assert make(store, "a = 3.0").id != first.id
    assert count(store) == (2, 3)


def test_a_link_is_gone_when_nobody_holds_it_any_more(store: Store) -> None:
    first, second, other = make(store), make(store), make(store, "a = 3.0")
    with pytest.raises(NoHold):
        store.give_up(first.id, other.token)
    assert store.give_up(first.id, first.token) is False
    with pytest.raises(NoHold):
        store.give_up(first.id, first.token)
    assert store.find(first.id) is not None
    assert store.give_up(first.id, second.token) is True
    assert store.find(first.id) is None
    assert make(store).new
    assert count(store) == (2, 2)


def test_tokens_are_not_kept(store: Store) -> None:
    made = make(store)
    with store._engine.connect() as connection:
        kept = connection.scalar(select(HOLDS.c.token))
    assert kept is not None
    assert made.token.encode() not in kept


def test_writers_at_once_lose_nothing(store: Store) -> None:
    """Eight make the same links, and give up every one of their own but the first's: all links are left."""
    sources = [f"a = {number}.0" for number in range(5)]
    with ThreadPoolExecutor(THREADS) as threads:
        made = list(threads.map(lambda one: make(store, one[1]), product(range(THREADS), sources)))
        assert count(store) == (len(sources), len(made))
        assert sum(one.new for one in made) == len(sources)
        gone = list(threads.map(lambda one: store.give_up(one.id, one.token), made[len(sources) :]))
    assert not any(gone)
    assert {one.id for one in made} == {one.id for one in made[: len(sources)] if store.find(one.id)}
    assert count(store) == (len(sources), len(sources))


def test_making_and_giving_up_at_once_never_loses_what_is_held(store: Store) -> None:
    def come_and_go(_: int) -> None:
        held = make(store)
        assert store.find(held.id) is not None
        store.give_up(held.id, held.token)

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(come_and_go, range(40)))
    assert count(store) == (0, 0)


def test_writers_of_one_server_wait_for_each_other_and_not_for_sqlite(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(database, "SECONDS", 0)
    with opened(f"sqlite:///{tmp_path}/links.db") as store, ThreadPoolExecutor(THREADS) as threads:
        made = list(threads.map(lambda number: make(store, f"a = {number}.0"), range(40)))
    assert len({one.id for one in made}) == 40


def test_states_that_would_share_a_name_get_longer_ones(store: Store) -> None:
    state = LinkState(source="a = 2.0")
    short, longer, *_ = names(digest(state.canonical()))
    taken = {"digest": b"another", "state": b"{}", "answer": "", "edition": "", "made": 0, "renewed": 0}
    store.prepare()
    with store._engine.begin() as connection:
        connection.execute(insert(LINKS).values(id=short, **taken))
    first, second = make(store), make(store)
    assert (first.id, first.new) == (longer, True)
    assert (second.id, second.new) == (longer, False)
    with store._engine.begin() as connection:
        connection.execute(LINKS.delete().where(LINKS.c.id == short))
    assert make(store).id == longer


def test_a_link_expires_so_many_days_after_it_was_last_made(url: str) -> None:
    now = [1_000_000_000.0]
    with opened(url, days=2, now=now) as store:
        made = make(store)
        assert made.expires == now[0] + 2 * DAY
        now[0] += DAY
        assert make(store).expires == now[0] + 2 * DAY
        now[0] += 2 * DAY - 1
        found = store.find(made.id)
        assert found is not None
        assert found.state is not None
        assert store.clear() == 0
        now[0] += 1
        found = store.find(made.id)
        assert found is not None
        assert found.state is None  # before anything is cleared
        assert store.clear() == 1
        assert count(store) == (1, 0)
        found = store.find(made.id)
        assert found is not None
        assert found.state is None
        assert make(store).id == made.id
        found = store.find(made.id)
        assert found is not None
        assert found.state == LinkState(source="a = 2.0").canonical()


def test_without_a_time_nothing_is_cleared(url: str) -> None:
    now = [0.0]
    with opened(url, now=now) as store:
        made = make(store)
        now[0] = 1e11
        assert store.clear() == 0
        found = store.find(made.id)
        assert found is not None
        assert found.state is not None


def test_servers_that_start_at_once_make_the_tables_once(url: str) -> None:
    stores = [Store(url, None, 1) for _ in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as threads:
        made = list(threads.map(make, stores))
    assert len({one.id for one in made}) == 1
    assert count(stores[0]) == (1, THREADS)
    for store in stores:
        store.close()


def test_the_steps_lead_to_the_tables(store: Store) -> None:
    store.prepare()
    with store._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_database_of_a_later_version_is_left_alone(store: Store, url: str) -> None:
    made = make(store)
    with store._engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    with opened(url) as earlier:
        with pytest.raises(CommandError):
            earlier.find(made.id)
        with pytest.raises(CommandError):
            make(earlier)
    assert count(store) == (1, 1)


def test_the_file_may_be_named_from_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with opened("sqlite:///~/kept/links.db") as store:
        make(store)
    assert (tmp_path / "kept" / "links.db").is_file()
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0
