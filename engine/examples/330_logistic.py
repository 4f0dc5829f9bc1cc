# title: Yes or no
# sentence: Logistic regression: how likely an exam is passed after so many hours.
# level: learning

hours = [0.5, 1.0, 1.5, 2.5, 3.0, 4.0]
passed = [0, 0, 1, 0, 1, 1]

w = 0.0
b = 0.0
optimizer = SGD([w, b], lr=0.5)
for turn in range(80):
    loss = 0.0
    for x, y in zip(hours, passed):
        p = sigmoid(w*x + b)
        loss -= log(p) if y == 1 else log(1 - p)    # the surprise at what happened
    loss /= len(hours)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if turn % 20 == 0:
        print(f"turn {turn}: loss {loss:.4f}")

print(f"even chances after {-b.data / w.data:.2f} hours")
