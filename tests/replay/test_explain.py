"""Array programs as text: what a learner reads."""

from random import Random

from engine.op import Op
from engine.ops import OPS
from engine.recording import record
from engine.replay import build
from engine.replay.program import compiled
from engine.replay.wiring import Goal, of_recording
from engine.value import Value
from tests.each import each
from tests.replay.graphs import NETWORKS, Network, leaves, of_op, total


def text(network: Network) -> list[str]:
    return [f"{line.name} = {line.text}" for line in build(network.recorded()).explain()]


def test_a_net_reads_as_it_is_written_with_matrices() -> None:
    lines = text(NETWORKS["moons"](Random(1)))
    assert lines[1:7] == [
        "v2 = constants(12 × 2) @ layers[0].neurons.w.T + layers[0].neurons.b",
        "v3 = tanh(v2)",
        "v4 = v3 @ layers[1].neurons.w.T + layers[1].neurons.b",
        "v5 = tanh(v4)",
        "v6 = v5 @ layers[2].neurons[0].w + layers[2].neurons[0].b",
        "v7 = tanh(v6)",
    ]


def test_what_is_summed_with_a_state_is_named() -> None:
    lines = text(NETWORKS["recurrent"](Random(1)))
    assert lines[2] == "v3 = [constants, v2] @ x.T"
    assert lines[-1] == "v11 = v10 @ v10"


def test_an_operation_on_a_whole_array_has_its_shape() -> None:
    lines = build(NETWORKS["softmax"](Random(1)).recorded()).explain()
    assert [line.shape for line in lines[:4]] == [(6, 3)] * 4
    assert str(lines[1]) == "v2 = tanh(v1)  # 6 × 3: 18 nodes"


def test_batches_signs_and_numbers() -> None:
    attention = text(NETWORKS["attention"](Random(1)))
    assert "v5 = v3 @ v1.mT" in attention
    assert "v4 = sum(v3, axis=-1)" in attention
    assert "v5 = v4 - 0.3" in text(NETWORKS["convolution"](Random(1)))
    assert text(NETWORKS["repeated"](Random(1)))[0] == "v1 = sum(signs * x * x, axis=-1) + constants(3)"


@each("op", OPS.values())
def test_every_operation_can_be_said_without_labels(op: Op) -> None:
    recording = of_op(op, op.samples[0])
    assert recording.output is not None
    for way in ("levels", "arrays"):
        lines = compiled(of_recording(recording), Goal(leaves(recording), recording.output), way).explain()
        assert all("x" in line.text or "v" in line.text for line in lines)


def test_different_inputs_stand_in_brackets() -> None:
    inputs = [Value(float(i), label=name) for i, name in enumerate("abcde")]
    recording = record(total([one * one for one in inputs]), inputs=inputs)
    lines = compiled(
        of_recording(recording), Goal(leaves(recording), recording.output or 0), "arrays", labels=list("abcde")
    ).explain()
    assert [line.text for line in lines] == ["[a, b, c, …] @ [a, b, c, …]"]
