"""A loop that is not replayed says why."""

from engine.training.reasons import REASONS
from tests.each import each
from tests.training.both import STREAM, facts, told

HEAD = "w = 0.5\nb = 0.25\nxs = [0.5, 1.0, 1.5]\nseen = []\n"
LOSS = "    loss = sum((w*x + b - 2)**2 for x in xs)\n"
UPDATE = "    loss.backward()\n    w.data -= 0.01 * w.grad\n    w.grad = 0.0\n"
TURNS = "for k in range(12):\n"
PROGRAMS = {
    "outer": "for epoch in range(6):\n  for k in range(2):\n" + (LOSS + UPDATE).replace("    ", "      "),
    "passless": TURNS + LOSS + "    if k > 99:\n        loss.backward()\n",
    "stream": "z = zip(xs, xs)\n" + TURNS + "    loss = w*b + sum(x for x, _ in z)\n" + UPDATE,
    "rebinds": "def make():\n    n = 0.0\n    def f(x):\n        nonlocal n\n        n = 1.0\n        return w*x\n"
    "    return f\nf = make()\n" + TURNS + "    loss = (f(2) + b)**2\n" + UPDATE,
    "changes": TURNS + "    loss = [w*b, seen.append(k)][0]**2\n" + UPDATE,
    "earlier": "c = w*b\n" + TURNS + "    loss = (c + w)**2\n" + UPDATE,
    "odd": TURNS + "    loss = {w*b}\n    for loss in loss:\n        pass\n" + UPDATE,
    "moves": TURNS + "    c = w*b\n    w.data += 0.5\n    loss = (c + w)**2\n" + UPDATE,
    "assigned": TURNS + "    c = w*b\n    c.data = 3.0\n    loss = (c + w)**2\n" + UPDATE,
    "root": "loss = w*b\n" + TURNS + "    c = w*b\n" + UPDATE,
    "both": TURNS + "    loss = (w * b.data)**2\n" + UPDATE,
    "varies": TURNS + "    xs.append(0.1)\n" + LOSS + UPDATE,
    "keyed": TURNS + "    x = Value(1.0)\n    loss = (w*x + b)**2\n" + UPDATE,
    "small": TURNS + LOSS + UPDATE,
}


@each("reason", REASONS)
def test_each_reason_is_one_that_a_program_has(reason: str) -> None:
    source = HEAD + PROGRAMS[reason]
    inputs = {"x": 2.0} if reason == "keyed" else {}
    trainers: list[object] = []
    told(source, trainers, STREAM, small=40 if reason == "small" else 0, inputs=inputs)  # type: ignore[arg-type]
    found = trainers[0].facts()  # type: ignore[attr-defined]
    assert REASONS[reason] in [fact["reason"] for fact in found]


@each("reason", REASONS)
def test_whatever_the_reason_the_program_does_what_it_does(reason: str) -> None:
    facts(HEAD + PROGRAMS[reason])
