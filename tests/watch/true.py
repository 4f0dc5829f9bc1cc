"""The common program of the dresses by PyTorch: its number, and its gradients."""

from collections.abc import Mapping

import torch

HOME = {"x": 0.7, "y": -1.3, "z": 2.1}


def true(**moved: float) -> tuple[float, dict[str, float]]:
    """The result and the gradients, with some inputs elsewhere."""
    numbers: Mapping[str, float] = {**HOME, **moved}
    x, y, z = leaves = [torch.tensor(numbers[name], dtype=torch.float64, requires_grad=True) for name in "xyz"]
    p = x * y + z
    q = p * x - y / z
    r = (q + p).tanh()
    s = (r * r + x**3).exp()
    t = (s + z.log()).relu() * 0.5
    u = (-p).sigmoid() * t
    w = (p - s) * u + s * r + q * q
    found = torch.autograd.grad(w, leaves)
    return w.item(), {name: one.item() for name, one in zip("xyz", found, strict=True)}
