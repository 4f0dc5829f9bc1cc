# title: The chain rule
# sentence: A slope through several steps is the product of the slopes of the steps.
# level: first steps

x = 1.5
u = x**2      # du/dx = 2*x
v = sin(u)    # dv/du = cos(u)
y = exp(v)    # dy/dv = exp(v)

y.backward()
by_hand = exp(v.data) * cos(u.data) * 2 * x.data
print(f"by hand {by_hand:.6f}, by the graph {x.grad:.6f}")
