"""The command line of the engine: run a program and print its values and gradients, check it, or write it as a file.

Exit codes: 0 done, 1 the program is wrong, 2 the command line is. FILE may be `-`, the standard input.
"""

import argparse
import base64
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from engine.document import run
from engine.export import FORMATS


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; the exit code."""
    options = parser().parse_args(arguments)
    try:
        source = sys.stdin.read() if options.file == "-" else Path(options.file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "it is not text in UTF-8"
        print(f"{options.file}: cannot be read: {reason}", file=sys.stderr)
        return 2
    reply = run(msgspec.json.encode({"verb": options.verb, "source": source, "format": options.format}))
    answer = msgspec.json.decode(reply[1:])
    found = answer.get("diagnostics", [])
    report(found, options.file)
    if options.verb == "check" or reply[:1] == b"-":
        return int(any(one["severity"] == "error" for one in found))
    if options.verb == "export":
        return save(answer["content"], options.format, options.output)
    if options.json:
        sys.stdout.write(reply[1:].decode() + "\n")
    else:
        sys.stdout.write("".join(line + "\n" for line in (*answer["printed"], *table(answer["nodes"]))))
    return 0


def parser() -> argparse.ArgumentParser:
    """What the command line may say."""
    found = argparse.ArgumentParser(prog="autograd-playground", description="Run or check a program.")
    verbs = found.add_subparsers(dest="verb", metavar="VERB", required=True)
    runs = verbs.add_parser("run", help="run a program and print its values and gradients")
    form = runs.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the graph document")
    form.add_argument(
        "--table", action="store_true", help="print a table of values and gradients (what it does anyway)"
    )
    checks = verbs.add_parser("check", help="say what is wrong with a program, without running it")
    exports = verbs.add_parser("export", help="write a program's graph in another format")
    exports.add_argument(
        "--to", dest="format", metavar="FORMAT", choices=FORMATS, required=True, help=", ".join(FORMATS)
    )
    exports.add_argument("--output", metavar="FILE", default="-", help="where to write it (else the standard output)")
    for one in (runs, checks, exports):
        one.add_argument("file", metavar="FILE", help="the program; - reads the standard input")
    runs.set_defaults(verb="graph", format="")
    checks.set_defaults(format="")
    return found


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


def report(diagnostics: Sequence[dict[str, object]], file: str) -> None:
    """What is wrong or worth knowing, a line each, as compilers say it."""
    for one in diagnostics:
        place = f"{file}:{one['line']}" if one["line"] else file
        hint = f" ({one['hint']})" if one["hint"] else ""
        print(f"{place}: {one['severity']}: {one['message']}{hint}", file=sys.stderr)


def table(nodes: Sequence[dict[str, object]]) -> list[str]:
    """The nodes, a row each: name, operation, data, grad."""
    rows = [("Name", "Operation", "Data", "Grad")]
    rows += [(text(n["label"]), text(n["symbol"] or n["kind"]), text(n["data"]), text(n["grad"])) for n in nodes]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def text(cell: object) -> str:
    """A cell: numbers with at most 6 significant digits, names without line breaks."""
    if isinstance(cell, float):
        return f"{cell:.6g}"
    return "" if cell is None else "".join(letter if letter.isprintable() else "�" for letter in str(cell))[:40]
