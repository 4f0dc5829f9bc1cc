# title: Rosenbrock's banana
# sentence: A curved valley that is easy to find and slow to follow: momentum helps.
# level: beyond

x = -1.0
y = 1.5
optimizer = SGD([x, y], lr=0.001, momentum=0.95)
for turn in range(400):
    f = (1 - x)**2 + 100 * (y - x**2)**2
    optimizer.zero_grad()
    f.backward()
    optimizer.step()
    if turn % 100 == 0:
        print(f"turn {turn}: f = {f:.5f} at ({x.data:.3f}, {y.data:.3f})")

print(f"f = {f:.5f} at ({x.data:.3f}, {y.data:.3f}); the minimum is at (1, 1)")
