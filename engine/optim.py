"""Optimizers, which move parameters against their gradients, and schedules for their learning rate.

The arithmetic is PyTorch's, so the same start and the same gradients give the same numbers.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeAlias

from engine.value import Value

Numbers: TypeAlias = Any  # a number, or an array of them
WHOLE = -1  # the place of an array
Number = Value | float  # where a plain number is wanted, a Value is taken as its number


class Optimizer:
    """The parameters to move, and `lr`, the learning rate: how far a step goes. ValueError for what cannot be moved."""

    def __init__(self, parameters: Iterable[Value], lr: Number) -> None:
        self.parameters = list(parameters)
        if not all(isinstance(parameter, Value) and parameter.op is None for parameter in self.parameters):
            raise ValueError(
                "an optimizer moves inputs, weights and biases, not results of operations or plain numbers"
            )
        self.lr = lr
        self.turns = 0

    @property
    def lr(self) -> float:
        """The learning rate; assign to it to change it."""
        return self._lr

    @lr.setter
    def lr(self, rate: Number) -> None:
        self._lr = _plain(rate)

    def zero_grad(self) -> None:
        """Clear the gradients, which otherwise add up from pass to pass."""
        for parameter in self.parameters:
            parameter.grad = 0.0

    def step(self) -> None:
        """Move every parameter once."""
        self.turns += 1
        for place, parameter in enumerate(self.parameters):
            parameter.data -= self.change(place, parameter.grad)

    def move(self, numbers: Numbers, gradients: Numbers) -> None:
        """Move an array of numbers once, in place, by the same rule: all of it is one place."""
        self.turns += 1
        numbers -= self.change(WHOLE, gradients)

    def change(self, place: int, gradient: Numbers) -> Numbers:
        """What to take away from the number at a place, or from an array; what is remembered is kept by place."""
        raise NotImplementedError("an optimizer says how far it moves")


class SGD(Optimizer):
    """Gradient descent; with momentum each step keeps that share of the velocity so far."""

    def __init__(self, parameters: Iterable[Value], lr: Number, momentum: Number = 0.0) -> None:
        super().__init__(parameters, lr)
        self.momentum = _plain(momentum)
        self.velocities: defaultdict[int, Numbers] = defaultdict(float)

    def change(self, place: int, gradient: Numbers) -> Numbers:
        """The learning rate times the velocity."""
        self.velocities[place] = velocity = self.momentum * self.velocities[place] + gradient
        return self.lr * velocity


class Adam(Optimizer):
    """Gradient descent by the running mean of the gradient, over the root of the running mean of its square.

    `betas` are the shares the two means keep of what they were; `eps` keeps the quotient finite. (Kingma and Ba, 2015)
    """

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: Number = 0.001,
        betas: tuple[Number, Number] = (0.9, 0.999),
        eps: Number = 1e-8,
    ) -> None:
        super().__init__(parameters, lr)
        self.betas = _plain(betas[0]), _plain(betas[1])
        self.eps = _plain(eps)
        self.means: defaultdict[int, Numbers] = defaultdict(float)
        self.squares: defaultdict[int, Numbers] = defaultdict(float)

    def change(self, place: int, gradient: Numbers) -> Numbers:
        """The learning rate times the mean, over the root of the mean square."""
        keep, keep_square = self.betas
        whole, whole_square = 1 - keep**self.turns, 1 - keep_square**self.turns  # the means start at 0: scale them up
        self.means[place] = mean = keep * self.means[place] + (1 - keep) * gradient
        self.squares[place] = square = keep_square * self.squares[place] + (1 - keep_square) * gradient * gradient
        return self.lr / whole * mean / (_root(square) / math.sqrt(whole_square) + self.eps)


def cosine(turn: Number, turns: Number, lr: Number = 1.0, last: Number = 0.0) -> float:
    """From `lr` at turn 0 along half a cosine down to `last` at turn `turns`, and there it stays."""
    done = _share(turn, turns)
    return _plain(last) + (_plain(lr) - _plain(last)) * (1 + math.cos(math.pi * done)) / 2


def step_decay(turn: Number, every: Number, lr: Number = 1.0, factor: Number = 0.1) -> float:
    """`lr`, multiplied by `factor` after each `every` turns."""
    return _plain(lr) * math.pow(_plain(factor), _plain(turn) // _turns(every))


def warmup(turn: Number, turns: Number, lr: Number = 1.0) -> float:
    """A straight line that reaches `lr` in the turn number `turns` (the first turn is 0), and stays there."""
    return _plain(lr) * _share(_plain(turn) + 1, turns)


def _share(turn: Number, turns: Number) -> float:
    return min(_plain(turn) / _turns(turns), 1.0)


def _root(x: Numbers) -> Numbers:
    return math.sqrt(x) if isinstance(x, float) else x**0.5


def _turns(turns: Number) -> float:
    if not (count := _plain(turns)) > 0:
        raise ValueError("a schedule needs a number of turns greater than 0")
    return count


def _plain(x: Number) -> float:
    return Value(x).data
