"""How many planted mistakes are diagnosed, per kind: `python -m tests.predict`."""

from collections import Counter

from engine.predict.task import Task
from engine.predict.verdict import judge
from tests.predict.planted import cases
from tests.predict.test_diagnosis import named

COUNT = 1_000

if __name__ == "__main__":
    given, right = Counter[str](), Counter[str]()
    for case in cases(COUNT):
        given[case.kind] += 1
        right[case.kind] += named(case)
        if not named(case):
            found = judge(case.recording, Task(), case.node, repr(case.answer)).mistake
            print(f"missed: {case.kind} in graph {case.seed}: {found}")
    for kind, count in given.items():
        print(f"{kind:18} {right[kind]:4} of {count:4}")
    print(f"{'all':18} {right.total():4} of {given.total():4}")
