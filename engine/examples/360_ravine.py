# title: A ravine, and Adam
# sentence: Where one direction is steep and the other flat, Adam gives each number a step of its own.
# level: learning

def height(x, y):
    return 10 * x**2 + 0.1 * y**2

x = 1.0
y = 4.0
optimizer = Adam([x, y], lr=0.5)
for turn in range(60):
    h = height(x, y)
    optimizer.zero_grad()
    h.backward()
    optimizer.lr = cosine(turn, 60, lr=0.5)    # large steps first, small ones at the end
    optimizer.step()
    if turn % 15 == 0:
        print(f"turn {turn}: height {h:.5f} with steps of {optimizer.lr:.3f}")

print(f"x = {x.data:.3f}, y = {y.data:.3f}")
