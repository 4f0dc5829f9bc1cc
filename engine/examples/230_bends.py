# title: Four ways to bend
# sentence: What an activation does to a number, and what it lets through on the way back.
# level: building blocks

x = -1.5
bends = [tanh(x), sigmoid(x), relu(x), softplus(x)]

for bend in bends:
    x.grad = 0
    bend.backward()
    print(f"{bend:.4f} with slope {x.grad:.4f}")

y = sum(bends)    # try x = 1.5: relu opens
x.grad = 0
y.backward()
