"""What alembic runs: the steps that are missing, on the connection it was given."""

from alembic import context

from app.links.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
