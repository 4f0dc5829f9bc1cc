"""The playground language: a closed subset of Python, checked as a whole and then run by an interpreter of its own."""
