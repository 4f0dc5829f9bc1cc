"""Predict, then reveal: numbers of a graph are hidden, a learner says them, and a wrong answer is diagnosed."""
