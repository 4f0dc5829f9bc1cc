import math
from collections.abc import Callable

import pytest
import torch

from engine.losses import cross_entropy, hinge, mse, softmax
from engine.value import Value
from tests.each import each

NUMBERS = [0.5, -1.25, 2.0, 0.25]
LABELS = [1.0, -1.0, -1.0, 1.0]


def leaves(numbers: list[float]) -> tuple[list[Value], torch.Tensor]:
    return [Value(x) for x in numbers], torch.tensor(numbers, dtype=torch.float64, requires_grad=True)


def assert_same(ours: Value, theirs: torch.Tensor, xs: list[Value], tensor: torch.Tensor) -> None:
    ours.backward()
    theirs.backward()  # type: ignore[no-untyped-call]
    assert tensor.grad is not None
    assert ours.data == pytest.approx(theirs.item(), rel=1e-12)
    assert [x.grad for x in xs] == pytest.approx(tensor.grad.tolist(), rel=1e-12, abs=1e-15)


def test_mse_is_pytorch_s() -> None:
    xs, tensor = leaves(NUMBERS)
    assert_same(mse(xs, LABELS), torch.nn.functional.mse_loss(tensor, torch.tensor(LABELS).double()), xs, tensor)


def test_hinge_is_the_margin_loss() -> None:
    xs, tensor = leaves(NUMBERS)
    labels = torch.tensor(LABELS, dtype=torch.float64)
    assert_same(hinge(xs, LABELS), torch.relu(1 - labels * tensor).mean(), xs, tensor)


@each("index", range(4))
@each("scale", [1.0, 50.0, 1e4])
def test_cross_entropy_is_pytorch_s(index: int, scale: float) -> None:
    xs, tensor = leaves([scale * x for x in NUMBERS])
    theirs = torch.nn.functional.cross_entropy(tensor[None], torch.tensor([index]))
    assert_same(cross_entropy(xs, index), theirs, xs, tensor)


@pytest.mark.parametrize("scale", [1.0, 1e4])
def test_softmax_is_pytorch_s(scale: float) -> None:
    xs, tensor = leaves([scale * x for x in NUMBERS])
    ours, theirs = softmax(xs), torch.softmax(tensor, 0)
    assert [p.data for p in ours] == pytest.approx(theirs.tolist(), rel=1e-12)
    assert_same(ours[0] + 3 * ours[2], theirs[0] + 3 * theirs[2], xs, tensor)


def test_sums_start_at_their_first_term() -> None:
    names = [node.op.name for node in mse([Value(1.0), Value(2.0)], [0.0, 0.0]).history() if node.op]
    assert names == ["sub", "pow", "sub", "pow", "add", "div"]
    share = softmax([Value(1.0), Value(2.0)])[0]
    plain = [x for node in share.history() for x in node.operands if isinstance(x, float)]
    assert plain == [2.0, 2.0]  # the largest, taken from both


def test_a_single_prediction_is_a_list_of_one() -> None:
    assert mse(Value(3.0), 1.0).data == 4.0
    assert hinge(Value(0.25), 1.0).data == 0.75


def test_plain_numbers_give_a_plain_number() -> None:
    assert mse([1.0, 2.0], [0.0, 0.0]) == 2.5
    assert softmax([0.0, 0.0]) == [0.5, 0.5]
    assert cross_entropy([0.0, 0.0], 1) == pytest.approx(math.log(2))


@pytest.mark.parametrize(
    ("loss", "words"),
    [
        (lambda: mse([Value(1.0)], [1.0, 2.0]), "mse compares two lists of the same length, but got 1 and 2"),
        (lambda: hinge([Value(1.0)], []), "hinge compares"),
        (lambda: mse([], []), "the list is empty"),
        (lambda: softmax([]), "the list is empty"),
        (lambda: cross_entropy([Value(1.0), Value(2.0)], 2), "from 0 to 1, but 2 was given"),
        (lambda: cross_entropy([Value(1.0)], -1), "from 0 to 0, but -1 was given"),
        (
            lambda: cross_entropy([Value(1.0)], 0.5),  # type: ignore[arg-type]
            "from 0 to 0, but 0.5 was given",
        ),
    ],
)
def test_wrong_sizes_are_refused_in_plain_words(loss: Callable[[], object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        loss()
