# title: Which way did it go?
# sentence: An if decides which operations happen, and only those that did are in the graph.
# level: first steps

def price(weight):
    if weight < 2:
        return 3 + 0.5*weight
    return 2 + weight**1.5    # move the slider of w below 2, and this is gone

w = 2.5
cost = price(w)
print(f"{cost:.2f}")
