# title: Is that gradient right?
# sentence: Nudge a number to both sides and measure: the slope must come out the same.
# level: building blocks

def f(a, b):
    return a*b + sin(a) / b

a = 1.2
b = 0.7
y = f(a, b)
y.backward()

def measured(h):
    return (f(a.data + h, b.data) - f(a.data - h, b.data)) / (2 * h)

for h in [0.1, 0.01, 0.001]:
    print(f"nudged by {h}: {measured(h):.6f}")

print(f"by the graph: {a.grad:.6f}")
