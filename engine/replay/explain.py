"""An array program as text: the bridge from single numbers to matrices.

Each line says what one block computes, in the names of what it is computed from, and which scalar nodes it stands for.
"""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.op import Op
from engine.replay.group import ZERO
from engine.replay.recognise import Block, Plan, Product, Sign, Terms
from engine.replay.wiring import Floats, Ints

PLACE = re.compile(r"\[\d+\]")
SHOWN = 6  # digits of a number


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `name`, an array of `shape`, is what `text` says; `nodes` are the scalar nodes it stands for."""

    name: str
    shape: tuple[int, ...]
    text: str
    nodes: tuple[int, ...]

    def __str__(self) -> str:
        shape = " × ".join(map(str, self.shape)) or "1"
        return f"{self.name} = {self.text}  # {shape}: {len(self.nodes):,} node{'s' * (len(self.nodes) != 1)}"


def explain(plan: Plan, ops: Sequence[Op], labels: Sequence[str | None]) -> list[Line]:
    """The lines of a program; `labels` are the names of its inputs."""
    return _Names(plan, ops, labels).lines()


class _Names:
    """What the arrays of a plan are called."""

    def __init__(self, plan: Plan, ops: Sequence[Op], labels: Sequence[str | None]) -> None:
        self._plan = plan
        self._ops = ops
        self._labels = labels
        self._starts = np.array([block.start for block in plan.blocks])
        self._shapes: list[tuple[int, ...]] = []

    def lines(self) -> list[Line]:
        for block in self._plan.blocks:
            self._shapes.append(self._shaped(block))
        return [
            Line(f"v{place}", shape, self._text(block), tuple(block.nodes.tolist()))
            for place, (block, shape) in enumerate(zip(self._plan.blocks, self._shapes, strict=True), 1)
        ]

    def _shaped(self, block: Block) -> tuple[int, ...]:
        """The shape of a block; an operation on all of another block has that one's."""
        for cells in block.operands:
            whole = int(np.searchsorted(self._starts, cells[0], side="right")) - 1
            if whole >= 0 and block.size == self._plan.blocks[whole].size and (np.diff(cells) == 1).all():
                return self._shapes[whole]
        return _shape(block.shape)

    def _text(self, block: Block) -> str:
        if block.operands:
            op = self._ops[block.code]
            names = dict(zip(op.params, map(self._name, block.operands), strict=True))
            return _substituted(op.formula, names)
        parts = [] if block.product is None else [self._product(block.product)]
        parts += self._terms(block.terms)
        if block.constant is not None:
            negative = (block.constant == block.constant.flat[0]).all() and block.constant.flat[0] < 0
            parts.append(("-", _numbers(-block.constant)) if negative else ("+", _numbers(block.constant)))
        parts.sort(key=lambda part: part[0] == "-")
        (sign, first), *others = parts
        return ("-" if sign == "-" else "") + first + "".join(f" {sign} {text}" for sign, text in others)

    def _product(self, product: Product) -> tuple[str, str]:
        """As numpy writes it: a matrix of one row is a vector, several matrices of one size are a batch."""
        left, right = self._name(product.left), self._name(product.right)
        if not product.grid:
            text = f"{left} * {right}"
            return _signed(product.sign, text, added=product.left.shape[1] > 1)
        batch, rows = product.left.shape[:2]
        if batch == 1:
            return _signed(product.sign, f"{right} @ {left}" + (".T" if rows > 1 else ""))
        if rows == product.right.shape[1] == 1:
            return _signed(product.sign, f"{right} * {left}", added=True)
        return _signed(product.sign, f"{right} @ {left}.mT")

    def _terms(self, several: Sequence[Terms]) -> list[tuple[str, str]]:
        """Terms by their names; those of one name are summed."""
        plain = [(*_signed(terms.sign, self._name(terms.cells)), terms.wide) for terms in several]
        return [
            (sign, f"sum({text}, axis=-1)" if wide or plain.count((sign, text, wide)) > 1 else text)
            for sign, text, wide in dict.fromkeys(plain)
        ]

    def _name(self, cells: Ints) -> str:
        """An array by what stands in its cells."""
        numbers = self._plan.numbers(cells)
        if numbers is not None:
            return _numbers(numbers)
        known = cells[cells != self._plan.cells[ZERO]]  # without what only fills up
        inputs, constants = known < self._plan.inputs, known < self._starts[0]
        found = np.unique(np.searchsorted(self._starts, known[~constants], side="right")).tolist()
        names = [self._inputs(known)] if inputs.any() else []
        names += ["constants"] if (constants & ~inputs).any() else []
        names += [f"v{place}" for place in found]
        return names[0] if len(names) == 1 else f"[{', '.join(names)}]"

    def _inputs(self, cells: Ints) -> str:
        """Inputs by what their labels share: `layers[0].neurons[2].w[1]` and its like are `layers[0].neurons.w`."""
        places = np.unique(cells[cells < self._plan.inputs]).tolist()
        labels = [(self._labels[place] if self._labels else None) or "x" for place in places]
        stems = dict.fromkeys([PLACE.sub("", label) for label in labels])
        if len(stems) > 1:
            return f"[{', '.join(list(stems)[:3])}{', …' if len(stems) > 3 else ''}]"
        columns = zip(*[PLACE.findall(label) for label in labels], strict=True)
        same = iter(["" if len(set(column)) > 1 else column[0] for column in columns])
        return PLACE.sub(lambda _: next(same), labels[0])


def _substituted(formula: str, names: dict[str, str]) -> str:
    tree = ast.parse(formula, mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names:
            node.id = names[node.id]
    return ast.unparse(tree)


def _signed(sign: Sign, text: str, *, added: bool = False) -> tuple[str, str]:
    """A sign and what it is of; `signs` is an array of them, each for a number of its own."""
    text = text if isinstance(sign, float) else f"signs * {text}"
    return "-" if isinstance(sign, float) and sign < 0 else "+", f"sum({text}, axis=-1)" if added else text


def _numbers(numbers: Floats) -> str:
    """Constants: the number if it is one, else the size of the array."""
    first = numbers.flat[0]
    if (numbers == first).all():
        return f"{first:.{SHOWN}g}"
    return f"constants({' × '.join(map(str, _shape(numbers.shape)))})"


def _shape(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple([length for length in shape if length > 1])
