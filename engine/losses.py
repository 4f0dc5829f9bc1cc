"""How wrong a prediction is, as one Value to make small."""

import operator
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import SupportsIndex

from engine.nn import Number, Numbers, listed
from engine.ops import OPS
from engine.value import Value


def mse(predictions: Numbers, targets: Numbers) -> Value:
    """The mean of the squared differences."""
    return _mean([(prediction - target) ** 2 for prediction, target in _pairs("mse", predictions, targets)])


def hinge(scores: Numbers, labels: Numbers) -> Value:
    """The mean of relu(1 - label * score), with labels -1 and 1: 0 once every score is on its side by 1 or more."""
    return _mean([_applied("relu", 1 - label * score) for score, label in _pairs("hinge", scores, labels)])


def softmax(logits: Iterable[Number]) -> list[Value]:
    """Probabilities in proportion to exp(logit)."""
    powers = [_applied("exp", logit) for logit in _shifted(logits)]
    total = _total(powers)
    return [power / total for power in powers]


def cross_entropy(logits: Iterable[Number], index: SupportsIndex) -> Value:
    """-log(softmax(logits)[index]): the surprise at the right answer, for the position of the right answer."""
    shifted = _shifted(logits)
    right = shifted[_position(index, len(shifted))]
    return _applied("log", _total([_applied("exp", logit) for logit in shifted])) - right


def _shifted(logits: Iterable[Number]) -> list[Number]:
    """The logits less the largest one, as a plain number: no power overflows, and no probability changes."""
    logits = listed(logits)
    largest = max((Value(logit).data for logit in logits), default=0.0)
    return [logit - largest for logit in logits]


def _mean(terms: Sequence[Number]) -> Value:
    return _total(terms) / len(terms)


def _total(terms: Sequence[Number]) -> Value:
    """Add the terms up from the first one on, plain numbers to a plain number; ValueError where there is none."""
    if not terms:
        raise ValueError("there is nothing to add up: the list is empty")
    return reduce(operator.add, terms)  # type: ignore[return-value]  # plain only if all of them are


def _pairs(loss: str, left: Numbers, right: Numbers) -> Iterator[tuple[Number, Number]]:
    """Go through two lists of the same length."""
    left, right = listed(left), listed(right)
    if len(left) != len(right):
        raise ValueError(f"{loss} compares two lists of the same length, but got {len(left)} and {len(right)}")
    return zip(left, right, strict=True)


def _applied(name: str, x: Number) -> Value:
    """Apply an operation; a plain number gives a plain number."""
    return OPS[name](x)  # type: ignore[return-value]


def _position(index: SupportsIndex, length: int) -> int:
    """Check the position of the right answer among so many."""
    try:
        position = operator.index(index)
    except TypeError:
        position = -1
    if not 0 <= position < length:
        raise ValueError(f"the right answer is a position from 0 to {length - 1}, but {index} was given")
    return position
