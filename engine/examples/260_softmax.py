# title: Softmax and cross entropy
# sentence: Scores become probabilities, and the loss pulls each score by how wrong its probability is.
# level: building blocks

cat = 2.0
dog = 1.0
fox = -1.0

total = exp(cat) + exp(dog) + exp(fox)
p = exp(dog) / total    # the probability of the right answer
loss = -log(p)
loss.backward()

print(f"p = {p:.4f}, so the gradient of dog is p - 1 = {dog.grad:.4f}")
ready_made = cross_entropy([cat.data, dog.data, fox.data], 1)
print(f"{loss:.6f} {ready_made:.6f}")
