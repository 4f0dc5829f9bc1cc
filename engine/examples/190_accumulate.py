# title: Gradients add up
# sentence: Every backward pass adds to what is already there, which is why training clears the gradients first.
# level: first steps

a = 2.0
y = 3 * a**2

y.backward()
print(a.grad)    # 12
y.backward()
print(a.grad)    # 24: the second pass was added

y.zero_grad()
y.backward()
print(a.grad)    # 12 again
