"""Text in, syntax tree out: read by Python's parser, never compiled, and bounded in size before anybody walks it.

Whatever the parser may raise becomes one of our own errors, with a place.
"""

import ast
import re
import warnings

from engine.language.errors import Placed, ProgramError, Source, Span, SyntaxRejected
from engine.language.fixes import Swap
from engine.language.grammar.syntax_errors import explain
from engine.language.grammar.tree import children, weight
from engine.language.grammar.words import deepest, words
from engine.language.limits import Limits

FORBIDDEN = re.compile("[\0\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
WARNED_OF = re.compile(r"\\|\d\.?[A-Za-z_]")  # escapes, and words right behind numbers: all that the parser warns of
NODES_PER_LETTER = 5  # `x` alone: module, statement, name, its context
LEVELS_OF_NOTHING = 5
TOO_DEEP = ("too many nested parentheses", "too many levels of indentation", "too complex")


def parse(text: str, limits: Limits) -> tuple[Source, ast.Module]:
    """Read a program's text; raise `SyntaxRejected` or `LimitExceeded` where that cannot be done."""
    forbidden = FORBIDDEN.search(text)
    if forbidden is not None:
        raise _forbidden(text, forbidden.start())
    source = Source(text)
    if len(text.encode()) > limits.source_bytes:
        raise limits.exceeded("source_bytes", source, source.line_of(_fitting(text, limits.source_bytes)))
    try:
        tree = _read(text)
    except SyntaxError as error:
        problem = _unreadable(source, error, limits)
    except (RecursionError, MemoryError, SystemError):
        problem = limits.exceeded("tree_depth", source, _deepest(text))
    except (ValueError, OverflowError):
        problem = SyntaxRejected([source.diagnostic("error", "syntax", "this text cannot be read as Python", 1)])
    else:
        _measure(tree, source, limits)
        return source, tree
    raise problem


def _read(text: str) -> ast.Module:
    if WARNED_OF.search(text) is None:
        return ast.parse(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def _forbidden(text: str, at: int) -> SyntaxRejected:
    source = Source(text)
    message = f"an invisible letter (U+{ord(text[at]):04X}) stands here"
    finding = source.diagnostic("error", "syntax", message, (at, at + 1), hint="take it out")
    return SyntaxRejected([source.mended(finding, Swap(text[at], ""))])


def _fitting(text: str, size: int) -> int:
    """How many letters fit into `size` bytes of UTF-8."""
    return len(text.encode()[:size].decode(errors="ignore"))


def _unreadable(source: Source, error: SyntaxError, limits: Limits) -> ProgramError:
    start = source.line_start(error.lineno or 1)
    offset = min(start + max((error.offset or 1) - 1, 0), len(source.text))
    if any(reason in error.msg for reason in TOO_DEEP):
        return limits.exceeded("tree_depth", source, (offset, offset))
    if "digits" in error.msg:
        return limits.exceeded("integer_bits", source, source.line_of(offset))
    message, hint, span, swap = explain(source, error, offset)
    return SyntaxRejected([source.mended(source.diagnostic("error", "syntax", message, span, hint=hint), swap)])


def _deepest(text: str) -> Span:
    """Where a text is nested most: its innermost bracket, or its longest line."""
    bracket = deepest(list(words(text)))
    if bracket is not None:
        return bracket.start, bracket.end
    line = max(text.splitlines(), key=len)
    start = text.index(line)
    return start, start + len(line)


def _measure(tree: ast.Module, source: Source, limits: Limits) -> None:
    """Refuse a tree that is too deep or too large; walked with a stack, in the order of the text.

    No letter makes more than one level or a few nodes, so a short text needs no walk.
    """
    if len(source.text) < min(limits.tree_depth, limits.tree_nodes // NODES_PER_LETTER) - LEVELS_OF_NOTHING:
        return
    stack: list[tuple[ast.AST, int]] = [(tree, 1)]
    nodes = 0
    while stack:
        node, depth = stack.pop()
        nodes += weight(node)
        if depth > limits.tree_depth:
            raise limits.exceeded("tree_depth", source, _place(node), hint="use names for parts of it")
        if nodes > limits.tree_nodes:
            raise limits.exceeded("tree_nodes", source, _place(node), hint="use loops and functions")
        stack += [(inner, depth + 1) for inner in reversed(children(node))]


def _place(node: ast.AST) -> Placed | int:
    """A node, or the first inside it that has a place."""
    return next((one for one in ast.walk(node) if isinstance(one, Placed)), 1)
