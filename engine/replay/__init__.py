"""A recording evaluated at other inputs: one setting at a time, or many at once.

`plain` is the reference, a number at a time by the records' own rules. `lanes` computes many settings side by side with
numpy, by `rules` made from the records' texts. `agreement` compares the ways there are to take a derivative.

A recording stands for its program only where the program would have built the same graph at other inputs; whether it
would is for whoever ran it to say.
"""
