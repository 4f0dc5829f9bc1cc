"""The tests: each folder mirrors a part of the project; `invariants` holds for all of it."""
