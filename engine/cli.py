"""The command line of the engine: run a program, check it, write it as a file, or grade engines that learners wrote.

Exit codes: 0 done, 1 the program or one of the engines is wrong, 2 the command line is. FILE may be `-`, the standard
input.
"""

import argparse
import base64
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import msgspec

from engine.display.terminal import printed
from engine.document import run
from engine.explain.figures import visible
from engine.explain.templates import LANGUAGES
from engine.export import FORMATS
from engine.grading.files import each
from engine.grading.reports import REPORTS
from engine.language.errors import ProgramError
from engine.panels.program import LIMITS, NAMES
from engine.watch.battery import battery, ours

FIRST = "en"
VERBS = {
    "run": "run a program and print its values and gradients",
    "check": "say what is wrong with a program, without running it",
    "grade": "say what learners' own engines can do, and what is wrong with them",
    "export": "write a program's graph in another format",
    "mcp": "give language models tools, by the Model Context Protocol",
}


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; the exit code."""
    options = parser().parse_args(arguments)
    if options.verb == "mcp":
        return tools()
    if options.verb == "grade":
        return grade(options.files, options.battery, options.report, options.lang)
    source = read(options.file)
    if source is None:
        return 2
    reply = run(msgspec.json.encode({"verb": options.verb, "source": source, "format": options.format}))
    answer = msgspec.json.decode(reply[1:])
    found = answer.get("diagnostics", [])
    told(found, options.file)
    if options.verb == "check" or reply[:1] == b"-":
        return int(any(one["severity"] == "error" for one in found))
    if options.verb == "export":
        return save(answer["content"], options.format, options.output)
    if options.json:
        sys.stdout.write(reply[1:].decode() + "\n")
    else:
        sys.stdout.write("".join(line + "\n" for line in answer["printed"]))
        printed(list(map(row, answer["nodes"])))
    return 0


def tools() -> int:
    """Be a server of tools until the input ends; the exit code."""
    if find_spec("mcp") is None:
        print("this needs the extra of that name: pip install 'autograd-playground[mcp]'", file=sys.stderr)
        return 2
    return subprocess.call([sys.executable, "-m", "engine.tools"])


def read(file: str) -> str | None:
    """A file's text; None where it has none, which is said."""
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "it is not text in UTF-8"
        print(f"{file}: cannot be read: {reason}", file=sys.stderr)
        return None


def grade(files: Sequence[str], place: str | None, report: str, language: str) -> int:
    """Grade files, by the battery of another if there is one; the exit code."""
    skills = ours()
    if place is not None:
        text = read(place)
        if text is None:
            return 2
        try:
            skills = battery(text, LIMITS, NAMES)
        except ProgramError as error:
            told([one.describe() for one in error.diagnostics], place)
            return 2
    found = list(each(files, skills, language))
    sys.stdout.write(REPORTS[report](found))
    for one in found:
        if one.unread:
            print(f"{visible(one.file)}: {one.unread}", file=sys.stderr)
    return 2 if any(one.unread for one in found) else int(not all(one.right for one in found))


def parser() -> argparse.ArgumentParser:
    """What the command line may say."""
    found = argparse.ArgumentParser(prog="autograd-playground", description="Run, check, export or grade programs.")
    verbs = found.add_subparsers(dest="verb", metavar="VERB", required=True)
    parsers = {name: verbs.add_parser(name, help=purpose) for name, purpose in VERBS.items()}
    runs, checks, exports = (parsers[name] for name in ("run", "check", "export"))
    form = runs.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the graph document")
    form.add_argument(
        "--table", action="store_true", help="print a table of values and gradients (what it does anyway)"
    )
    exports.add_argument(
        "--to", dest="format", metavar="FORMAT", choices=FORMATS, required=True, help=", ".join(FORMATS)
    )
    exports.add_argument("--output", metavar="FILE", default="-", help="where to write it (else the standard output)")
    for one in (runs, checks, exports):
        one.add_argument("file", metavar="FILE", help="the program; - reads the standard input")
    grading(parsers["grade"])
    runs.set_defaults(verb="graph", format="")
    checks.set_defaults(format="")
    return found


def grading(verb: argparse.ArgumentParser) -> None:
    """What `grade` may be told."""
    verb.add_argument(
        "files", metavar="FILE", nargs="+", help="a program with a class that computes, or a folder of them; - too"
    )
    report = verb.add_mutually_exclusive_group()
    for name, meaning in (("json", "as JSON"), ("junit", "as JUnit XML"), ("csv", "as CSV, a row for each skill")):
        report.add_argument(f"--{name}", dest="report", action="store_const", const=name, help=f"print it {meaning}")
    verb.add_argument("--battery", metavar="FILE", help="what to try them with, as TOML (else our own)")
    verb.add_argument("--lang", choices=LANGUAGES, default=FIRST, help="of the sentences (%(default)s)")
    verb.set_defaults(report="text")


def save(content: str, name: str, place: str) -> int:
    """Write a file, to the standard output for `-`; the exit code."""
    file = base64.b64decode(content) if FORMATS[name].binary else content.encode()
    try:
        if place == "-":
            sys.stdout.buffer.write(file)
        else:
            Path(place).write_bytes(file)
    except OSError as problem:
        print(f"{place}: cannot be written: {problem.strerror}", file=sys.stderr)
        return 2
    return 0


def told(diagnostics: Sequence[Mapping[str, object]], file: str) -> None:
    """What is wrong or worth knowing, a line each, as compilers say it."""
    for one in diagnostics:
        place = f"{file}:{one['line']}" if one["line"] else file
        hint = f" ({one['hint']})" if one["hint"] else ""
        print(f"{place}: {one['severity']}: {one['message']}{hint}", file=sys.stderr)


def row(node: Mapping[str, object]) -> tuple[str, ...]:
    """A node's row of the table: name, operation, data, grad."""
    return tuple(map(text, (node["label"], node["symbol"] or node["kind"], node["data"], node["grad"])))


def text(cell: object) -> str:
    """A cell: numbers with at most 6 significant digits, names without line breaks."""
    if isinstance(cell, float):
        return f"{cell:.6g}"
    return "" if cell is None else "".join(letter if letter.isprintable() else "�" for letter in str(cell))[:40]
