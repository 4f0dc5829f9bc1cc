"""Optimizers, which move parameters against their gradients, and schedules for their learning rate.

The arithmetic is PyTorch's, so the same start and the same gradients give the same numbers.
"""

import math
from collections.abc import Iterable

from engine.value import Value

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


class SGD(Optimizer):
    """Gradient descent; with momentum each step keeps that share of the velocity so far."""

    def __init__(self, parameters: Iterable[Value], lr: Number, momentum: Number = 0.0) -> None:
        super().__init__(parameters, lr)
        self.momentum = _plain(momentum)
        self.velocities = [0.0] * len(self.parameters)

    def step(self) -> None:
        """Move every parameter once."""
        for i, parameter in enumerate(self.parameters):
            self.velocities[i] = velocity = self.momentum * self.velocities[i] + parameter.grad
            parameter.data -= self.lr * velocity


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
        self.steps = 0
        self.means = [0.0] * len(self.parameters)
        self.squares = [0.0] * len(self.parameters)

    def step(self) -> None:
        """Move every parameter once."""
        keep, keep_square = self.betas
        self.steps += 1
        whole, whole_square = 1 - keep**self.steps, 1 - keep_square**self.steps  # the means start at 0: scale them up
        for i, parameter in enumerate(self.parameters):
            grad = parameter.grad
            self.means[i] = mean = keep * self.means[i] + (1 - keep) * grad
            self.squares[i] = square = keep_square * self.squares[i] + (1 - keep_square) * grad * grad
            parameter.data -= self.lr / whole * mean / (math.sqrt(square) / math.sqrt(whole_square) + self.eps)


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


def _turns(turns: Number) -> float:
    if not (count := _plain(turns)) > 0:
        raise ValueError("a schedule needs a number of turns greater than 0")
    return count


def _plain(x: Number) -> float:
    return Value(x).data
