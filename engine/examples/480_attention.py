# title: Attention with single numbers
# sentence: A query is compared with three keys, and the answer is a mixture of their values.
# level: beyond

query = 1.0
k1, k2, k3 = 0.8, -0.5, 0.1    # what each offers
v1, v2, v3 = 1.0, 2.0, 3.0     # what each has to say

shares = softmax([query * k1, query * k2, query * k3])
answer = shares[0] * v1 + shares[1] * v2 + shares[2] * v3
answer.backward()

print(" ".join(f"{share:.3f}" for share in shares))
print(f"answer {answer:.3f}, slope of the query {query.grad:.3f}")
