"""Answers that are kept, and runs that are shared: equal requests cost one run, and nobody gets another's answer."""

import time
from concurrent.futures import ThreadPoolExecutor

from app.cache.answers import KEEPING, SHARE, Answers
from app.main import create_app
from app.settings import Settings
from tests.app import fakes
from tests.app.serving import posting, serving, until

GRAPH = "/api/v1/graph"


def test_the_newest_answers_are_kept_and_no_more_than_there_is_room_for() -> None:
    room = 10 * (100 + KEEPING)
    answers = Answers(room)
    for number in range(100):
        answers.keep(b"%d" % number, b"x" * 100)
        assert answers.get(b"0") == b"x" * 100  # what is asked for again and again stays
        assert answers.bytes <= room
    assert len(answers) == 10
    assert answers.get(b"1") is None
    assert answers.get(b"99") == b"x" * 100


def test_an_answer_that_would_push_out_the_others_is_not_kept() -> None:
    answers = Answers(1_000_000)
    answers.keep(b"large", b"x" * (1_000_000 // SHARE))
    assert answers.get(b"large") is None
    assert answers.bytes == 0


def test_where_there_is_no_room_nothing_is_kept() -> None:
    answers = Answers(0)
    answers.keep(b"a", b"b")
    assert answers.get(b"a") is None


def test_a_request_that_was_answered_is_not_run_again() -> None:
    app = create_app(Settings(workers=1), target=fakes.ACT)
    with serving(app) as server:
        first, again, other = (server.post(GRAPH, {"source": f"sleep 0.{n}"}) for n in (3, 3, 2))
        assert first.body == again.body == other.body
        assert (app.state.services.answers.hits, app.state.services.answers.misses) == (1, 2)


def test_a_program_that_is_wrong_is_run_again() -> None:
    app = create_app(Settings(workers=1), target=fakes.ACT)
    with serving(app) as server:
        assert [server.post(GRAPH, {"source": "wrong"}).status for _ in range(2)] == [422, 422]
        assert len(app.state.services.answers) == 0


def test_equal_requests_that_meet_have_one_run() -> None:
    app = create_app(Settings(workers=1, cache_bytes=0), target=fakes.ACT)
    with serving(app) as server, ThreadPoolExecutor(16) as clients:
        started = time.monotonic()
        asked = [clients.submit(server.post, GRAPH, {"source": "sleep 0.8"}) for _ in range(16)]
        assert {future.result().body for future in asked} == {fakes.GRAPH}
        assert time.monotonic() - started < 1.6
        until(lambda: not len(app.state.services.shares))


def test_a_run_goes_on_as_long_as_somebody_waits_for_it() -> None:
    app = create_app(Settings(workers=1), target=fakes.ACT)
    with serving(app) as server, ThreadPoolExecutor(1) as clients:
        with server.connect() as connection:
            connection.sendall(posting(GRAPH, b'{"source": "sleep 1.2"}'))
            until(lambda: len(app.state.services.shares) == 1)
            staying = clients.submit(server.post, GRAPH, {"source": "sleep 1.2"})
            time.sleep(0.3)
        assert staying.result().body == fakes.GRAPH
