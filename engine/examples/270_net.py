# title: Neurons, layers, a net
# sentence: A layer is several neurons looking at the same numbers; a net is layers in a row.
# level: building blocks

random.seed(7)
net = MLP(2, [3, 1])    # two numbers in, a layer of three neurons, one out
print(net)
print(len(net.parameters()), "weights and biases")

x = 1.0
y = -0.5
answer = net([x, y])
answer.backward()
