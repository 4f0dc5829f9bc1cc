# title: The same number twice
# sentence: In x*x both factors are x: two edges, and both carry a part of its gradient.
# level: first steps

x = 3.0
y = x * x    # one part is 3, the other part is 3: together 2*x
y.backward()
print(x.grad)
