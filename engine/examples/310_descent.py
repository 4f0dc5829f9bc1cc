# title: Downhill
# sentence: Step against the slope, again and again, and you arrive at the bottom.
# level: learning

x = 4.0
for turn in range(20):
    y = (x - 1)**2 + 0.5
    x.grad = 0
    y.backward()
    x.data -= 0.2 * x.grad    # the slope says where up is, so go the other way
    if turn % 5 == 0:
        print(f"turn {turn}: y = {y:.5f}")

print(f"x = {x:.4f}")
