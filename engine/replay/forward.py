"""Fourth stage, first half: the blocks of a plan as numpy calls, from the inputs to the output."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.op import Op
from engine.replay.calls import MINUS, Array, Call, Operand, Writer
from engine.replay.memory import Memory, fixed
from engine.replay.recognise import Block, Plan, Product, Sign, Terms
from engine.replay.wiring import Ints

Addend = tuple[float, Array]  # a sign, and what is added or taken away


@dataclass(frozen=True, slots=True, eq=False)
class Computed:
    """A block, its results, and the arrays they are computed from: an operation's operands, or products' factors."""

    block: Block
    op: Op | None
    out: Array
    operands: tuple[Operand, ...]


class Forward:
    """The calls that compute all blocks, one after another.

    Where numbers lie in lanes, the first inputs may be the same in all of them: these are `held` in a memory of their
    own, without lanes. Where one is read beside what moves, it has to stand in the lanes as well: it is among `mixed`.
    """

    def __init__(self, plan: Plan, ops: Sequence[Op], values: Memory, held: Memory | None = None) -> None:
        self.calls: list[Call] = []
        self.mixed: list[Ints] = []
        self._plan = plan
        self._values = values
        self._held = Memory(0) if held is None else held
        values.cells[plan.inputs : plan.inputs + len(plan.constants)] = fixed(plan.constants, len(values.lanes))
        self.blocks = tuple([self._computed(block, ops) for block in plan.blocks])

    def _computed(self, block: Block, ops: Sequence[Op]) -> Computed:
        out = self._values.block(block.start, block.shape)
        if not block.operands:
            return Computed(block, None, out, self._sum(block, out))
        op = ops[block.code]
        operands = tuple([self._operand(cells) for cells in block.operands])
        called = ast.Call(ast.Name(op.name), [ast.Name(param) for param in op.params], [])
        Writer(self.calls, dict(zip(op.params, operands, strict=True))).write(called, out)
        return Computed(block, op, out, operands)

    def _operand(self, cells: Ints) -> Operand:
        """What an operation is applied to: a number, where it is the same for all results."""
        number = self._plan.number(cells)
        return self._read(cells) if number is None else number

    def _read(self, cells: Ints) -> Array:
        numbers, lanes = self._plan.numbers(cells), len(self._values.lanes)
        if numbers is not None:
            return fixed(numbers, lanes)
        if cells.max(initial=-1) < len(self._held.cells):
            return fixed(self._held.read(cells, self.calls), lanes)
        self.mixed.append(cells[cells < len(self._held.cells)])
        return self._values.read(cells, self.calls)

    def _sum(self, block: Block, out: Array) -> tuple[Array, ...]:
        """Add up products, terms and the constant; the factors of the products."""
        addends: list[Addend] = []
        factors: tuple[Array, ...] = ()
        if block.product is not None:
            factors = self._read(block.product.left), self._read(block.product.right)
            addends.append(self._products(block.product, factors, out))
        addends += [self._term(terms, np.empty(out.shape) if addends else out) for terms in block.terms]
        if block.constant is not None:
            addends.append((1.0, fixed(block.constant, len(self._values.lanes))))
        self._total(addends, out)
        return factors

    def _total(self, addends: list[Addend], out: Array) -> None:
        """The sum of the addends, a call for each but the first."""
        (sign, total), *others = sorted(addends, key=lambda addend: -addend[0])  # one that is added comes first
        others.sort(key=lambda addend: addend[1] is not out)  # before it is written over
        if sign < 0:
            self.calls.append(partial(np.multiply, total, MINUS, out))
            total = out
        for sign, addend in others:
            self.calls.append(partial(np.add if sign > 0 else np.subtract, total, addend, out))
            total = out
        if total is not out:
            self.calls.append(partial(np.copyto, out, total))

    def _term(self, terms: Terms, total: Array) -> Addend:
        cells = self._read(terms.cells)
        if not terms.wide:
            return self._signed(cells, terms.sign)
        sign, signed = self._signed(cells, terms.sign)
        self.calls.append(partial(np.add.reduce, signed, len(terms.cells.shape) - 1, None, total))
        return sign, total

    def _products(self, product: Product, factors: tuple[Array, ...], out: Array) -> Addend:
        left, right = factors
        if product.grid:
            self.calls.append(self._matrices(left, right, out))
            return product.sign if isinstance(product.sign, float) else 1.0, out
        if product.left.shape[1] == 1:
            self.calls.append(partial(np.multiply, left[:, 0], right[:, 0], out))
            sign = product.sign if isinstance(product.sign, float) else product.sign[:, 0]
            return self._signed(out, sign, out)
        if isinstance(product.sign, float) and not self._values.lanes:
            self.calls.append(partial(np.vecdot, left, right, out))
            return product.sign, out
        sign, signed = self._signed(self._new(np.multiply, left, right), product.sign)
        self.calls.append(partial(np.add.reduce, signed, 1, None, out))
        return sign, out

    def _matrices(self, left: Array, right: Array, out: Array) -> Call:
        """(B, I, P) and (B, J, P) -> (B, J, I), one after another or, of one batch, at once; in lanes side by side."""
        if not self._values.lanes:
            if len(out) == 1:
                return partial(np.matmul, right[0], left[0].T, out[0])
            return partial(np.matmul, right, left.swapaxes(1, 2), out)
        if left.shape[-1] == 1:
            return partial(np.matmul, left[:, np.newaxis, :, :, 0], right, out)
        return partial(np.einsum, "bipl,bjpl->bjil", left, right, out=out)

    def _signed(self, array: Array, sign: Sign, out: Array | None = None) -> Addend:
        """An array with a sign for all of it; different signs are multiplied in."""
        if isinstance(sign, float):
            return sign, array
        signs = fixed(sign, len(self._values.lanes))
        if out is None:
            return 1.0, self._new(np.multiply, array, signs)
        self.calls.append(partial(np.multiply, array, signs, out))
        return 1.0, out

    def _new(self, apply: np.ufunc, left: Array, right: Array) -> Array:
        out = np.empty(np.broadcast_shapes(left.shape, right.shape))
        self.calls.append(partial(apply, left, right, out))
        return out
