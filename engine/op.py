"""What an operation is: one record that says everything the project knows of it.

A record holds the forward rule, the slope of the result for each operand, and the same facts in words: formula, LaTeX,
spelling elsewhere, domain, kinks, sample points. The engine, the language, the page, the exports, the reference and the
tests all read these records; none of them knows an operation by name.

A record checks itself when it is made, and can be called: numbers give a number, anything traced makes a node.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

TARGETS = ("torch", "jax", "numpy")  # the libraries a primitive record is spelled in

Scalar = Callable[..., float]
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


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
    latex      with {x} and {y} where the operands go
    plain      what Python itself does with plain numbers (may raise); `forward` where Python has no such function
    domain     where the operation is defined; outside, the graph is drawn all the same, with a warning
    kink       where it has no slope, and the convention there
    samples    operands well inside the domain, away from kinks: where the record is tested
    spellings  per target of TARGETS, with {x} and {y}; empty for a record whose formula is made of other records
    """

    name: str
    params: tuple[str, ...]
    symbol: str
    forward: Scalar
    slopes: tuple[Callable[..., object], ...]
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
                "must be spelled in all targets or in none": set(self.spellings) not in (set(), set(TARGETS)),
                "has LaTeX without its operands": any("{" + param + "}" not in self.latex for param in self.params),
            }.items()
            if found
        ]
        if wrong:
            raise ValueError(f"the record of {self.name} {', '.join(wrong)}")

    def __call__(self, *operands: object) -> object:
        """Apply the operation: a float for numbers, a node where an operand is traced."""
        for operand in operands:
            trace = getattr(operand, "__trace__", None)
            if trace is not None:
                return trace(self, operands)
        return self.forward(*map(float, operands))  # type: ignore[arg-type]  # float() itself refuses the rest

    def defined(self, *operands: float) -> bool:
        """Whether the operands lie in the domain (NaN operands are somebody else's problem)."""
        return self.domain is None or any(x != x for x in operands) or self.domain.holds(*operands)

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
            "kink": {"where": self.kink.where.text, "convention": self.kink.convention} if self.kink else None,
            "samples": [list(point) for point in self.samples],
        }
