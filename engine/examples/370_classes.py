# title: Three classes
# sentence: The largest of three scores wins, and cross entropy teaches the scores.
# level: learning

random.seed(2)
points, kinds = blobs(30)
net = Layer(2, 3, "linear")    # one neuron per class
optimizer = SGD(net.parameters(), lr=0.5)

for turn in range(50):
    i = turn % len(points)
    loss = cross_entropy(net(points[i]), kinds[i])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

def guess(point):
    scores = [score.data for score in net(point)]
    return scores.index(max(scores))

right = [guess(point) == kind for point, kind in zip(points, kinds)]
print(f"{sum(right)} of {len(right)} right")
