"""What happens in a graph, step by step: as data, in symbols, in words.

`graph_of` takes a recording; `steps` and `ledger` are data about it, `lines` write a step in symbols, `sentence` says
it in one of `LANGUAGES`. The page does the same in `static/js/explain`, from the same records and the same words.
"""

from engine.explain.graph import Graph, graph_of
from engine.explain.ledger import Entry, ledger
from engine.explain.lines import Line, lines
from engine.explain.mathml import mathml
from engine.explain.notation import rule_of
from engine.explain.sentences import entry_sentence, sentence
from engine.explain.steps import Deposit, Step, pending, ready, steps
from engine.explain.templates import LANGUAGES, words

__all__ = [
    "LANGUAGES",
    "Deposit",
    "Entry",
    "Graph",
    "Line",
    "Step",
    "entry_sentence",
    "graph_of",
    "ledger",
    "lines",
    "mathml",
    "pending",
    "ready",
    "rule_of",
    "sentence",
    "steps",
    "words",
]
