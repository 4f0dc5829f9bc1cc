# title: A diamond
# sentence: A number that is used on two paths gets the sum of what comes back along both.
# level: first steps

a = 1.0
b = a + 1    # used twice, so it waits for both before it passes anything on
c = 2 * b
d = 3 * b
e = c + d    # de/db = 2 + 3
e.backward()
print(a.grad)
