# title: Attention with single numbers
# sentence: A query is compared with three keys, and the answer is a mixture of their values.
# level: beyond

query = 1.0
keys = [Value(0.8), Value(-0.5), Value(0.1)]
values = [Value(1.0), Value(2.0), Value(3.0)]

shares = softmax([query * key for key in keys])
answer = sum(share * value for share, value in zip(shares, values))
answer.backward()
print(" ".join(f"{share:.3f}" for share in shares))
print(f"answer {answer:.3f}, slope of the query {query.grad:.3f}")
