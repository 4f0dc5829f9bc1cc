"""How fast, beside whom: `python -m tests.bench` measures it, prints the table and writes docs/measured.md."""
