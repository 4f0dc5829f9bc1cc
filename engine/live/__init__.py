"""A run while it goes on: what is told of it after a backward pass, and what it is told."""
