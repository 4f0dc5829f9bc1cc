# title: A neuron by hand
# sentence: Weighted inputs, a bias, and a bend: the smallest part of a neural net.
# level: building blocks

x1 = 2.0    # inputs
x2 = 0.0
w1 = -3.0   # weights
w2 = 1.0
b = 6.8813735870195432    # bias

n = x1*w1 + x2*w2 + b
o = tanh(n)
o.backward()
print(f"w2 cannot matter while x2 is 0: {w2.grad:.1f}")
