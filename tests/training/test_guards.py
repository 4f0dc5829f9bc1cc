"""Loops that change on the way, or do what cannot be skipped: they leave what they leave as they stand."""

import pytest

from tests.each import each
from tests.training.both import facts, one

HEAD = """
w = 0.5
b = 0.25
size = 3
place = 0
ws = [Value(0.3 - 0.1*i) for i in range(6)]
data = [(0.25*i, 1.1 + 0.5*i) for i in range(8)]
scale = [1.0, 2.0]
table = {"a": 1.5, "b": 0.5}
few = {1, 2}
"""
UPDATE = """
    for p in [w, b] + ws:
        p.grad = 0.0
    loss.backward()
    for p in [w, b] + ws:
        p.data -= 0.001 * p.grad
"""
LOSS = "    loss = sum((w*x + b + ws[0]*scale[0] + ws[-1]*scale[1] - y)**2 for x, y in data)"
CHANGES = [
    # what is done in one turn to something that the loss is made of
    "ws[0] = Value(0.7)",
    "ws.append(Value(0.7))",
    "ws.insert(0, Value(0.7))",
    "ws.extend([Value(0.7)])",
    "ws += [Value(0.7)]",
    "ws.reverse()",
    "ws.sort(key=lambda v: v.data)",
    "ws.pop()",
    "ws.remove(ws[0])",
    "ws.clear()\n        ws.append(Value(0.7))",
    "random.shuffle(data)\n        random.shuffle(data)",
    "data[1] = (1.0, 7.0)",
    "data *= 2",
    "data.pop(0)",
    "scale[0] = 2",
    "scale[0] = True",
    "scale = [3.0, 1.0]",
    "scale[1] -= 0.5",
    "w = Value(0.9)",
    "w.data = 0.9",
    "data = data[1:]",
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_the_graph_is_made_of_may_change_on_the_way(change: str) -> None:
    found = one(HEAD + "for k in range(24):\n" + LOSS + UPDATE + f"    if k == 11:\n        {change}\n")
    assert found["turns"] == 24
    assert 20 <= found["replayed"] <= 23  # type: ignore[operator]
    facts(HEAD + f"for k in range(24):\n    if k == 11:\n        {change}\n" + LOSS + UPDATE)
    facts(HEAD + "for k in range(24):\n" + LOSS + f"\n    if k > 11 and k % 3 == 0:\n        {change}\n" + UPDATE)


HELD = """
class Box:
    factor = 1.0
    def __init__(self): self.part = 1.0
box = Box()
bent = 1.0
def outer():
    inside = 1.0
    def get(): return inside
    def put(x):
        nonlocal inside
        inside = x
    return get, put
get, put = outer()
def usual(x, more=[1.0]): return x * more[0]
def f(x, y):
    return (w*x*bent*box.factor + b*box.part*get() + usual(ws[0]) + table["a"]*len(few)*ws[1] - y)**2
"""
REMOTE = [
    "bent = 2.0",
    "box.part = 2.0",
    "Box.factor = 2.0",
    "box = Box()\n        box.part = 3.0",
    "put(2.0)",
    "table['a'] = 2.5",
    "table.pop('b')",
    "table.update({'a': 3.0})",
    "table.setdefault('c', 1.0)",
    "table.clear()\n        table['a'] = 2.0",
    "few.add(7)",
    "few.discard(2)",
    "few.remove(1)",
    "few.update([8, 9])",
    "few |= {5}",
    "usual = lambda x: x * 3.0",
    "def usual(x): return x",
    "f = lambda x, y: (w*x + b - y)**2",
]


@pytest.mark.parametrize("change", REMOTE)
def test_what_functions_reach_may_change_on_the_way(change: str) -> None:
    loss = "    loss = sum(f(x, y) for x, y in data)"
    found = one(HEAD + HELD + "for k in range(24):\n" + loss + UPDATE + f"    if k == 11:\n        {change}\n")
    assert 20 <= found["replayed"] <= 23  # type: ignore[operator]
    function = "".join(f"    {line}\n" for line in (loss + UPDATE).splitlines())
    names = ", ".join(sorted({"bent", "box", "usual", "f", "w"}))
    facts(
        HEAD + HELD + f"def train():\n    global {names}, few\n    for k in range(24):\n" + function
        + f"        if k == 11:\n            {change.replace(chr(10), chr(10) + '    ')}\ntrain()\n"
    )  # fmt: skip


WAYS = {
    "a branch on a Value that flips": "    d = w*2 + b\n    loss = d**2 if d > 0.9 else abs(d - 3)",
    "a branch that flips, in a statement": """
    d = w*2 + b
    if d.data > 1.2:
        loss = d**2
    else:
        loss = (d - 3)**2
    e = loss * 2
    print(e.data)""",
    "a branch that goes there and back": """
    d = w*2 + b
    if k % 5 == 2:
        loss = d**2
    else:
        loss = (d - 3)**2""",
    "a growing graph": "    data.append((0.5, k * 0.1))\n" + LOSS,
    "a growing sum": "    loss = w*w\n    for i in range(k):\n        loss = loss + b*i",
    "random mini-batches": "    batch = random.sample(data, 2)\n    loss = sum((w*x + b - y)**2 for x, y in batch)",
    "dropout": "    loss = sum((w*x*(random.random() > 0.3) + b - y)**2 for x, y in data)",
    "the turn is part of it": "    loss = (w*k + b - 2*k)**2",
    "numbers taken out": "    loss = (w * b.data - 2.0)**2 + (b - w.data)**2",
    "the learning rate is part of it": "    rate = 0.1 / (1 + k)\n    loss = (w * rate + b)**2",
    "leaves move between two statements": "    c = w*2\n    w.data += 0.125\n    loss = (c + w*3 - b)**2",
    "leaves move before the pass": "    c = w*b\n    loss = (c + w*3 - b)**2\n    w.data += 0.125\n    b.data = 0.5",
    "results are assigned": "    c = w*b\n    c.data = 3.0\n    loss = (c + w*3 - b)**2\n    print(c, loss.data)",
    "results are assigned afterwards":
    "    c = w*b\n    loss = (c + w - b)**2\n    c.data = 3.0\n    d = c*2\n    print(d.data)",
    "gradients of results are assigned":
    "    c = w*b\n    loss = (c + w - b)**2\n    c.grad = 3.0\n    print(c.grad)",
    "gradients are assigned on the way": "    w.grad = 1.5\n    c = w*b\n    w.grad = 2.5\n    loss = (c + w - b)**2",
    "cleared below": "    c = w*b\n    loss = (c + w*3 - b)**2\n    loss.backward()\n    print(c.grad)\n"
    "    loss.zero_grad()\n"
    "    print(c.grad, w.grad)\n    c.zero_grad()",
    "cleared elsewhere": "    c = w*b\n    loss = (c + w*3 - b)**2\n    loss.backward()\n    c.zero_grad()\n"
    "    print(w.grad)",
    "passes from elsewhere": "    c = w*b\n    loss = (c + w*3 - b)**2\n    if k % 4 == 3:\n        c.backward()\n"
    "    print(c.grad)",
    "a pass in between": "    c = w*b\n    c.backward()\n    loss = (c + w*3 - b)**2\n    print(c.grad, w.grad)",
    "a nameless root": "    (w*b - 2)**2\n    ((w + b)**2).backward()\n    loss = (w - b)**2",
    "one list by two names": "    a = c = [w*2, b*3]\n    a.append(w*b)\n    a[0] = w\n    loss = sum(c)**2",
    "a list that is changed afterwards":
    "    a = [w*2, b*3]\n    loss = sum(a)**2\n    a.append(loss)\n    a[0] = 1.0\n"
    "    print(len(a), a[0])",
    "lists inside lists": "    a = [[w*2, 1.5, 'x'], (b*3, [w])]\n    loss = a[0][0] + a[1][1][0]*a[1][0]\n"
    "    a[0][0] = 7\n    a[1][1].append(1)\n    print(len(a[1][1]))",
    "a dict of results": "    a = {'one': w*2, 2: b*3}\n    loss = (a['one'] + a[2])**2\n    a['one'] = 3\n"
    "    print(a['one'])",
    "literal data": "    batch = [[1.0, 2.0], [2.0, 3.0]]\n    loss = 0.0\n    for pair in batch:\n"
    "        loss = loss + (w*pair[0] + b - pair[1])**2\n    pair.append(5.0)\n    print(batch)",
    "an object made each turn": "    box = [w]\n    box.append(b)\n    loss = (box[0]*box[1] - 2)**2",
    "what the earlier turn left":
    "    loss = (w + b)**2 if k == 0 else (w*b - 1)**2 + 0.01*late\n    late = loss * 0.5",
    "a running mean of Values": "    loss = (w*2 + b - 3)**2\n    mean = loss if k == 0 else mean*0.9 + loss*0.1\n"
    "    print(mean.data)",
    "old losses are looked at": "    loss = (w*2 + b - 3)**2\n    scale.append(loss)\n    if k > 3:\n"
    "        print(scale[-3], scale[-3].grad)",
    "old losses are differentiated": "    loss = (w*2 + b - 3)**2\n    scale.append(loss)\n    if k > 3:\n"
    "        scale[-3].backward()\n        print(w.grad, scale[-3].grad)",
    "a name is taken away": "    c = w*2\n    loss = (c + b - 3)**2\n    del c",
    "a walrus": "    loss = ((c := w*2) + b - 3)**2\n    print([d := c.data, d])",
    "functions on the way": "    def g(x): return w*x\n    loss = (g(2) + b - 3)**2\n    h = lambda x: x*b\n"
    "    loss = loss + h(w)",
    "classes on the way": "    class A:\n        def go(self): return w*2\n    loss = (A().go() + b - 3)**2",
    "a function that prints":
    "    def g(x):\n        print('g', x)\n        return w*x\n    loss = (g(2) + b)**2 + g(3)",
    "printing inside": "    loss = [w*2 + b, print(k)][0]**2",
    "sorted by number": "    loss = sum(v*i for i, v in enumerate(sorted([w, b] + ws, key=lambda v: v.data)))**2",
    "the largest": "    loss = max(w, b, ws[0])**2 + min([w, b])",
    "softmax": "    loss = cross_entropy([w, b, ws[0]], k % 3)",
    "labels of what is in between":
    "    c = w*2\n    d = [c, c*b]\n    print(c.label, d[1].label)\n    for name in d:\n"
    "        pass\n    loss = (d[1] - 1)**2",
    "labels that later statements give":
    "    d = [w*2, w*b]\n    print(d[0].label)\n    loss = sum(one*one for one in d)\n"
    "    print(d[0].label, d[1].label)",
    "equal but not the same": "    same = [1, 1.0, True][k % 3]\n    loss = (w*same + b)**2\n"
    "    print(isinstance(same, int), same)",
    "zero and minus zero": "    zero = 0.0 if k % 2 else -0.0\n    loss = (w + b)**2 + atan2(w*zero, -1.0)",
    "assertions": "    c = w*2\n    assert c.data < 100, 'large'\n    loss = (c + b)**2",
    "nothing to move": "    loss = (w*0.0 + 1.0)**2\n    loss = Value(3.0)",
    "the pass begins at an input":
    "    c = Value(2.0)\n    d = c*w\n    c.backward()\n    print(c.grad)\n    loss = (d - b)**2",
    "passes begin at an input": "    c = Value(2.0)\n    d = c*w\n    c.backward()\n    c.backward()\n"
    "    print(c.grad)\n    loss = d**2",
    "lists deep inside one another": "    deep = w*b\n    for i in range(60):\n        deep = [deep]\n    deep = 0\n"
    "    loss = (w - b)**2",
    "inputs made on the way": "    xs = [Value(1.0), Value(2.0)]\n    xs[0].data = 5.0\n"
    "    loss = sum(x*w for x in xs)**2 + Value(0.5)\n    print(xs)",
    "inputs that move": "    c = Value(1.0)\n    d = c*w\n    c.data = 4.0\n    e = c*b\n    loss = (d + e)**2\n"
    "    print(c)",
    "a number of turns is a Value": "    loss = 0.0\n    for i in range(size):\n"
    "        loss = loss + (w*data[i][0] + b - data[place][1])**2",
    "a number of turns that moves": "    loss = 0.0\n    for i in range(size):\n"
    "        loss = loss + (w*data[i][0] + b - data[place][1])**2\n"
    "    if k == 9:\n        size.data = 5\n    if k == 13:\n        place.data = 1.0",
    "a result of zero": "    c = w*0.0\n    d = [c, c*2]\n    loss = (d[1] + w - b)**2\n    print(c, d)",
    "everything at once": "    loss = step(k)",
}  # fmt: skip
STEP = """
late = 1.0
mean = 0.0
def step(k):
    total = 0.0
    seen = []
    for x, y in data:
        out = w*x + b
        seen.append(out.data > 2)
        if k % 7 == 6:
            out = out * 1.5
        total = total + (out - y)**2
    if k % 4 == 0:
        print(seen, total.data)
    return total
"""


@each("way", WAYS)
def test_whatever_a_turn_does(way: str) -> None:
    facts(HEAD + STEP + "for k in range(18):\n" + WAYS[way] + UPDATE + "print(w, b, ws, loss)")


@each("way", WAYS)
def test_whatever_a_turn_in_a_function_does(way: str) -> None:
    body = (WAYS[way] + UPDATE + "print(w, b, ws)").replace("\n", "\n    ")
    facts(
        HEAD
        + STEP
        + "def run(late, mean, scale):\n    for k in range(18):\n    "
        + body
        + "\nrun(1.0, 0.0, [1.0, 2.0])"
    )
