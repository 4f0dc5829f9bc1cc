"""Training of any program: a learner's loop is found, recorded, guarded and replayed.

The loop
    A loop may train if `backward`, or a function that names it, is named inside. Its turns are looked at statement by
    statement; what counts is the innermost loop in whose turn a backward pass is done.

What is skipped
    Statements that only build a graph: they make Values, and do nothing else that could be noticed from outside. They
    print nothing, take no number out of a Value (the whole number of an input is counted on instead), draw no random
    numbers, assign no `.data` or `.grad`, do no pass, and change nothing that was there before them; a list that they
    themselves have made they may change. A statement that does more is run; where it calls functions or holds others,
    these are looked at in the same way from the next turn on. Everything else is run in every turn, as it stands.

When it is skipped
    When all that the statements can read is what it was: the names they read, and those that the functions they can
    reach read, hold the same things (or small lists of the same things, made anew), and none of the lists, dicts, sets,
    objects and classes that can be reached from these was changed. Then they would build the same graph again, of the
    numbers that the leaves hold now. An array program computes these numbers, and the names get what they would have
    got: Values whose graph is made only if somebody looks at it (`engine.language.pending`). So nothing that a program
    can do with them is forbidden: it finds what it would have found, at worst as slowly as ever. If somebody has
    looked, or leaves have moved, before the statements of a turn are through, the rest of that turn is run.

The pass
    A pass from a Value that also was the root of a pass in the recorded turn adds the program's gradients to the
    leaves. Any other is done by walking the graph, once that is made.

What is charged
    Nodes, lines and keys of inputs are those of the recorded turn. So are steps, but of those that were not taken only
    one in `SHARE` counts towards the budget, which is there to bound the work that is done.

When it is given up
    `reasons` has the list: a loop that is not replayed says why. Graphs that are built faster than they are replayed
    are not replayed at all. A turn that repeats no recorded one is run as it stands, and recorded; as long as none has
    been replayed, only a few are, and after that one in a while is compared.

Whether it is right
    A program is held to its own recorded turn before it is used. That replayed and plain runs leave the same is what
    `tests/training` is for: examples, loops as learners write them, every way to change what a graph is made of, and
    generated programs.
"""

from engine.training.trainer import Trainer

__all__ = ["Trainer"]
