"""How the tables came to be what they are, one step a file; alembic applies what a database does not have yet."""
