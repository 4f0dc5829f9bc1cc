from collections.abc import Callable
from typing import Any

import pytest
import torch

from engine.leaf import Input
from engine.optim import SGD, Adam, cosine, step_decay, warmup
from engine.value import Value

START = [-1.5, 2.0]


def height(x: Any, y: Any) -> Any:  # noqa: ANN401  # Values or tensors
    return (1 - x) ** 2 + 3 * (y - x**2) ** 2


def ours(make: Callable[[list[Value]], SGD | Adam], rates: list[float]) -> list[float]:
    parameters = [Value(number) for number in START]
    optimizer, path = make(parameters), []
    for rate in rates:
        optimizer.lr = rate
        optimizer.zero_grad()
        height(*parameters).backward()
        optimizer.step()
        path += [parameter.data for parameter in parameters]
    return path


def theirs(make: Callable[[list[torch.Tensor]], torch.optim.Optimizer], rates: list[float]) -> list[float]:
    parameters = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in START]
    optimizer, path = make(parameters), []
    for rate in rates:
        optimizer.param_groups[0]["lr"] = rate
        optimizer.zero_grad()
        height(*parameters).backward()
        optimizer.step()
        path += [parameter.item() for parameter in parameters]
    return path


@pytest.mark.parametrize("rates", [[0.01] * 60, [cosine(turn, 60, 0.02) for turn in range(60)]])
@pytest.mark.parametrize(
    ("make", "torch_make"),
    [
        (lambda ps: SGD(ps, 0.01), lambda ps: torch.optim.SGD(ps, 0.01)),
        (lambda ps: SGD(ps, 0.01, momentum=0.5), lambda ps: torch.optim.SGD(ps, 0.01, momentum=0.5)),
        (lambda ps: Adam(ps, 0.01), lambda ps: torch.optim.Adam(ps, 0.01)),
        (
            lambda ps: Adam(ps, betas=(0.8, 0.9), eps=1e-3),
            lambda ps: torch.optim.Adam(ps, betas=(0.8, 0.9), eps=1e-3),
        ),
    ],
)
def test_the_path_downhill_is_pytorch_s(
    make: Callable[[list[Value]], SGD | Adam],
    torch_make: Callable[[list[torch.Tensor]], torch.optim.Optimizer],
    rates: list[float],
) -> None:
    assert ours(make, rates) == pytest.approx(theirs(torch_make, rates), rel=1e-12, abs=1e-12)


def test_zero_grad_clears_what_is_moved() -> None:
    x = Value(1.0)
    optimizer = SGD([x], 0.1)
    (x * 3).backward()
    optimizer.zero_grad()
    assert x.grad == 0.0


def test_a_value_is_taken_as_its_number() -> None:
    x = Value(1.0)
    optimizer = SGD([x], Input(0.5), momentum=Value(0.25))
    assert (optimizer.lr, optimizer.momentum) == (0.5, 0.25)
    optimizer.lr = Value(0.125)
    assert type(optimizer.lr) is float
    assert cosine(Input(1), Input(2), Value(4.0)) == pytest.approx(2.0)


def test_an_input_that_was_moved_is_seen_moved() -> None:
    x = Input(2)
    x.grad = 1.0
    SGD([x], 0.5).step()
    assert repr(x) == "1.5"


@pytest.mark.parametrize("wrong", [[Value(1.0) * 2], [1.0], [Value(1.0), "w"]])
def test_only_leaves_are_moved(wrong: list[Any]) -> None:
    with pytest.raises(ValueError, match="an optimizer moves inputs, weights and biases"):
        SGD(wrong, 0.1)


def scheduled(make: Callable[[torch.optim.Optimizer], Any], turns: int) -> list[float]:
    """The rates of one of PyTorch's schedules, from 0.5."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=0.5)
    schedule, rates = make(optimizer), []
    for _ in range(turns):
        rates.append(float(optimizer.param_groups[0]["lr"]))
        optimizer.step()
        schedule.step()
    return rates


def test_schedules_are_pytorch_s() -> None:
    schedules = torch.optim.lr_scheduler
    assert [cosine(t, 20, 0.5, 0.1) for t in range(21)] == pytest.approx(
        scheduled(lambda o: schedules.CosineAnnealingLR(o, 20, eta_min=0.1), 21)
    )
    assert [step_decay(t, 4, 0.5, 0.3) for t in range(20)] == pytest.approx(
        scheduled(lambda o: schedules.StepLR(o, 4, gamma=0.3), 20)
    )
    assert [warmup(t, 5, 0.5) for t in range(10)] == pytest.approx(
        scheduled(lambda o: schedules.LinearLR(o, start_factor=0.2, total_iters=4), 10)
    )


def test_a_cosine_stays_at_its_end() -> None:
    assert cosine(0, 10) == 1.0
    assert cosine(25, 10, 0.5, 0.125) == 0.125


@pytest.mark.parametrize("schedule", [cosine, step_decay, warmup])
def test_a_schedule_needs_turns(schedule: Callable[[float, float], float]) -> None:
    with pytest.raises(ValueError, match="a number of turns greater than 0"):
        schedule(1, 0)
