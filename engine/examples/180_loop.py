# title: A loop makes a long chain
# sentence: A loop is unrolled as it runs: ten years of interest are ten multiplications.
# level: first steps

balance = 100.0
rate = 0.05
for year in range(10):
    balance = balance * (1 + rate)

balance.backward()
print(f"after ten years: {balance:.2f}")
print(f"one more percent of interest is worth about {rate.grad / 100:.2f}")
