# title: Taylor's series
# sentence: All derivatives at one point tell the whole curve.
# level: beyond

def factorial(n):
    return 1 if n == 0 else n * factorial(n - 1)

x = 0.0
d = exp(2 * x)
terms = []
for n in range(8):
    terms.append(d.data * 0.5**n / factorial(n))
    print(f"derivative {n}: {d.data:.0f}, series so far {sum(terms):.6f}")
    d = grad(d, x)

print(f"the function itself at 0.5: {exp(2 * 0.5):.6f}")
