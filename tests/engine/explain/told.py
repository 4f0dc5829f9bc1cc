"""What the page says of graphs: its modules run in node, on the documents that the service answers."""

import json
import subprocess
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec

from engine.document import Evaluation, Request, evaluate
from engine.examples import EXAMPLES
from engine.explain import LANGUAGES
from tests.invariants.sources import ROOT

SCRIPT = ROOT / "tests" / "js" / "explain-texts.mjs"
HOSTILE = "</script><b>\u202e{line}&$_#^~%\\"
PROGRAMS = {
    **{example.name: example.source for example in EXAMPLES},
    "seed": "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f",
    "lecture": "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nd = a*b\ne = d + c\nL = e*f",
    "twice": "x = 3.0\ny = x*x\nz = y + 2*y - x**2 + relu(x - 3)",
    "kinks": "a = 3.0\nb = a*a\nc = max(b, b) / a + abs(a - 3) + sqrt(a - 3) * a**0.5",
    "extremes": "a = 1000.0\nb = exp(a) - exp(a)\nc = log(-a) + b\nd = 1e-7 * c + 123456.5 * a",
    "repeated": "x = 1.0\nfor i in range(3):\n    x += x * 2\ny = x",
    "hostile": f"a = Value(2.0, label={HOSTILE!r})\nb = Value(1.5, label='__proto__')\n"
    f"c = Value(3.0, label='constructor')\nd = Value(4.0, label={'x' * 50_000!r})\n"
    "e = Value(1.0, label='é b')\ny = a**b / c**d + max(a*b, -c) % e // d",
    "numbered": "v1 = 1.0\nn = softmax([v1, 2*v1, 3*v1])\ny = n[0] * n[1]",
    "leaf": "a = 2.0",
    "nothing": "print(1)",
    "wide": "net = MLP(3, [24, 24, 24, 24, 1])\nx = [1.0, -2.0, 0.5]\ny = net(x)",
    "calls": "def f(x):\n    return x*x + tanh(x)\ns = 0.3\nt = s\nfor i in range(700):\n    t = t + f(s*i)",
    "alone": "def f(n):\n    z = Value(0.1)\n    for i in range(n):\n        z = z * 1.01 + sin(z)\n    return z\n"
    "y = f(900) * f(900)",
    "cut": "x = 1.5\nfor i in range(2001):\n    x = sin(x)",
    "passes": "a = 3.0\nb = a*a\nc = 2*b\nc.backward()\nc.backward()",
}


@cache
def evaluated(name: str, accumulation: str = "pytorch") -> Evaluation:
    """A program of PROGRAMS, run."""
    return evaluate(msgspec.convert({"source": PROGRAMS[name], "accumulation": accumulation}, Request))


def told(asked: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What the page says of programs of PROGRAMS, each by a rule."""
    documents = [
        {"document": json.loads(evaluated(name, rule).document()), "source": PROGRAMS[name], "rule": rule}
        for name, rule in asked
    ]
    done = subprocess.run(
        ["node", SCRIPT],
        input=json.dumps({"documents": documents, "languages": LANGUAGES}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
