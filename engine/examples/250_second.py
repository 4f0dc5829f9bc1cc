# title: A derivative of a derivative
# sentence: The gradient is a graph itself, so it can be differentiated again.
# level: building blocks

x = 2.0
y = x**3
slope = grad(y, x)        # 3*x**2
bend = grad(slope, x)     # 6*x
print(y.data, slope.data, bend.data)
