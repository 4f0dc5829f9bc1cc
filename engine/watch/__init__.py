"""A learner's own engine, watched: its graph and its gradients beside the true ones, and what is wrong with it."""
