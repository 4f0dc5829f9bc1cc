"""Loops as learners write them: replayed, they leave what they leave as they stand."""

from tests.each import each
from tests.training.both import facts

NET = """
random.seed(1)
xs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
ys = [1.0, -1.0, -1.0, 1.0]
n = MLP(3, [4, 4, 1])
"""
UPDATE = """    for p in n.parameters():
        p.grad = 0.0
    loss.backward()
    for p in n.parameters():
        p.data += -0.05 * p.grad
"""
FORWARD = """    ypred = [n(x) for x in xs]
    loss = sum((yout - ygt)**2 for ygt, yout in zip(ys, ypred))
"""
LOOP = "for k in range(30):\n"
LINE = """
w = 0.5
b = 0.0
data = [(0.0, 1.1), (1.0, 2.9), (2.0, 5.2), (3.0, 6.8)]
"""

REPLAYED = {
    "the fourth seed": NET + LOOP + FORWARD + UPDATE + "    if k % 10 == 0:\n        print(k, loss.data)\nprint(ypred)",
    "micrograd's demo": NET + """
def loss():
    inputs = [list(map(Value, xrow)) for xrow in xs]
    scores = list(map(n, inputs))
    losses = [(1 + -yi*scorei).relu() for yi, scorei in zip(ys, scores)]
    data_loss = sum(losses) * (1.0 / len(losses))
    alpha = 1e-4
    reg_loss = alpha * sum((p*p for p in n.parameters()))
    total_loss = data_loss + reg_loss
    accuracy = [(yi > 0) == (scorei.data > 0) for yi, scorei in zip(ys, scores)]
    return total_loss, sum(accuracy) / len(accuracy)
for k in range(30):
    total_loss, acc = loss()
    n.zero_grad()
    total_loss.backward()
    learning_rate = 1.0 - 0.9*k/100
    for p in n.parameters():
        p.data -= learning_rate * p.grad
    if k % 1 == 0:
        print(f"step {k} loss {total_loss.data}, accuracy {acc*100}%")
""",
    "an optimizer with a schedule": NET + """
opt = SGD(n.parameters(), lr=0.05, momentum=0.9)
for k in range(30):
    opt.zero_grad()
    loss = mse([n(x) for x in xs], ys)
    loss.backward()
    opt.lr = cosine(k, 30, lr=0.05)
    opt.step()
    if k % 10 == 0:
        print(f"{k}: {loss:.6f}")
""",
    "Adam": NET + "opt = Adam(n.parameters(), lr=0.05)\n" + LOOP + FORWARD
    + "    opt.zero_grad()\n    loss.backward()\n    opt.step()\n",
    "a list of losses": NET + "losses = []\n" + LOOP + FORWARD + UPDATE
    + "    losses.append(loss.data)\nprint(losses[-1], len(losses))",
    "while": NET + "loss = Value(9.0)\nturns = 0\nwhile loss.data > 0.1 and turns < 60:\n" + FORWARD + UPDATE
    + "    turns += 1\nprint(turns)",
    "break, continue and else": NET + LOOP + FORWARD + UPDATE
    + "    if k < 5:\n        continue\n    if loss.data < 1e-9:\n        break\nelse:\n    print('never')",
    "broken off": NET + "for k in range(100):\n" + FORWARD
    + "    if loss.data < 0.05:\n        print(k)\n        break\n" + UPDATE,
    "sums by hand": LINE + """
for k in range(30):
    loss = 0.0
    for x, y in data:
        d = w*x + b - y
        loss += d*d
    loss.zero_grad()
    loss.backward()
    w.data -= 0.02 * w.grad
    b.data -= 0.02 * b.grad
""",
    "one sample at a time": LINE + """
for epoch in range(20):
    for x, y in data:
        loss = (w*x + b - y)**2
        w.grad = 0
        b.grad = 0
        loss.backward()
        w.data -= 0.02 * w.grad
        b.data -= 0.02 * b.grad
""",
    "mini-batches in turn": LINE + """
for k in range(24):
    batch = data[2 * (k % 2):2 * (k % 2) + 2]
    loss = sum((w*x + b - y)**2 for x, y in batch)
    loss.zero_grad()
    loss.backward()
    for p in [w, b]:
        p.data -= 0.02 * p.grad
""",
    "a list that is filled": LINE + """
for k in range(30):
    errors = []
    for x, y in data:
        errors.append((w*x + b - y)**2)
    loss = sum(errors)
    w.grad, b.grad = 0.0, 0.0
    loss.backward()
    w.data -= 0.02 * w.grad
    b.data -= 0.02 * b.grad
print(len(errors), errors[0].data)
""",
    "what is kept from turn to turn": NET + "prev = None\nbest = None\n" + LOOP + FORWARD + UPDATE
    + "    if prev is not None and abs(prev.data - loss.data) < 1e-12:\n        break\n    prev = loss\n"
    + "    if best is None or loss.data < best.data:\n        best = loss\nprint(prev.data, best, loss)",
    "all losses are kept": NET + "history = []\n" + LOOP + FORWARD + UPDATE
    + "    history.append(loss)\nprint([one.data for one in history][::7])\nprint(history[3], history[-1])",
    "numbers as Values": LINE + """
for k in range(30):
    x = Value(1.5)
    t = Value(2.0, label="target")
    loss = (w*x + b - t)**2
    w.grad, b.grad = 0.0, 0.0
    loss.backward()
    w.data -= 0.02 * w.grad
    b.data -= 0.02 * b.grad
    print(x.grad)
print(x, t.label)
""",
    "labels": LINE + """
for k in range(20):
    d = w*1.5 + b - 2.0
    loss = d * d
    print(loss.label, d.label)
    loss.label = f"loss {k}"
    w.grad, b.grad = 0.0, 0.0
    loss.backward()
    w.data -= 0.02 * w.grad
    b.data -= 0.02 * b.grad
print(loss.label)
""",
    "two passes": LINE + """
for k in range(20):
    one = (w*1.5 + b - 2.0)**2
    two = (w*0.5 + b - 1.0)**2
    w.grad, b.grad = 0.0, 0.0
    one.backward()
    two.backward()
    one.backward()
    w.data -= 0.02 * w.grad
    b.data -= 0.02 * b.grad
print(w, one, two)
""",
    "in a function": NET + """
def train(steps):
    for k in range(steps):
        ypred = [n(x) for x in xs]
        loss = sum((yout - ygt)**2 for ygt, yout in zip(ys, ypred))
        n.zero_grad()
        loss.backward()
        for p in n.parameters():
            p.data -= 0.05 * p.grad
    return loss
final = train(20)
print(final.data)
""",
    "a function that does the step": NET + """
def step(rate):
    ypred = [n(x) for x in xs]
    loss = sum((yout - ygt)**2 for ygt, yout in zip(ys, ypred))
    n.zero_grad()
    loss.backward()
    for p in n.parameters():
        p.data -= rate * p.grad
    return loss.data
for k in range(20):
    rate = 0.1 - 0.001 * k
    last = step(rate)
    if k % 5 == 0:
        print(k, last)
""",
    "gradients of what is in between": LINE + """
for k in range(20):
    d = w*1.5 + b - 2.0
    loss = d * d
    w.grad, b.grad = 0.0, 0.0
    loss.backward()
    if k % 7 == 0:
        print(d.grad, loss.grad, d)
    w.data -= 0.02 * w.grad
    b.data -= 0.02 * b.grad
""",
    "the loss is printed as it is": LINE + """
for k in range(20):
    loss = (w*1.5 + b - 2.0)**2
    w.grad, b.grad = 0.0, 0.0
    print(loss)
    loss.backward()
    w.data -= 0.02 * w.grad
    b.data -= 0.02 * b.grad
    print(loss, loss * 2)
""",
    "nan": LINE + """
for k in range(20):
    loss = (w*1.5 + b - 2.0)**4
    w.grad, b.grad = 0.0, 0.0
    loss.backward()
    w.data -= 2e10 * w.grad
    b.data -= 2e10 * b.grad
""",
    "a pass every other turn": LINE + """
for k in range(20):
    loss = (w*1.5 + b - 2.0)**2
    if k % 2 == 0:
        loss.backward()
    else:
        w.data -= 0.02 * w.grad
        b.data -= 0.02 * b.grad
        w.grad = b.grad = 0.0
""",
    "counted by a number that is an input": LINE + """
size = 3
for k in range(20):
    loss = 0.0
    for i in range(size):
        loss += (w*data[i][0] + b - data[i][1])**2
    w.grad, b.grad = 0.0, 0.0
    loss.backward()
    w.data -= 0.02 * w.grad
    b.data -= 0.02 * b.grad
""",
    "a class that trains": """
from micrograd.nn import Module
class Line(Module):
    def __init__(self):
        self.w = Value(0.5)
        self.b = Value(0.0)
    def __call__(self, x):
        return self.w * x + self.b
    def parameters(self):
        return [self.w, self.b]
model = Line()
data = [(0.0, 1.1), (1.0, 2.9), (2.0, 5.2)]
for k in range(20):
    loss = sum((model(x) - y)**2 for x, y in data)
    model.zero_grad()
    loss.backward()
    for p in model.parameters():
        p.data -= 0.02 * p.grad
print(model.w.data)
""",
}  # fmt: skip


@each("name", REPLAYED)
def test_a_loop_is_replayed_and_nobody_notices(name: str) -> None:
    found = facts(REPLAYED[name])
    assert sum(fact["replayed"] for fact in found) >= 8, found  # type: ignore[misc]
