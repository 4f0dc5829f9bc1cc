"""The first tables: links, and who holds them."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, String

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "links",
        Column("id", String(52), primary_key=True),
        Column("digest", LargeBinary(32), nullable=False, unique=True),
        Column("state", LargeBinary),
        Column("answer", String(64), nullable=False),
        Column("edition", String(64), nullable=False),
        Column("made", BigInteger, nullable=False),
        Column("renewed", BigInteger, nullable=False),
    )
    op.create_index("links_renewed", "links", ["renewed"])
    op.create_table(
        "holds",
        Column("link", String(52), ForeignKey("links.id"), primary_key=True),
        Column("token", LargeBinary(32), primary_key=True),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("holds")
    op.drop_table("links")
