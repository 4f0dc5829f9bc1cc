"""What is asked about a task: the graph to be predicted on, whether an answer is right, and the task on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import msgspec

from engine.explain.figures import number
from engine.explain.graph import Graph, graph_of
from engine.export import nodelink, svg
from engine.export.nodelink import JSON, Facts, plain
from engine.export.view import View, view
from engine.language.run import executed
from engine.panels.program import LIMITS, Asked, Subject, fitting
from engine.panels.recorded import Recorded
from engine.predict.hiding import hidden
from engine.predict.sentences import derivation, sentence
from engine.predict.task import Task, missing, questions
from engine.predict.variant import Variant, varied
from engine.predict.verdict import Verdict, judge, judge_turn, right_number
from engine.recording import Recording


class Predict(Asked, frozen=True, kw_only=True):
    """A program, the task, and for whom."""

    task: Task = Task()
    expand: tuple[str, ...] = ()
    lang: str = "en"


class Answer(Predict, frozen=True, kw_only=True):
    """An answer to one question.

    Where the order is asked for, `given` are the nodes that have given before, and no node asks which is next.
    """

    node: int | None = None
    answer: str = ""
    given: tuple[int, ...] = ()


@dataclass(frozen=True)
class Laid:
    """A task laid out: the run that it is about, and the nodes that it asks for."""

    asked: Predict
    subject: Subject

    @cached_property
    def variant(self) -> Variant:
        """The run, with varied inputs if that is wished."""
        if self.asked.task.seed is None:
            return Variant(self.subject.first, {})
        return varied(self.subject, self.asked.task.seed)

    @property
    def run(self) -> Recorded:
        """What the run built."""
        return self.variant.run

    @property
    def recording(self) -> Recording:
        """The whole of it."""
        return self.run.recording

    @cached_property
    def graph(self) -> Graph:
        """The same as it is explained."""
        return graph_of(self.recording, self.asked.source)

    @cached_property
    def view(self) -> View:
        """What is drawn, without the numbers that are asked for."""
        bare = hidden(self.recording, self.asked.task.hide)
        drawn = view(bare, drawn_nodes=LIMITS.drawn_nodes, expand=self.asked.expand)
        return replace(drawn, order=())

    @cached_property
    def questions(self) -> Sequence[int]:
        """The nodes asked for."""
        return questions(self.asked.task, self.recording, self.graph, self.view.numbers, self.subject.checked.source)

    def name(self, node: int) -> str:
        """What a node is called."""
        return self.graph.nodes[node].name.plain

    def facts(self) -> Facts:
        """What is said beside the graph: no more than there is in the program's text, and the inputs' keys."""
        serials = {key: self.recording.nodes.serial[node] for key, node in self.run.nodes.items()}
        return Facts(
            variables={},
            passes=(),
            lines=executed({}),
            printed=(),
            diagnostics=[],
            keys={serial: key for key, serial in serials.items() if serial is not None},
            because=self.subject.because(),
        )


def laid(asked: Predict) -> Laid:
    """The task of a request."""
    return Laid(asked, Subject(asked))


def predict(request: bytes) -> bytes:
    """The graph document without what is asked for, and the questions."""
    task = laid(msgspec.json.decode(request, type=Predict))
    document = nodelink.encode(task.view, task.facts())
    answer = {"document": msgspec.Raw(document), **described(task)}
    return fitting(msgspec.json.encode(answer), task.subject.checked)


def described(task: Laid) -> dict[str, object]:
    """The questions, and the inputs that were varied."""
    order = task.asked.task.hide == "order"
    nodes = sorted(task.questions) if order else task.questions
    return {
        "questions": [{"node": node, "name": plain(task.name(node))} for node in nodes],
        "inputs": dict(task.variant.inputs),
    }


def answer(request: bytes) -> bytes:
    """Whether an answer is right, and if not, what was done wrong; what may be told of it is up to who asked."""
    asked = msgspec.json.decode(request, type=Answer)
    task = laid(asked)
    order, node = asked.task.hide == "order", asked.node
    if order and node is None:
        node = next((one for one in task.recording.order if one not in asked.given), None)
    if node is None or node not in (task.graph.nodes if order else task.questions):
        raise missing(
            "" if node is None else node, [task.name(node) for node in task.questions], task.subject.checked.source
        )
    if order:
        found = judge_turn(task.graph, task.recording, asked.given, node)
    else:
        found = judge(task.recording, asked.task, node, asked.answer)
    return msgspec.json.encode(plain(told(task, found)))


def told(task: Laid, found: Verdict) -> dict[str, JSON]:
    """A verdict as it travels."""
    asked, mistake = task.asked, found.mistake
    way = [] if found.number is None else derivation(task.graph, task.recording, asked.task, found.node)
    return {
        "node": found.node,
        "name": task.name(found.node),
        "read": found.read,
        "right": found.right,
        "mistake": None if mistake is None else mistake.kind,
        "at": None if mistake is None else mistake.node,
        "message": sentence(task.graph, task.recording, asked.task, found, asked.lang),
        "number": found.number,
        "derivation": way,
        "questions": len(task.questions),
    }


def worksheet(request: bytes) -> bytes:
    """The task on paper: the picture without what is asked for, the inputs, and the key."""
    task = laid(msgspec.json.decode(request, type=Predict))
    recording, hide = task.recording, task.asked.task.hide
    key: list[Mapping[str, JSON]] = [
        {
            "name": task.name(node),
            "number": "" if hide == "order" else number(right_number(recording, task.asked.task, node)),
            "derivation": [] if hide == "order" else derivation(task.graph, recording, task.asked.task, node),
        }
        for node in task.questions
    ]
    inputs = [{"name": key, "number": number(value)} for key, value in task.variant.inputs.items()]
    found = {"svg": svg.encode(task.view), "inputs": plain(inputs), "key": plain(key)}
    return fitting(msgspec.json.encode(found), task.subject.checked)
