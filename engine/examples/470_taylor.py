# title: Taylor's series
# sentence: All derivatives at one point tell the whole curve.
# level: beyond

def factorial(n):
    return 1 if n == 0 else n * factorial(n - 1)

x = 0.0
d = exp(x) * cos(x)
terms = []
for n in range(6):
    terms.append(d.data * 0.5**n / factorial(n))
    print(f"derivative {n}: {d.data:+.1f}, series so far {sum(terms):.5f}")
    d = grad(d, x)

print(f"the function itself at 0.5: {exp(0.5) * cos(0.5):.5f}")
