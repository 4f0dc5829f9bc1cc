"""What can be wrong with a chapter that reads well: everything it says of its program is tried in the engine."""

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import orjson

from app.course.chapter import FILE, FOLDER, Chapter, ChapterError, read
from app.course.check import NodeCheck, NumberCheck, ProgramCheck
from app.course.quantity import Graph, holds, names
from app.routes.view import PANELS
from engine.document import run
from engine.examples import EXAMPLES

WORDS, LINES, TITLE, SENTENCE = 200, 64, 40, 120  # at most: words of prose, lines of program, letters
FIRST = "en"
SLUGS = {name["slug"] for path in (FOLDER / FIRST).iterdir() if (name := FILE.fullmatch(path.name))}
GENERAL = {f"/?example={example.name}" for example in EXAMPLES} | {"/", "/learn"}


def findings(path: Path) -> list[str]:
    """What is wrong with a chapter's file."""
    try:
        chapter = read(path)
    except ChapterError as error:
        return [str(error).removeprefix(f"{path.name}: ")]
    return list(found_in(chapter))


def found_in(chapter: Chapter) -> Iterator[str]:
    """What is wrong with a chapter that could be read."""
    yield from _sizes(chapter)
    try:
        graph = graph_of(chapter.source)
    except ValueError as error:
        yield f"the program: {error}"
        return
    for query in [f"?{chapter.start}", *chapter.links]:
        yield from _link(query, graph)
    yield from _check(chapter, graph)
    if chapter.slug not in SLUGS:
        yield f"there is no chapter `{chapter.slug}` in `{FIRST}` that this could be the translation of"


def graph_of(source: str, inputs: Mapping[str, float] | None = None) -> Graph:
    """The graph document of a program; ValueError where it does not run, or not without a warning."""
    reply = run(orjson.dumps({"source": source, "inputs": inputs or {}}))
    answer: Graph = orjson.loads(reply[1:])
    if answer["diagnostics"]:
        raise ValueError(answer["diagnostics"][0]["message"])
    return answer


def _sizes(chapter: Chapter) -> Iterator[str]:
    sizes = (
        ("the prose", chapter.words, WORDS, "words"),
        ("the program", len(chapter.source.splitlines()), LINES, "lines"),
        ("the title", len(chapter.title), TITLE, "letters"),
        ("the sentence", len(chapter.sentence), SENTENCE, "letters"),
    )
    for name, size, most, unit in sizes:
        if size > most:
            yield f"{name} has {size} {unit}, and may have {most}"


def _link(address: str, graph: Graph) -> Iterator[str]:
    """A link sets the playground (`?step=3`), or leads to an example, a chapter or another site."""
    place = urlsplit(address)
    if place.scheme == "https" or address in GENERAL:
        return
    if place.path.removeprefix("/learn/") in SLUGS:
        return
    if place.path or place.scheme:
        yield f"`{address}` leads nowhere"
        return
    ids = {str(node["id"]) for node in graph["nodes"]}
    known: dict[str, Callable[[str], bool]] = {
        "step": lambda value: value.isdecimal() and int(value) <= graph["graph"]["steps"],
        "panel": lambda value: value in PANELS,
        "node": lambda value: value in ids,
        "layout": lambda value: value in {"lr", "tb"},
        "accumulation": lambda value: value in {"pytorch", "micrograd"},
    }
    for name, value in parse_qsl(place.query, keep_blank_values=True):
        if name not in known or not known[name](value):
            yield f"`{address}`: the playground has no `{name}={value}` here"


def _check(chapter: Chapter, graph: Graph) -> Iterator[str]:
    match chapter.check:
        case NumberCheck():
            yield from _number(chapter.check, chapter.source)
        case NodeCheck():
            yield from _node(chapter.check, set(names(graph, chapter.source).values()))
        case ProgramCheck():
            yield from _program(chapter.check, chapter, graph)


def _number(check: NumberCheck, source: str) -> Iterator[str]:
    """There is an answer, and every hint is for another number."""
    try:
        facts = check.describe(graph_of(source, check.inputs), source)
    except ValueError as error:
        yield f"the program with the check's inputs: {error}"
        return
    numbers = [facts["answer"], *facts["hints"]]
    if None in numbers:
        yield "the check asks for a number that the program does not have"
        return
    for one, other in combinations(numbers, 2):
        if abs(one - other) <= check.within:
            yield f"the check cannot tell {one:g} from {other:g}"


def _node(check: NodeCheck, known: set[str]) -> Iterator[str]:
    """All nodes exist, each spoken of once."""
    wanted = [check.answer, *(hint.when for hint in check.hints)]
    for name in wanted:
        if name not in known:
            yield f"the program has no node `{name}`; it has {', '.join(sorted(known))}"
        if wanted.count(name) > 1:
            yield f"the check speaks of the node `{name}` twice"


def _program(check: ProgramCheck, chapter: Chapter, graph: Graph) -> Iterator[str]:
    """The chapter's program does not pass, its solution does."""
    if holds(check.answer, graph, chapter.source):
        yield "the check holds before anything was changed"
    solution = chapter.solution or ""
    try:
        passed = holds(check.answer, graph_of(solution), solution)
    except ValueError as error:
        yield f"the solution: {error}"
        return
    if not passed:
        yield "the solution does not pass the check"
