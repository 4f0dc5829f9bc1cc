# title: Newton's method
# sentence: With the second derivative at hand, jump to where the slope would be 0.
# level: beyond

x = 3.0
for turn in range(6):
    y = x**4 - 3 * x**3 + 2
    slope = grad(y, x)
    bend = grad(slope, x)
    print(f"x = {x.data:.6f}, slope {slope:.6f}")
    x.data -= slope.data / bend.data    # no learning rate to choose

print(f"the lowest point is at 9/4 = {9 / 4}")
