"""First stage: what depends on the inputs, as sums of products and applications of operations.

A chain of additions, subtractions and signs whose intermediate results nobody else uses is one sum; a product that only
a sum uses is a term of it. So `b + w0*x0 + w1*x1`, six nodes or sixty, becomes one sum of terms, whatever order it was
written in. What does not depend on the inputs keeps its recorded number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.replay.linear import multiplies, signs
from engine.replay.wiring import NOTHING, Floats, Goal, Ints, Mask, Wiring, below

SUM = NOTHING  # the code of a sum, which is no operation of the table
ALONE = NOTHING  # the right factor of a term that is no product
ROUNDS = 16  # levels that are found by looking at all nodes at once
OBSERVED, OUTPUT = 1, 3  # who is made of a node: what is observed, or (also) the output


@dataclass(frozen=True, slots=True, eq=False)
class Normal:
    """What is left to compute, operands before results.

    nodes   the node that each result stands for
    level   one more than the highest of what it is made of; 0 is what is given
    code    its operation; SUM where it is a sum of terms
    owner   per term the place in `nodes` of the result it belongs to, ascending
    sign    per term +1 or -1
    left, right  per term its factors, or the operands of the operation; `right` is ALONE where there is one
    feeds   whether the output is made of it, too
    constant  per result the sum of its terms that are recorded numbers
    fixed   per result whether it has such terms
    moving  per node of the wiring: whether it depends on the inputs
    operations  how many operations of the graph it stands for
    """

    nodes: Ints
    feeds: Mask
    level: Ints
    code: Ints
    owner: Ints
    sign: Floats
    left: Ints
    right: Ints
    constant: Floats
    fixed: Mask
    moving: Mask
    operations: int


def normalise(wiring: Wiring, goal: Goal, *, fuse: bool = True) -> Normal:
    """The sums and applications that lead from the inputs to what is wanted.

    Without `fuse` each operation stays by itself, an addition as a sum of two terms, a product as a sum of one.
    """
    moving, use = reached(wiring, goal)
    kinds = _kinds(wiring, use > 0)
    edges = _edges(wiring, kinds)
    absorbed = _absorbed(kinds, edges, [goal.output, *goal.observed]) if fuse else np.zeros(len(wiring), bool)
    nodes = np.flatnonzero(kinds.alive & ~absorbed)
    place = np.zeros(len(wiring), np.int64)
    place[nodes] = np.arange(len(nodes))
    terms = _terms(wiring, kinds, edges, absorbed)
    keep = moving[terms.left] | (terms.right != ALONE) | ~kinds.adds[terms.owner]
    fixed = np.bincount(terms.owner[~keep], minlength=len(wiring)) > 0
    added = terms.sign[~keep] * wiring.data[terms.left[~keep]]
    constant = np.bincount(terms.owner[~keep], weights=added, minlength=len(wiring)).astype(np.float64)
    return Normal(
        nodes=nodes,
        feeds=(use == OUTPUT)[nodes],
        level=_levels(wiring, terms, nodes),
        code=np.where(kinds.adds | kinds.multiplies, SUM, wiring.code)[nodes],
        owner=place[terms.owner[keep]],
        sign=terms.sign[keep],
        left=terms.left[keep],
        right=terms.right[keep],
        constant=constant[nodes],
        fixed=fixed[nodes],
        moving=moving,
        operations=int(kinds.alive.sum()),
    )


class _Kinds(NamedTuple):
    """Per node: whether it is computed, whether it is a sum or a product, and the signs of its two operands."""

    alive: Mask
    adds: Mask
    multiplies: Mask
    signs: Floats


class _Terms(NamedTuple):
    """By owner, and as they were written."""

    owner: Ints
    sign: Floats
    left: Ints
    right: Ints


class _Edges(NamedTuple):
    """Between what is computed and its operands: the second operands behind the first ones."""

    operand: Ints
    user: Ints
    at: Ints
    sign: Floats


def reached(wiring: Wiring, goal: Goal) -> tuple[Mask, NDArray[np.uint8]]:
    """What depends on the inputs; and which operations of it the output is made of, or else the observed nodes."""
    moving = _moving(wiring, goal.inputs)
    use = np.where(below(wiring, [goal.output]), OUTPUT, np.where(below(wiring, goal.observed), OBSERVED, 0))
    return moving, np.where(moving & (wiring.code != NOTHING), use, 0).astype(np.uint8)


def _moving(wiring: Wiring, inputs: Sequence[int]) -> Mask:
    """What depends on the inputs."""
    still = np.append(wiring.code == NOTHING, True)  # the last one stands for no operand
    still[inputs] = False
    if not (still[wiring.left] & still[wiring.right] & (wiring.code != NOTHING)).any():
        return ~still[:-1]  # every result is made of an input, or of a result before it
    moving = bytearray(len(still))
    for node in inputs:
        moving[node] = True
    for node, (a, b) in enumerate(zip(wiring.left.tolist(), wiring.right.tolist(), strict=True)):
        if moving[a] or moving[b]:
            moving[node] = True
    return np.frombuffer(moving, np.bool_)[:-1]


def _kinds(wiring: Wiring, alive: Mask) -> _Kinds:
    table = [signs(op) for op in wiring.ops]
    adds = np.array([one is not None for one in table] + [False])[wiring.code]
    products = np.array([multiplies(op) for op in wiring.ops] + [False])[wiring.code]
    padded = [(*(one or ()), 0.0, 0.0)[:2] for one in table] + [(0.0, 0.0)]
    return _Kinds(alive, alive & adds, alive & products, np.array(padded).T[:, wiring.code])


def _edges(wiring: Wiring, kinds: _Kinds) -> _Edges:
    nodes = np.flatnonzero(kinds.alive)
    two = nodes[wiring.right[nodes] != NOTHING]
    user, at = np.concatenate([nodes, two]), np.repeat([0, 1], [len(nodes), len(two)])
    return _Edges(np.concatenate([wiring.left[nodes], wiring.right[two]]), user, at, kinds.signs[at, user])


def _absorbed(kinds: _Kinds, edges: _Edges, kept: Sequence[int]) -> Mask:
    """The sums and products that one sum uses and nobody else, and nobody wants to see."""
    single: Mask = np.bincount(edges.operand, minlength=len(kinds.alive)) == 1
    single[kept] = False
    into_sum = np.zeros(len(kinds.alive), bool)
    into_sum[edges.operand[kinds.adds[edges.user]]] = True
    single &= into_sum & (kinds.adds | kinds.multiplies)
    return single


def _terms(wiring: Wiring, kinds: _Kinds, edges: _Edges, absorbed: Mask) -> _Terms:
    """All terms, of sums and of everything else."""
    inner_sums, inner_products = absorbed & kinds.adds, absorbed & kinds.multiplies
    root, signed = _roots(inner_sums, edges)
    ends = kinds.adds[edges.user] & ~inner_sums[edges.operand]
    operand, user = edges.operand[ends], edges.user[ends]
    product = inner_products[operand]
    alone = np.flatnonzero(kinds.alive & ~kinds.adds & ~inner_products)  # applications, and products by themselves
    owner = np.concatenate([root[user], alone])
    written = np.concatenate([2 * user + edges.at[ends], alone])
    order = np.lexsort((written, owner))
    return _Terms(
        owner=owner[order],
        sign=np.concatenate([edges.sign[ends] * signed[user], np.ones(len(alone))])[order],
        left=np.concatenate([np.where(product, wiring.left[operand], operand), wiring.left[alone]])[order],
        right=np.concatenate([np.where(product, wiring.right[operand], ALONE), wiring.right[alone]])[order],
    )


def _roots(absorbed: Mask, edges: _Edges) -> tuple[Ints, Floats]:
    """Per node the sum it ends in, and with which sign: users are followed in strides that double."""
    root, signed = np.arange(len(absorbed)), np.ones(len(absorbed))
    inner = absorbed[edges.operand]
    pending = edges.operand[inner]
    root[pending], signed[pending] = edges.user[inner], edges.sign[inner]
    while len(pending):
        above = root[pending]
        farther = root[above]
        signed[pending] *= signed[above]
        root[pending] = farther
        pending = pending[farther != above]
    return root, signed


def _levels(wiring: Wiring, terms: _Terms, nodes: Ints) -> Ints:
    """Per result one more than the highest level of its factors: of all at once, as often as levels are found."""
    level = np.zeros(len(wiring) + 1, np.int64)  # the last one stands for no factor
    first = np.flatnonzero(np.diff(terms.owner, prepend=NOTHING))
    for settled in range(ROUNDS):
        found = np.maximum.reduceat(np.maximum(level[terms.left], level[terms.right]), first) + 1
        above = np.count_nonzero(found != level[nodes])
        if not above:
            return found
        if above * ROUNDS > len(nodes) * (ROUNDS - settled):
            break  # at this pace it would take more rounds
        level[nodes] = found
    return _levels_of_many(terms, nodes, level.tolist())


def _levels_of_many(terms: _Terms, nodes: Ints, level: list[int]) -> Ints:
    """The same, term by term: a graph may have as many levels as nodes."""
    for node in nodes.tolist():
        level[node] = 1
    for owner, a, b in zip(terms.owner.tolist(), terms.left.tolist(), terms.right.tolist(), strict=True):
        x, y = level[a], level[b]
        above = (x if x > y else y) + 1  # noqa: FURB136  # a call would take longer than all the rest
        if above > level[owner]:  # noqa: PLR1730  # so would this
            level[owner] = above
    return np.array(level, dtype=np.int64)[nodes]
