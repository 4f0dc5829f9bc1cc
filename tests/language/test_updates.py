"""Loops over parameters, run at once: they do what they do in CPython, whatever stands in the list."""

from tests.each import each
from tests.language.agreement import disagreement, ours

HEAD = """a = 2.0
b = -3.0
ws = [a, b, Value(0.5)]
y = a*b + sum(ws)
y.backward()
rate = [0.1][0]
whole = [2][0]
lr = 0.25
"""
BODIES = [
    "p.grad = 0.0",
    "p.grad = 0",
    "p.grad = 1.0",
    "p.data -= 0.1 * p.grad",
    "p.data += -0.1 * p.grad",
    "p.data -= p.grad * 0.1",
    "p.data -= rate * p.grad",
    "p.data -= whole * p.grad",
    "p.data -= lr * p.grad",
    "p.data -= 2 * p.grad",
    "p.data *= 0.5 * p.grad",
    "p.data -= 0.1 * q.grad",
    "p.data -= p * p.grad",
    "a.data -= 0.1 * p.grad",
    "p.data -= 0.1 * p.grad; p.grad = 0",
]
LISTS = [
    "ws",
    "[a]",
    "[]",
    "(a, b)",
    "[y, a]",
    "[a, a, b]",
    "ws + [Value(1.0) * 2]",
    "list(reversed(ws))",
    "[Value(7.0)]",
]


@each("body", BODIES)
@each("things", LISTS)
def test_all_is_as_in_cpython(body: str, things: str) -> None:
    before = "q = b\np = 0\n" if body.startswith("a.") else "q = b\n"
    show = f"print([w.data for w in ws], [w.grad for w in ws], y.data, y.grad)\nfor p in {things}:\n    {body}\n"
    after = "print([w.data for w in ws], [w.grad for w in ws], y.data, y.grad)\nprint(p)\n"
    source = HEAD + before + show + after
    assert not disagreement(source), source


@each("things", ["[1.0, a]", "[a, 'b']", "5", "[a, None]"])
@each("body", BODIES[:5])
def test_what_is_no_parameter_goes_wrong_as_ever(body: str, things: str) -> None:
    source = HEAD + f"for p in {things}:\n    {body}\n"
    found = ours(source)
    assert found.failed in (9, 10)
    assert not disagreement(source), source
