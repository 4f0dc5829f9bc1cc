"""Every budget of a program: one frozen value, handed to who charges it and published as it is.

A budget's public name is what an error's `limit` says and what the published list is keyed by.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import NamedTuple, Self

from engine.language.errors import JSON, LimitExceeded, Place, Placed, Refusal, Source

KIB = 1024
MIB = 1024 * KIB


class Budget(NamedTuple):
    """How one budget is spoken of."""

    name: str
    unit: str
    meaning: str
    advice: str | None = None


def _int(value: int, *spoken: str) -> int:
    default: int = field(default=value, metadata={"budget": Budget(*spoken)})
    return default


def _float(value: float, *spoken: str) -> float:
    default: float = field(default=value, metadata={"budget": Budget(*spoken)})
    return default


FEWER = "look for a loop that never ends, or let it take fewer turns"
ENDING = "a function that calls itself needs a case in which it does not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The budgets of one evaluation; `Limits.stream()` has those of a training stream."""

    source_bytes: int = _int(64 * KIB, "source", "bytes", "the program's text, in UTF-8")
    body_bytes: int = _int(256 * KIB, "request body", "bytes", "the body of a request")
    tree_depth: int = _int(400, "syntax depth", "levels", "how deeply expressions and statements are nested")
    tree_nodes: int = _int(20_000, "syntax nodes", "nodes", "the parts the program's text consists of")
    steps: int = _int(2_000_000, "steps", "steps", "the work of the program, per operation and element", FEWER)
    nodes: int = _int(200_000, "graph nodes", "nodes", "the nodes of the graph that are in use at one time", FEWER)
    drawn_nodes: int = _int(2_000, "drawn nodes", "nodes", "the nodes sent for drawing")
    cpu_seconds: float = _float(1.0, "processor time", "seconds", "how long the processor works on the program", FEWER)
    kill_seconds: float = _float(2.0, "running time", "seconds", "the time before the program is stopped")
    answer_seconds: float = _float(3.0, "answer time", "seconds", "the time within which an answer comes")
    integer_bits: int = _int(4096, "integer size", "bits", "the size of a whole number")
    sequence: int = _int(50_000, "sequence length", "elements", "the length of a text, list, tuple, set or dict")
    elements: int = _int(500_000, "live elements", "elements", "the elements of all sequences in use at one time")
    call_depth: int = _int(1_000, "call depth", "calls", "how many calls of functions are inside one another", ENDING)
    data_depth: int = _int(40, "data nesting", "levels", "how deeply lists, tuples, sets and dicts are nested")
    printed_bytes: int = _int(32 * KIB, "printed text", "bytes", "what the program prints, in UTF-8")
    answer_bytes: int = _int(MIB, "answer size", "bytes", "the answer to one request")
    worker_bytes: int = _int(512 * MIB, "memory", "bytes", "the memory of the process that runs the program")
    batch: int = _int(1_000, "batch", "programs", "the programs of a batch")
    batch_bytes: int = _int(4 * MIB, "batch body", "bytes", "the body of a request with a batch")
    batch_seconds: float = _float(60.0, "batch time", "seconds", "the time in which a batch is answered")
    events: int = _int(1_000, "events", "events", "the events of a training stream")

    def __post_init__(self) -> None:
        for attribute in BUDGETS:
            if not self.value(attribute) > 0:
                raise ValueError(f"the budget {attribute} must be greater than 0")

    @classmethod
    def stream(cls) -> Self:
        """The budgets of a training stream: more steps, more time, and some more to write its last graph."""
        return cls(steps=80_000_000, cpu_seconds=30.0, kill_seconds=36.0, answer_seconds=40.0)

    def describe(self) -> list[dict[str, JSON]]:
        """List the budgets as the API publishes them, beside those of a training stream."""
        stream = self.stream()
        return [
            {
                "name": budget.name,
                "value": self.value(attribute),
                "stream": stream.value(attribute),
                "unit": budget.unit,
                "meaning": budget.meaning,
            }
            for attribute, budget in BUDGETS.items()
        ]

    def value(self, attribute: str) -> int | float:
        """Give the value of a budget by the attribute's name."""
        value: int | float = getattr(self, attribute)
        return value

    def exceeded(self, attribute: str, source: Source, place: Place, *, hint: str | None = None) -> LimitExceeded:
        """Make the error that ends a program at `place`: it names the budget, its limit and the line."""
        message, name = self.sentence(attribute), BUDGETS[attribute].name
        advice = hint or BUDGETS[attribute].advice
        return LimitExceeded([source.diagnostic("error", "limit", message, place, hint=advice, limit=name)])

    def refusal(self, attribute: str, node: Placed) -> Refusal:
        """Refuse a node that exceeds a budget as it is written."""
        return Refusal(node, "limit", self.sentence(attribute), limit=BUDGETS[attribute].name)

    def sentence(self, attribute: str) -> str:
        """Say that a budget is exceeded: its name, what it bounds, its limit."""
        budget = BUDGETS[attribute]
        allowed = f"{self.value(attribute):,} {budget.unit}"
        return f"the program exceeds its budget of {budget.name}: {budget.meaning}, at most {allowed}"


BUDGETS: Mapping[str, Budget] = {one.name: one.metadata["budget"] for one in fields(Limits)}
"""How each attribute of `Limits` is spoken of."""
