"""What can be asked of a graph: quantities like `grad of a`, and conditions like `grad of a < 0.1`.

They are read here, and measured in a graph document here and, the same way, in the page (`static/js/learn/measure.js`).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isnan
from typing import Any

Graph = Mapping[str, Any]  # a graph document

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"
QUANTITY = re.compile(
    rf"(?P<number>{NUMBER})"
    r"|(?P<node>data|grad) of (?P<of>.+?)"
    r"|(?P<edge>local|flow) of (?P<source>.+?) in (?P<target>.+?)"
    r"|(?P<whole>output|nodes|passes|printed)"
)
CONDITION = re.compile(r"(?P<left>.+?)\s*(?P<sign><=|>=|!=|=|<|>)\s*(?P<right>.+)")
INPUT = re.compile(rf"(?P<key>.+?)\s*=\s*(?P<value>{NUMBER})")
MOST, SHORT = 24, 12  # characters of a label, of a piece of source: longer ones name no node
NEAR = 1e-6  # what counts as equal, relative to the larger number or to 1


class NotUnderstoodError(ValueError):
    """A quantity or condition that is none."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is a number: `what` of a node, of an edge from `of` into `into`, of the whole, or just `number`."""

    what: str
    of: str | None = None
    into: str | None = None
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Two quantities and how they compare."""

    left: Quantity
    sign: str
    right: Quantity

    def describe(self) -> dict[str, object]:
        """It as JSON."""
        return asdict(self)


def quantity(text: str) -> Quantity:
    """Read a quantity."""
    found = QUANTITY.fullmatch(text.strip())
    if found is None:
        raise NotUnderstoodError(f"`{text.strip()}` is no quantity, like `data of a`, `grad of a` or `passes`")
    if found["number"]:
        return Quantity("number", number=float(found["number"]))
    if found["node"]:
        return Quantity(found["node"], of=found["of"].strip())
    if found["edge"]:
        return Quantity(found["edge"], of=found["source"].strip(), into=found["target"].strip())
    return Quantity(found["whole"])


def conditions(text: str) -> tuple[Condition, ...]:
    """Read conditions that must all hold: `grad of a = 12 and passes = 1`."""
    return tuple(map(_condition, re.split(r"\s+and\s+", text.strip())))


def _condition(text: str) -> Condition:
    found = CONDITION.fullmatch(text)
    if found is None:
        raise NotUnderstoodError(f"`{text}` is no condition, like `grad of a = 12`")
    return Condition(quantity(found["left"]), found["sign"], quantity(found["right"]))


def inputs(text: str) -> dict[str, float]:
    """Read where inputs are: `x = 3, y = 2`."""
    parts = {part: INPUT.fullmatch(part.strip()) for part in text.split(",")}
    for part, found in parts.items():
        if found is None:
            raise NotUnderstoodError(f"`{part.strip()}` is no input with its number, like `x = 3`")
    return {found["key"]: float(found["value"]) for found in parts.values() if found}


def holds(wanted: Iterable[Condition], graph: Graph, source: str) -> bool:
    """Whether all conditions hold; what cannot be measured does not."""
    return all(_one_holds(one, graph, source) for one in wanted)


def _one_holds(one: Condition, graph: Graph, source: str) -> bool:
    left, right = (measured(side, graph, source) for side in (one.left, one.right))
    return left is not None and right is not None and SIGNS[one.sign](left, right)


def near(a: float, b: float) -> bool:
    """Whether two numbers are the same, but for rounding."""
    return a == b or abs(a - b) <= NEAR * max(1.0, abs(a), abs(b))


SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    "=": near,
    "!=": lambda a, b: not near(a, b),
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b or near(a, b),
    ">=": lambda a, b: a >= b or near(a, b),
}


def measured(wanted: Quantity, graph: Graph, source: str) -> float | None:
    """The number a quantity is in this graph; None where there is no such thing, or it is not a number."""
    found = _found(wanted, graph, source)
    return None if found is None or isnan(number := float(found)) else number


def _found(wanted: Quantity, graph: Graph, source: str) -> float | str | None:
    """The number as it travels: JSON has no infinities."""
    nodes = {node["id"]: node for node in graph["nodes"]}
    match wanted.what:
        case "number":
            return wanted.number
        case "nodes":
            return float(len(nodes))
        case "passes":
            return float(len(graph["passes"]))
        case "printed":
            return last_number(graph["printed"])
        case "output":
            found = nodes.get(graph["graph"]["output"])
            return found["data"] if found else None
    ids = {name: node for node, name in names(graph, source).items()}
    if wanted.into is None:
        return nodes[ids[wanted.of]][wanted.what] if wanted.of in ids else None
    ends = (ids.get(wanted.of or ""), ids.get(wanted.into))
    edges = [edge[wanted.what] for edge in graph["edges"] if (edge["source"], edge["target"]) == ends]
    return edges[0] if edges else None


def last_number(printed: Sequence[str]) -> float | None:
    """The last number that was printed."""
    found = re.findall(NUMBER, "\n".join(printed))
    return float(found[-1]) if found else None


def names(graph: Graph, source: str) -> dict[int, str]:
    """What the page calls the nodes: by label, the second `c` as `c#2`, else by the piece of source."""
    pieces = {node["id"]: source[slice(*node["span"])] for node in graph["nodes"] if node["span"] and not node["label"]}
    frequency, seen = Counter(pieces.values()), Counter[str]()
    found: dict[int, str] = {}
    for node in graph["nodes"]:
        label, piece = node["label"], pieces.get(node["id"], "")
        if label and len(label) <= MOST:
            seen[label] += 1
            found[node["id"]] = label if seen[label] == 1 else f"{label}#{seen[label]}"
        elif node["kind"] == "operation" and frequency[piece] == 1 and len(piece) <= SHORT:
            found[node["id"]] = piece
    return found
