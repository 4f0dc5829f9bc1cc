# title: A net learns XOR
# sentence: No line separates these four points, but two layers of neurons do.
# level: learning

random.seed(1)
xs = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]
ys = [0.0, 1.0, 1.0, 0.0]    # desired targets

n = MLP(2, [4, 1])
for k in range(200):
    ypred = [n(x) for x in xs]                                       # forward pass
    loss = sum((yout - ygt)**2 for ygt, yout in zip(ys, ypred))
    n.zero_grad()
    loss.backward()                                                  # backward pass
    for p in n.parameters():
        p.data += -0.1 * p.grad                                      # update
    if k % 50 == 0:
        print(k, f"{loss.data:.6f}")

for i in range(len(xs)):
    print(f"input: {xs[i]}, pred: {ypred[i].data:.3f} | target: {ys[i]}")
