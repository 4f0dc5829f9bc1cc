# title: tanh in pieces
# sentence: Whether tanh is one operation or made of five, the gradient that arrives is the same.
# level: building blocks

x = 0.8
whole = tanh(x)
whole.backward()
print(f"{whole:.6f} {x.grad:.6f}")

x.grad = 0
power = exp(2 * x)
pieces = (power - 1) / (power + 1)
pieces.backward()
print(f"{pieces:.6f} {x.grad:.6f}")
