"""Text in, answer out: what the service and the command line call.

A request is a JSON object: `verb` (graph, check, page, steps, export, or one of the panels), `source`, and what a run
may be told (`inputs`, `output`, `seed`, `accumulation`, `expand`, `fields`; for a panel what it asks); or the verb is
batch, with such requests in it. A reply is one byte, `+`
where the program is right and `-` where it is not, and then strict JSON: the answer, or the problem with its
diagnostics.
"""

import base64
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import msgspec

from engine.batch import slice_of
from engine.export import FORMATS, nodelink, svg
from engine.export import steps as stepwise
from engine.export.format import Subject
from engine.export.nodelink import Facts
from engine.export.view import View, view
from engine.hazards import hazards
from engine.language.errors import JSON, Diagnostic, ProgramError, Source
from engine.language.grammar.checked import Checked, check, recall
from engine.language.limits import Limits
from engine.language.names import vocabulary
from engine.language.run import Options, Run, executed, run_to
from engine.language.values import Class
from engine.language.variables import describe
from engine.panels.arrays import arrays
from engine.panels.boundary import boundary
from engine.panels.curve import curve
from engine.panels.gradcheck import gradcheck
from engine.panels.own import grade, own, own_steps
from engine.panels.program import because
from engine.panels.surface import surface
from engine.predict.verbs import answer, predict, worksheet
from engine.recording import Recording, record
from engine.value import Accumulation, Value

LIMITS = Limits()
NAMES = vocabulary()
STEPS_HEAD = 200  # bytes of an answer that are no steps
LEAST = 20  # bytes that any format takes for a node
UNNAMED = "graph"  # what a file is called where the output has no name that file systems take
NOTHING = "there is nothing to differentiate: the program has no Values"
OWN_HINT = "the class `Value` here is your own: leave it out, and the playground's draws what it computes"
INPUT_HINT = "assign a number to a name, like `x = 2.0`"


class Request(msgspec.Struct, frozen=True):
    """What is asked of a program."""

    source: str
    verb: str = "graph"
    inputs: dict[str, int | float] = {}
    output: str | None = None
    seed: int = 0
    accumulation: Accumulation = "pytorch"
    expand: list[str] = []
    fields: list[str] = []
    lang: str = "en"
    start: int = 0
    count: int = 0
    field: str | None = None
    format: str = ""
    paused: bool = False
    pace: float | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A program that was run: its recording, what of it is drawn, and the facts beside the graph."""

    source: Source
    recording: Recording
    view: View
    facts: Facts
    peeked: str | None  # how the program first took a number out of a Value

    def document(self, fields: Collection[str] = ()) -> bytes:
        """The graph document or some fields of it, if it is no larger than an answer may be."""
        return self.fitting(nodelink.encode(self.view, self.facts, fields))

    def fitting(self, answer: bytes) -> bytes:
        """An answer, if it is no larger than one may be."""
        if len(answer) > LIMITS.answer_bytes:
            raise LIMITS.exceeded("answer_bytes", self.source, None)
        return answer


def run(request: bytes) -> bytes:
    """Answer one request; whatever the program does, the reply is one of the two kinds."""
    asked = msgspec.json.decode(request, type=Request)
    try:
        panel = PANELS.get(asked.verb)
        return b"+" + (panel(request) if panel else VERBS[asked.verb](asked))
    except ProgramError as error:
        return b"-" + problem(error.diagnostics)


def evaluate(asked: Request) -> Evaluation:
    """Check and run a program, and record what it built; ProgramError where it is wrong."""
    checked = recall(asked.source, LIMITS, NAMES)
    options = Options(asked.inputs, asked.output, asked.seed, asked.accumulation)
    found = run_to(checked, LIMITS, options, lambda ended: recorded(checked, ended, asked))
    return placed(found, checked, options)


def placed(found: Evaluation, checked: Checked, options: Options) -> Evaluation:
    """The same with the line from which on the graph says nothing of other inputs, where there is one."""
    if found.peeked is None:
        return found
    return replace(found, facts=replace(found.facts, because=because(checked, options, found.peeked)))


def recorded(checked: Checked, ended: Run, asked: Request) -> Evaluation:
    """What a run left, as a recording and facts."""
    recording = record(ended.output, inputs=ended.inputs, assigned=ended.assigned, accumulation=asked.accumulation)
    drawn = view(recording, drawn_nodes=LIMITS.drawn_nodes, expand=asked.expand)
    return Evaluation(checked.source, recording, drawn, facts(checked, ended, recording, drawn), ended.machine.peeked)


def facts(checked: Checked, ended: Run, recording: Recording, drawn: View) -> Facts:
    """What an answer says beside the graph."""

    def node_of(value: Value) -> int | None:
        return None if value.origin is None else drawn.id_of(value.origin[2])

    found = [
        checked.source.diagnostic("warning", one.code, one.message, one.site.span if one.site else None, hint=one.hint)
        for one in hazards(recording)
    ]
    if ended.output is None:
        hint = OWN_HINT if isinstance(ended.variables.get(Value.__name__), Class) else INPUT_HINT
        found.append(checked.source.diagnostic("info", "empty", NOTHING, hint=hint))
    return Facts(
        variables=describe(ended.machine, ended.variables, node_of),
        passes=ended.passes,
        lines=executed(ended.lines),
        printed=ended.printed.splitlines(),
        diagnostics=[one.describe() for one in found],
        keys=ended.keys,
        initial=ended.initial,
    )


def graph(asked: Request) -> bytes:
    """The graph document."""
    return evaluate(asked).document(asked.fields)


def findings(asked: Request) -> bytes:
    """What is wrong with a program, without running it."""
    try:
        check(asked.source, LIMITS, NAMES)
        found: Sequence[Diagnostic] = ()
    except ProgramError as error:
        found = error.diagnostics
    return msgspec.json.encode({"diagnostics": [one.describe() for one in found]})


def page(asked: Request) -> bytes:
    """The graph document, its static picture and its first steps in words; neither where there is no room left."""
    evaluation = evaluate(asked)
    document = evaluation.document()
    picture = svg.encode(evaluation.view)
    story = stepwise.told(evaluation.view, evaluation.source.text, asked.lang, asked.count)
    answer = {"document": msgspec.Raw(document), "svg": picture, "steps": story}
    for part, nothing in (("steps", []), ("svg", "")):
        if len(found := msgspec.json.encode(answer)) <= LIMITS.answer_bytes:
            return found
        answer[part] = nothing
    return msgspec.json.encode(answer)


def steps(asked: Request) -> bytes:
    """Some of the graph's steps, in words."""
    evaluation = evaluate(asked)
    turn = max(len(evaluation.facts.passes), 1)
    shown = stepwise.Asked(
        lang=asked.lang, start=asked.start, count=asked.count, turn=turn, room=LIMITS.answer_bytes - STEPS_HEAD
    )
    return evaluation.fitting(stepwise.encode(evaluation.view, evaluation.source.text, shown))


def export(asked: Request) -> bytes:
    """The graph as a file of a format: its name, and what is in it, as text or in base 64."""
    evaluation = evaluate(asked)
    written, recording = FORMATS[asked.format], evaluation.recording
    if written.whole and len(recording) * LEAST > LIMITS.answer_bytes:
        raise LIMITS.exceeded("answer_bytes", evaluation.source, None)
    subject = Subject(evaluation.source.text, recording, evaluation.view, evaluation.facts)
    file = evaluation.fitting(written.write(subject))
    content = base64.b64encode(file).decode() if written.binary else file.decode()
    return msgspec.json.encode({"name": f"{file_name(recording)}.{written.suffix}", "content": content})


def file_name(recording: Recording) -> str:
    """What the output is called, as far as any file system takes it."""
    label = None if recording.output is None else recording.nodes.label[recording.output]
    return re.sub("[^A-Za-z0-9_-]+", "", label or "")[:40] or UNNAMED


VERBS: dict[str, Callable[[Request], bytes]] = {
    "graph": graph,
    "check": findings,
    "page": page,
    "steps": steps,
    "export": export,
}
PANELS: dict[str, Callable[[bytes], bytes]] = {
    "batch": lambda request: slice_of(request, run, LIMITS.answer_bytes),
    "arrays": arrays,
    "boundary": boundary,
    "curve": curve,
    "surface": surface,
    "gradcheck": gradcheck,
    "grade": grade,
    "own": own,
    "own_steps": own_steps,
    "predict": predict,
    "answer": answer,
    "worksheet": worksheet,
}


def problem(diagnostics: Sequence[Diagnostic]) -> bytes:
    """A wrong program, in the words of RFC 9457."""
    first, *others = diagnostics
    title = "A budget of the playground is exceeded" if first.limit else "The program cannot be run"
    place = f" (line {first.line})" if first.line else ""
    more = f", and {len(others)} more" if others else ""
    found: list[JSON] = [one.describe() for one in diagnostics]
    return msgspec.json.encode({"title": title, "detail": f"{first.message}{place}{more}", "diagnostics": found})
