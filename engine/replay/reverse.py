"""Fourth stage, second half: the gradients of a plan as numpy calls, from the output back to the inputs.

Each block hands its operands their share. Where these lie regularly, the share is written or added in place; other
shares are put down in cells of their own, and a block picks up what was put down for it when its turn comes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.replay.calls import Array, Call
from engine.replay.forward import Computed
from engine.replay.memory import Affine, Memory, affine
from engine.replay.recognise import Plan
from engine.replay.shares import Share, shares
from engine.replay.wiring import Floats, Ints

LONG = 16  # numbers of a sum, on average, from which on `reduceat` is the faster way
LOOSE = 1.4  # so many cells for each number that is wanted are counted through rather than gathered first


@dataclass(frozen=True, slots=True, eq=False)
class Direct:
    """Regular cells, each once, and the axes of a share along which it is added up for them."""

    where: Affine
    cells: Ints
    summed: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Handed:
    """A share on its way: in place, or put down."""

    share: Share
    direct: Direct | None


class Reverse:
    """The calls that compute the gradient of every cell that the output is made of; the inputs' are in `inputs`."""

    def __init__(self, plan: Plan, blocks: Sequence[Computed], output: int) -> None:
        self.calls: list[Call] = []
        self._room = plan.size
        handed = self._routed(plan, blocks, output)
        self._own = self._housed([each for _, several in handed for each in several])
        self._memory = Memory(self._room)
        self._memory.cells[output] = 1.0
        self._written = np.zeros(plan.size, bool)
        self._written[output] = True
        self._cleared: list[Ints] = []
        self._targets, self._sources = _put_down(handed, self._own)
        for one, several in handed:
            block = one.block
            self._pick_up(block.start, block.size)
            gradient = self._memory.block(block.start, block.shape)
            for each in several:
                self._hand(each, gradient)
        self._pick_up(0, plan.inputs)
        self.inputs: Floats = self._memory.cells[: plan.inputs]
        self.calls[:0] = [_filled(self._memory.cells, cells) for cells in self._cleared]

    def _routed(self, plan: Plan, blocks: Sequence[Computed], output: int) -> list[tuple[Computed, list[Handed]]]:
        """The blocks that the output is made of, last ones first, and the way each of their shares takes."""
        lit = np.zeros(plan.size, bool)
        lit[output] = True
        found = []
        for one in reversed(blocks):
            if lit[one.block.start : one.block.start + one.block.size].any():
                wanted = [share for share in shares(one) if plan.numbers(share.cells) is None]
                for share in wanted:
                    lit[share.cells] = True
                found.append((one, [Handed(share, _direct(share.cells)) for share in wanted]))
        return found

    def _housed(self, handed: Sequence[Handed]) -> dict[Handed, int]:
        """Where each share that is put down has its own cells: beside what is picked up with it."""
        own = {}
        for one in sorted(handed, key=lambda one: int(one.share.cells.max())):
            if one.direct is None and not one.share.same:
                own[one], self._room = self._room, self._room + one.share.cells.size
        return own

    def _hand(self, handed: Handed, gradient: Array) -> None:
        """Write a share where it goes."""
        share, direct, shape = handed.share, handed.direct, handed.share.cells.shape
        if direct is None:
            if handed in self._own:
                share.write(self.calls, gradient, self._memory.block(self._own[handed], shape))
            return
        kept = tuple([length for axis, length in enumerate(shape) if axis not in direct.summed])
        target, fresh = self._memory.view(direct.where, kept), self._fresh(direct.cells)
        if not direct.summed and fresh:
            share.write(self.calls, gradient, target)
            return
        whole = self._as_it_is(share, gradient)
        if whole is None:
            whole = np.empty(shape)
            share.write(self.calls, gradient, whole)
        if direct.summed:
            total = target if fresh else np.empty(target.shape)
            self.calls.append(partial(np.add.reduce, whole, direct.summed, None, total))
            whole = total
        if not fresh:
            self.calls.append(partial(np.add, target, whole, target))

    def _as_it_is(self, share: Share, gradient: Array) -> Array | None:
        """The gradient itself, in the shape of the share, where that is what is handed on."""
        if not share.same:
            return None
        wide = gradient[..., np.newaxis] if share.cells.ndim > gradient.ndim else gradient
        return np.broadcast_to(wide, share.cells.shape)

    def _pick_up(self, start: int, size: int) -> None:
        """Add up what was put down for some cells."""
        low, high = np.searchsorted(self._targets, [start, start + size])
        if low == high:
            return
        targets, sources = self._targets[low:high], self._sources[low:high]
        begins = np.flatnonzero(np.diff(targets, prepend=-1))
        cells = targets[begins]
        row = len(cells) == cells[-1] - cells[0] + 1
        target = self._memory.cells[cells[0] : cells[-1] + 1]
        fresh = self._fresh(cells) if row else self._started(cells)
        picked = target if row and fresh else np.empty(len(begins))
        self._added_up(sources, begins, picked)
        if not row:
            self.calls.append(partial(_add_at, self._memory.cells, cells, picked))
        elif not fresh:
            self.calls.append(partial(np.add, target, picked, target))

    def _added_up(self, sources: Ints, begins: Ints, total: Array) -> None:
        """Add up cells from each beginning to the next; where sums are short they are counted, if they can in place."""
        cells, many = self._memory.cells, len(sources)
        long, alone = many > LONG * len(begins), many == len(begins)
        place = np.repeat(np.arange(len(begins)), np.diff(begins, append=many))
        low, high = int(sources.min()), int(sources.max()) + 1
        if not long and not alone and high - low < LOOSE * many:
            places = np.full(high - low, len(begins))  # what lies between belongs to nobody
            places[sources - low] = place
            if np.count_nonzero(places < len(begins)) == many:
                self.calls.append(partial(_count, places, cells[low:high], total))
                return
        gathered = total if alone else np.empty(many)
        self.calls.append(partial(cells.take, sources, 0, gathered, "clip"))
        if long:
            self.calls.append(partial(np.add.reduceat, gathered, begins, 0, None, total))
        elif not alone:
            self.calls.append(partial(_count, place, gathered, total))

    def _fresh(self, cells: Ints) -> bool:
        """Whether nothing was written to any of the cells; if something was, they are ready to be added to."""
        if self._written[cells].any():
            return self._started(cells)
        self._written[cells] = True
        return True

    def _started(self, cells: Ints) -> bool:
        """See that all cells can be added to: those that nothing was written to begin at 0 in every run."""
        clear = cells[~self._written[cells]].ravel()
        if len(clear):
            self._cleared.append(clear)
            self._written[clear] = True
        return False


def _direct(cells: Ints) -> Direct | None:
    """The way in place, if the cells are regular and each belongs to one element along the axes that count."""
    where = affine(cells)
    if where is None:
        return None
    summed = tuple([axis for axis, length in enumerate(cells.shape) if length > 1 and where.strides[axis] == 0])
    kept = cells[tuple([0 if axis in summed else slice(None) for axis in range(cells.ndim)])]
    strides = tuple([stride for axis, stride in enumerate(where.strides) if axis not in summed])
    if np.unique(kept).size < kept.size:
        return None
    return Direct(Affine(where.base, strides), np.atleast_1d(kept), summed)


def _put_down(handed: list[tuple[Computed, list[Handed]]], own: Mapping[Handed, int]) -> tuple[Ints, Ints]:
    """All that is put down: for which cell, and where it lies; sorted by the cells."""
    targets, sources = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for one, several in handed:
        block = one.block
        gradient = block.start + np.arange(block.size).reshape(block.shape)
        for each in several:
            cells = each.share.cells
            if each.direct is not None:
                continue
            if each in own:
                sources.append(own[each] + np.arange(cells.size))
            else:
                wide = gradient[..., np.newaxis] if cells.ndim > gradient.ndim else gradient
                sources.append(np.broadcast_to(wide, cells.shape).ravel())
            targets.append(cells.ravel())
    target, source = np.concatenate(targets), np.concatenate(sources)
    order = np.argsort(target, kind="stable")
    return target[order], source[order]


def _count(places: Ints, numbers: Array, total: Array) -> None:
    total[:] = np.bincount(places, numbers, len(total))[: len(total)]


def _filled(memory: Array, cells: Ints) -> Call:
    """The call that puts 0 into some cells."""
    low, high = int(cells.min()), int(cells.max()) + 1
    return partial(memory[low:high].fill, 0.0) if high - low == len(cells) else partial(_put, memory, cells)


def _put(memory: Array, cells: Ints) -> None:
    memory[cells] = 0.0


def _add_at(memory: Array, cells: Ints, numbers: Array) -> None:
    memory[cells] += numbers
