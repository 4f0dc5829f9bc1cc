# title: The slope of an algorithm
# sentence: A while loop finds the square root; nobody told it the derivative, and still there is one.
# level: beyond

x = 2.0
root = x
while abs(root.data**2 - x.data) > 1e-9:
    root = (root + x / root) / 2    # Heron's method: too large and too small, take the middle

root.backward()
print(f"root {root:.9f}, slope {x.grad:.9f}")
print(f"the rule 1 / (2 * root) says {1 / (2 * root.data):.9f}")
