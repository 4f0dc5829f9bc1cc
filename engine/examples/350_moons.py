# title: Two moons, four points at a time
# sentence: A small net learns from four points per turn, and hinge stops pulling once a point is safe.
# level: learning

random.seed(4)
points, labels = moons(60, 0.1)
net = MLP(2, [4, 1], last="linear")
optimizer = SGD(net.parameters(), lr=0.1, momentum=0.8)

for turn in range(200):
    batch = random.sample(range(len(points)), 4)
    loss = hinge([net(points[i]) for i in batch], [labels[i] for i in batch])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

right = sum(1 for point, label in zip(points, labels) if net(point).data * label > 0)
print(f"{right} of {len(points)} on the right side")
