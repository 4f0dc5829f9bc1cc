"""How many mutants are named right, per cause, and which are not: `python -m tests.watch`."""

from collections import Counter

from tests.watch.test_mutants import ALL, alike, named

if __name__ == "__main__":
    given, right, same = Counter[str](), Counter[str](), Counter[str]()
    for one in ALL:
        found = named(one)
        if found is None and alike(one):
            same[one.cause] += 1
            continue
        given[one.cause] += 1
        right[one.cause] += found == one.cause
        if found != one.cause:
            print(f"missed: {one.cause} in {one.dress}, {one.change}: {found}")
    for cause, count in given.items():
        print(f"{cause:18} {right[cause]:4} of {count:4} named, {same[cause]} that change no number left out")
    print(f"{'all':18} {right.total():4} of {given.total():4} named")
