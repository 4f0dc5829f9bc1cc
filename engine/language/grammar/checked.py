"""A program's text, checked as a whole before any of it runs.

`check` reads the text, holds its tree against the closed list of forms, decides the scopes, and looks up every name.
All mistakes are reported together, in the order of the text, up to twenty. What it hands on can be compiled without
asking again. It never evaluates anything.
"""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from engine.language.errors import Diagnostic, Refusal, Source, SyntaxRejected
from engine.language.grammar.forms import check_forms
from engine.language.grammar.inputs import Input, find_inputs
from engine.language.grammar.parse import parse
from engine.language.grammar.scopes import Scopes, analyse
from engine.language.grammar.tree import weights
from engine.language.grammar.vocabulary import Names, Vocabulary
from engine.language.limits import Limits

__all__ = ["Checked", "Input", "Names", "check", "recall"]

MOST = 20
"""How many mistakes are reported at once."""

KEPT = 32
SHORT = 4_096
"""How many programs are kept, and of how many letters at most: together some megabytes."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A program of the language: its text, its tree, where its names live, and which assignments make inputs.

    `weights` are what running a node of the tree once is charged.
    """

    source: Source
    tree: ast.Module
    scopes: Scopes
    inputs: tuple[Input, ...]
    weights: Mapping[ast.AST, int]


def check(text: str, limits: Limits, names: Names) -> Checked:
    """Check a program; raise `SyntaxRejected` with all its mistakes, or `LimitExceeded` if it is too large."""
    source, tree = parse(text, limits)
    forms = check_forms(tree, limits)
    scopes = analyse(tree)
    words = Vocabulary(tree, names, scopes, forms.live)
    refusals = [*islice(forms.refusals, MOST), *islice(scopes.faults, MOST), *islice(words.check(), MOST)]
    if refusals:
        raise SyntaxRejected(_in_order(source, refusals))
    return Checked(source, tree, scopes, find_inputs(tree, words), weights(tree))


def recall(text: str, limits: Limits, names: Names) -> Checked:
    """The same for a program that may have been checked before: the short ones among the last are kept.

    A program is often run again, with other inputs or for another answer about it; what was checked never changes.
    """
    return _kept(text, limits, names) if len(text) <= SHORT else check(text, limits, names)


_kept = lru_cache(KEPT)(check)


def _in_order(source: Source, refusals: Iterable[Refusal]) -> list[Diagnostic]:
    """The mistakes in the order of the text, no two at one place."""
    found: dict[object, Diagnostic] = {}
    for diagnostic in map(source.refuse, refusals):
        found.setdefault(diagnostic.span, diagnostic)
    return sorted(found.values(), key=lambda one: one.span or (0, 0))[:MOST]
