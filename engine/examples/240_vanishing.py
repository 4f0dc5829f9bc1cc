# title: The gradient that fades
# sentence: A sigmoid passes on a quarter of the gradient at most, so after a few layers little is left.
# level: building blocks

x = 0.5
w = 1.0
h = x
for layer in range(6):
    h = sigmoid(w * h)

h.backward()
print(f"after six layers x still gets {x.grad:.6f}")
