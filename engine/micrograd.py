"""Neurons, layers and nets as `micrograd.nn` makes them: relu, and a linear last layer."""

import random
from collections.abc import Sequence
from typing import SupportsIndex

from engine import nn


class Neuron(nn.Neuron):
    """A neuron that bends by relu, or not at all."""

    def __init__(self, nin: SupportsIndex, nonlin: bool = True, *, rng: nn.Weights = random) -> None:  # noqa: FBT001, FBT002
        super().__init__(nin, "relu", nonlin=nonlin, rng=rng)


class Layer(nn.Layer):
    """A layer of such neurons."""

    def __init__(
        self, nin: SupportsIndex, nout: SupportsIndex, *, nonlin: bool = True, rng: nn.Weights = random
    ) -> None:
        super().__init__(nin, nout, "relu", nonlin=nonlin, rng=rng)


class MLP(nn.MLP):
    """A net of such layers; the last one is linear."""

    def __init__(self, nin: SupportsIndex, nouts: Sequence[SupportsIndex], *, rng: nn.Weights = random) -> None:
        super().__init__(nin, nouts, "relu", last=nn.LINEAR, rng=rng)
