"""Training over HTTP: clients that leave, come back, read slowly or change their minds; servers that go."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import httpx
import pytest
from fastapi import FastAPI
from pydantic import TypeAdapter

from app.http.errors import KINDS
from app.main import create_app
from app.pool.stream import Stream
from app.routes.train import EXAMPLE
from app.settings import Settings
from app.training import Event, Trained
from tests.app.listening import LINES, Listener, again, training, worked
from tests.app.problems import check_raw
from tests.app.serving import serving, until

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
ENDLESS = """
xs, ys = xor()
lr = 0.05
net = MLP(2, [4, 1])
while True:
    loss = mse([net(x) for x in xs], ys)
    net.zero_grad()
    loss.backward()
    for p in net.parameters():
        p.data -= lr * p.grad
"""
FINITE = ENDLESS.replace("while True", "for turn in range(300)") + "    print(turn)\n"
MUTE = "while True:\n    pass"


@dataclass(frozen=True)
class Service:
    """A server, whom to ask, and what it is inside."""

    client: httpx.Client
    app: FastAPI

    def find(self, job: str) -> Stream:
        found: Stream | None = self.app.state.services.streams.find(job)
        assert found is not None
        return found

    def pid(self, job: str) -> int:
        return self.find(job)._process.pid

    def tell(self, job: str, **said: object) -> httpx.Response:
        return self.client.post(f"/api/v1/train/{job}", json=said)

    def rest(self, job: str) -> None:
        """Wait until a training does nothing any more."""
        pid = self.pid(job)

        def still() -> bool:
            before = worked(pid)
            time.sleep(0.2)
            return worked(pid) == before

        until(still)


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """A server that trains."""
    app = create_app(Settings(workers=1, spares=0, worker_nice=0, streams=2))
    with (
        serving(app) as server,
        httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=10) as client,
    ):
        yield Service(client, app)


def begun(listener: Listener) -> str:
    """The name of a training that has sent its first frame."""
    job: str = next(listener)["data"]["job"]
    listener.until("frame")
    return job


def test_events_are_as_they_are_described(service: Service) -> None:
    with service.client.stream("POST", "/api/v1/train", json={"source": FINITE}, headers=LINES) as response:
        assert response.headers["content-type"] == LINES["Accept"]
        lines = list(response.iter_lines())
    events = [EVENT.validate_json(line) for line in lines]
    assert [event.id for event in events] == list(range(len(events)))
    assert [event.event for event in events] == ["started", *["frame"] * (len(events) - 2), "done"]
    document = Trained.model_validate_json(json.dumps(json.loads(lines[-1])["data"]))
    assert document.printed == [str(turn) for turn in range(300)]
    assert [(one.line, one.turns, one.reason) for one in document.training] == [(5, 300, None)]


def test_the_same_comes_as_server_sent_events(service: Service) -> None:
    with training(service.client, FINITE) as listener:
        assert listener.response.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert listener.response.headers["cache-control"] == "no-store"
        events = list(listener)
    assert [event["id"] for event in events] == list(range(len(events)))
    assert (events[0]["event"], events[1]["event"], events[-1]["event"]) == ("started", "frame", "done")
    assert events[-1]["data"]["frame"]["step"] == 300


def test_the_example_is_what_is_answered(service: Service) -> None:
    asked = {**EXAMPLE["request"], "paused": True}  # so that the first frame is of the first turn, however slow we are
    with training(service.client, **asked) as listener:
        started, frame = next(listener), next(listener)
    blocks = [block.split("\n") for block in EXAMPLE["events"].strip().split("\n\n")]
    shown = [dict(line.split(": ", 1) for line in block) for block in blocks]
    assert [one["event"] for one in shown] == ["started", "frame"]
    assert json.loads(shown[0]["data"])["budgets"] == started["data"]["budgets"]
    line = EVENT.validate_python(EXAMPLE["line"], strict=False).model_dump()
    assert {**frame["data"], "steps_a_second": 0} == {**EXAMPLE["line"]["data"], "steps_a_second": 0}
    assert json.loads(shown[1]["data"]) == EXAMPLE["line"]["data"]
    assert line["id"] == 1


@pytest.mark.parametrize(
    ("asked", "kind"),
    [({"source": "y = tahn(1)"}, "program"), ({"source": 1}, "request"), ({"source": "", "feild": "net"}, "request")],
)
def test_what_is_wrong_from_the_start_is_no_stream(service: Service, asked: dict[str, object], kind: str) -> None:
    response = service.client.post("/api/v1/train", json=asked)
    check_raw(response.status_code, response.headers, response.content, kind, "/api/v1/train")


@pytest.mark.parametrize(
    ("source", "said", "line"),
    [
        (
            "x = 2.0\nfor i in range(20):\n    y = log(x)\n    y.backward()\n    x.data -= 9.0 * x.grad",
            "log needs x > 0",
            3,
        ),
        ("x = 1.0\nx.backward()\ny = [1][7]", "", 3),
    ],
)
def test_what_goes_wrong_on_the_way_is_the_last_event(service: Service, source: str, said: str, line: int) -> None:
    with training(service.client, source) as listener:
        events = list(listener)
    assert events[-1]["event"] == "problem"
    problem = events[-1]["data"]
    assert (problem["status"], problem["type"]) == (422, "/problems/program")
    assert said in problem["detail"]
    assert problem["diagnostics"][0]["line"] == line


def test_a_client_that_leaves_stops_the_work_and_finds_it_again(service: Service) -> None:
    with training(service.client, ENDLESS) as listener:
        job = begun(listener)
        pid = service.pid(job)
    left = time.monotonic()
    until(lambda: service.find(job).left is not None)
    time.sleep(max(0.0, left + 1.0 - time.monotonic()))
    done = worked(pid)
    time.sleep(0.4)
    assert worked(pid) == done, "a second after its client left it does nothing"
    seen = service.find(job).events[-1].number
    with again(service.client, job, seen) as listener:
        assert [next(listener)["id"] for _ in range(3)] == [seen + 1, seen + 2, seen + 3]
        assert service.tell(job, action="cancel").status_code == 204
        assert listener.until("done")["data"]["cancelled"]


def test_a_program_that_tells_nothing_stops_too_when_its_client_leaves(service: Service) -> None:
    with training(service.client, MUTE) as listener:
        job = next(listener)["data"]["job"]
        pid = service.pid(job)
    time.sleep(1.2)
    done = worked(pid)
    time.sleep(0.4)
    assert worked(pid) == done
    with again(service.client, job) as listener:
        assert next(listener)["event"] == "started"
        assert service.tell(job, action="cancel").status_code == 204
        assert listener.until("done")["data"]["cancelled"]


def test_who_asks_for_the_head_of_a_stream_does_not_listen(service: Service) -> None:
    with training(service.client, ENDLESS) as listener:
        job = begun(listener)
        response = service.client.head(f"/api/v1/train/{job}", headers=LINES)
        assert (response.status_code, response.headers["content-type"]) == (200, LINES["Accept"])
        assert listener.until("frame"), "the one who listens still does"
        assert service.tell(job, action="cancel").status_code == 204
        assert listener.until("done")


@pytest.mark.parametrize("source", ["", "# nothing", '"""Nothing."""'])
def test_a_program_without_a_statement_ends_at_once(service: Service, source: str) -> None:
    with training(service.client, source) as listener:
        assert [event["event"] for event in listener] == ["started", "done"]


def test_a_client_that_reads_slowly_costs_nothing(service: Service) -> None:
    with training(service.client, ENDLESS) as listener:
        job = begun(listener)
        stream, pid = service.find(job), service.pid(job)
        number = -1
        while number != stream.events[-1].number:
            number = stream.events[-1].number
            time.sleep(0.9)
        done = worked(pid)
        time.sleep(0.4)
        assert worked(pid) == done, "when nothing more fits between us it waits"
        assert sum(len(event.result) for event in stream.events if isinstance(event.result, bytes)) <= 256 * 1024
        assert service.tell(job, action="cancel").status_code == 204
        assert listener.until("done")["data"]["cancelled"], "the last event always comes"


def test_a_silent_program_gives_signs_of_life(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.pool.stream.HEARTBEAT", 0.05)
    with training(service.client, MUTE) as listener:
        job = next(listener)["data"]["job"]
        assert next(listener._lines).startswith(":"), "a comment, which event sources pass over"
    with service.client.stream("GET", f"/api/v1/train/{job}", headers={**LINES, "Last-Event-ID": "0"}) as response:
        assert EVENT.validate_json(next(response.iter_lines())).event == "heartbeat"
    service.tell(job, action="cancel")


def test_a_training_is_paused_stepped_and_resumed(service: Service) -> None:
    with training(service.client, ENDLESS) as listener:
        job = begun(listener)
        for action in ("pause", "step", "step"):
            service.tell(job, action=action)
            service.rest(job)
        service.tell(job, action="resume", inputs={"lr": 0.25})
        steps = []
        for event in listener:
            steps.append(event["data"]["step"])
            if event["data"]["inputs"] == {"lr": 0.25}:
                break
        assert sum(later == one + 1 for one, later in pairwise(steps)) >= 2
        response = service.tell(job, inputs={"rate": 1.0})
        problem = check_raw(response.status_code, response.headers, response.content, "request", f"/api/v1/train/{job}")
        assert problem.diagnostics[0].message == "there is no input `rate`"
        assert problem.diagnostics[0].hint == "the inputs are `lr`"
        assert service.tell(job, action="explode").status_code == 422
        service.tell(job, action="cancel")
        started = time.monotonic()
        assert listener.until("done")["data"]["cancelled"]
        assert time.monotonic() - started < 1.0


def test_a_training_keeps_to_a_pace(service: Service) -> None:
    with training(service.client, ENDLESS, pace=40) as listener:
        job = next(listener)["data"]["job"]
        started = time.monotonic()
        assert [next(listener)["data"]["step"] for _ in range(20)] == list(range(1, 21)), "each step is told of"
        assert time.monotonic() - started >= 18 / 40
        for pace in (61, 0, 1e-300):
            assert service.tell(job, action="resume", pace=pace).status_code == 422
        assert service.tell(job, pace=60).status_code == 204
        service.tell(job, action="cancel")
        assert listener.until("done")["data"]["cancelled"]


def test_a_training_that_has_ended_is_told_of_once_more_and_no_longer(service: Service) -> None:
    with training(service.client, FINITE) as listener:
        job = next(listener)["data"]["job"]
        last = listener.until("done")
    assert service.tell(job, action="pause").status_code == 204
    with again(service.client, job, last["id"] - 1) as listener:
        assert list(listener) == [last]
    assert service.client.get(f"/api/v1/train/{job}", headers={"Last-Event-ID": str(last["id"])}).status_code == 204
    wrong = service.client.get(f"/api/v1/train/{job}", headers={"Last-Event-ID": "x"})
    check_raw(wrong.status_code, wrong.headers, wrong.content, "request", None)


def test_a_server_that_was_restarted_says_to_start_again(service: Service) -> None:
    for answer in (service.client.get("/api/v1/train/nobody", headers={"Last-Event-ID": "7"}), service.tell("nobody")):
        problem = check_raw(answer.status_code, answer.headers, answer.content, "not-found", "/api/v1/train/nobody")
        assert "Start it again" in problem.detail


def test_who_finds_every_place_taken_is_told_when_to_come_back(service: Service) -> None:
    with training(service.client, ENDLESS) as one, training(service.client, ENDLESS) as two:
        jobs = [begun(one), begun(two)]
        assert service.client.get("/readyz").json()["streams"] == 2
        answer = service.client.post("/api/v1/train", json={"source": FINITE})
        check_raw(answer.status_code, answer.headers, answer.content, "busy", "/api/v1/train")
        assert answer.headers["retry-after"] == "1"
        assert service.client.post("/api/v1/graph", json={"source": "x = 1.0"}).status_code == 200
        for job in jobs:
            service.tell(job, action="cancel")
        assert one.until("done")
        assert two.until("done")


def test_a_server_that_stops_ends_its_streams_with_an_event() -> None:
    app = create_app(Settings(workers=1, spares=0, worker_nice=0))
    events: list[str] = []
    begin = threading.Event()

    def listen(port: int) -> None:
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10)
        with client, training(client, ENDLESS) as listener:
            begun(listener)
            begin.set()
            events.append(listener.until("problem")["data"]["type"])

    with serving(app) as server:
        thread = threading.Thread(target=listen, args=(server.port,))
        thread.start()
        assert begin.wait(10)
        started = time.monotonic()
    thread.join(5)
    assert events == [f"/problems/{KINDS['lost'].name}"]
    assert time.monotonic() - started < 2.5, "nobody waits for a stream to end by itself"
