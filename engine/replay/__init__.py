"""A recording evaluated at other inputs: one setting at a time, many at once, or as array programs.

`plain` is the reference, a number at a time by the records' own rules. `lanes` computes many settings side by side with
numpy, by `rules` made from the records' texts. `agreement` compares the ways there are to take a derivative.

`build` turns a recording into a program that computes it again and again: `wiring` are its columns, `normalise` finds
the sums of products, `group` what is alike, `recognise` the matrix products and where every number lies, `forward` and
`reverse` write the numpy calls; `explain` says it in words.

A recording stands for its program only where the program would have built the same graph at other inputs; whether it
would is for whoever ran it to say.
"""

from engine.replay.program import Program, build

__all__ = ["Program", "build"]
