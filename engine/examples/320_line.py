# title: A line through points
# sentence: Linear regression: two numbers, moved until the line fits.
# level: learning

xs = [0.0, 1.0, 2.0, 3.0, 4.0]
ys = [1.1, 2.9, 5.2, 6.8, 9.1]

w = 0.0
b = 0.0
for turn in range(60):
    loss = mse([w*x + b for x in xs], ys)
    loss.zero_grad()
    loss.backward()
    w.data -= 0.05 * w.grad
    b.data -= 0.05 * b.grad
    if turn % 20 == 0:
        print(f"turn {turn}: loss {loss:.4f}")

print(f"y = {w.data:.2f} * x + {b.data:.2f}")
