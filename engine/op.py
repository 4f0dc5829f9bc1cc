"""What an operation is: one record that says everything the project knows of it.

A record holds the forward rule, the slope of the result for each operand, and the same facts in words: formula, LaTeX,
spelling elsewhere, domain, kinks, sample points. The engine, the language, the page, the exports, the reference and the
tests all read these records; none of them knows an operation by name.

A record checks itself when it is made, and can be called: numbers give a number, anything traced makes a node.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from numbers import Real
from types import MappingProxyType
from typing import Any, Protocol, overload

# The libraries a primitive record is spelled in, and the name each goes by there.
TARGETS: Mapping[str, str] = MappingProxyType({"torch": "torch", "jax": "jnp", "numpy": "np"})
SCRIPT = "javascript"  # the page's own language, with a few kernels of ours: what replays a graph in the browser
SHEET = "spreadsheet"  # the formulas of spreadsheets: their functions, as if they were a library's
LANGUAGES: Mapping[str, str] = MappingProxyType({**TARGETS, SCRIPT: "Math", SHEET: "sheet"})

NUMBER = (int, float, Real)  # the first two save the others a slower look

Scalar = Callable[..., float]
Slope = Callable[..., Any]  # floats give a float, Values a Value
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def everywhere(template: str) -> dict[str, str]:
    """A spelling that all languages share: "{lib}.exp({x})", where {lib} stands for the library."""
    return {language: template.replace("{lib}", library) for language, library in LANGUAGES.items()}


class Traced(Protocol):
    """What is more than a number, and takes over when an operation is applied to it."""

    def __trace__(self, op: "Op", operands: tuple[object, ...]) -> object:
        """Apply `op` to `operands`, of which this is one."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the operands: as text in the playground's syntax, and as a function of the same operands."""

    text: str
    holds: Callable[..., bool]


@dataclass(frozen=True, slots=True)
class Kink:
    """Where an operation has no slope, and which one is used there (PyTorch's)."""

    where: Condition
    convention: str
    points: tuple[tuple[float, ...], ...]

    def describe(self) -> dict[str, Json]:
        """The kink as plain data."""
        points: list[Json] = [list(point) for point in self.points]
        return {"where": self.where.text, "convention": self.convention, "points": points}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Op:
    """One operation.

    name       its name in programs, graphs and links
    params     the names of its operands in every text below: ("x",) or ("x", "y")
    symbol     how people write it on a node: "+", "tanh"
    forward    floats -> float, by IEEE arithmetic: never raises
    slopes     per operand: (operands…, result) -> d result / d operand. Written with operators and other records only,
               so that it works on floats and on Values alike: that is how gradients can be differentiated again
    formula    the forward rule in the playground's syntax; a primitive's formula is the operation itself
    derivatives  the slopes in the playground's syntax, in terms of the params
    latex      with {x} and {y} where the operands go; one in braces of its own, {{{x}}}, never needs brackets there
    plain      what Python itself does with plain numbers (may raise); `forward` where Python has no such function
    domain     where the operation is defined; outside, the graph is drawn all the same, with a warning
    kink       where it has no slope, and the convention there
    samples    operands well inside the domain, away from kinks: where the record is tested
    spellings  per language of LANGUAGES, with {x} and {y}, as Python would write it; empty for a record whose formula
               is made of others
    """

    name: str
    params: tuple[str, ...]
    symbol: str
    forward: Scalar
    slopes: tuple[Slope, ...]
    formula: str
    derivatives: tuple[str, ...]
    latex: str
    samples: tuple[tuple[float, ...], ...]
    plain: Callable[..., object] | None = None
    domain: Condition | None = None
    kink: Kink | None = None
    spellings: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a record that contradicts itself."""
        arity = len(self.params)
        points = (*self.samples, *(self.kink.points if self.kink else ()))
        wrong = [
            problem
            for problem, found in {
                "needs one slope per operand": len(self.slopes) != arity,
                "needs one derivative text per operand": len(self.derivatives) != arity,
                "needs sample points": not self.samples,
                "has a point of the wrong length": any(len(point) != arity for point in points),
                "has a sample outside its domain": any(not self.defined(*point) for point in self.samples),
                "has a kink point that is none": any(not self.kinked(*p) for p in points[len(self.samples) :]),
                "must be spelled in all languages or in none": set(self.spellings) not in (set(), set(LANGUAGES)),
                "has LaTeX or a spelling without its operands": any(
                    "{" + param + "}" not in text
                    for param in self.params
                    for text in (self.latex, *self.spellings.values())
                ),
            }.items()
            if found
        ]
        if wrong:
            raise ValueError(f"the record of {self.name} {', '.join(wrong)}")

    @overload
    def __call__(self, *operands: float) -> float: ...
    @overload
    def __call__(self, *operands: object) -> object: ...
    def __call__(self, *operands: object) -> object:
        """Apply the operation: a float for numbers, a node where an operand is traced; TypeError for anything else."""
        for operand in operands:
            if operand.__class__ is not float:
                trace = getattr(operand, "__trace__", None)
                if trace is not None:
                    return trace(self, operands)
                if not isinstance(operand, NUMBER):
                    raise TypeError(f"{self.name} takes numbers, not {type(operand).__name__}")
        return self.forward(*map(float, operands))  # type: ignore[arg-type]  # numbers, as just seen

    def defined(self, *operands: float) -> bool:
        """Whether the operands lie in the domain (NaN operands are somebody else's problem)."""
        return self.domain is None or any(map(math.isnan, operands)) or self.domain.holds(*operands)

    def kinked(self, *operands: float) -> bool:
        """Whether there is no slope at these operands."""
        return self.kink is not None and self.kink.where.holds(*operands)

    def describe(self) -> dict[str, Json]:
        """The record as plain data, for the API and the reference."""
        return {
            "name": self.name,
            "params": list(self.params),
            "symbol": self.symbol,
            "formula": self.formula,
            "derivatives": dict(zip(self.params, self.derivatives, strict=True)),
            "latex": self.latex.format(**{param: param for param in self.params}),
            "domain": self.domain.text if self.domain else None,
            "kink": self.kink.describe() if self.kink else None,
            "samples": [list(point) for point in self.samples],
            "spellings": {target: text for target, text in self.spellings.items() if target in TARGETS},
        }
