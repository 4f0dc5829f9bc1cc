# title: The derivative is a limit
# sentence: The slope between two points of a curve becomes the slope at one point as the step shrinks.
# level: first steps

def f(x):
    return 3*x**2 - 4*x + 5

x = 2/3    # the bottom of the parabola, so the slope is 0
y = f(x)

at = x.data    # the plain number: nothing is recorded for it
for n in range(1, 7):
    h = 10**-n
    slope = (f(at + h) - f(at)) / h
    print(f"step {h:g}: slope {slope:.6f}")

y.backward()
print(f"no step at all: slope {x.grad:.6f}")
