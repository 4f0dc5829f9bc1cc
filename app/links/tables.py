"""The tables in which links are kept.

Times are whole seconds since 1970. A link that has expired keeps its row, without its state: its address is not free.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, MetaData, String, Table

METADATA = MetaData()

LINKS = Table(
    "links",
    METADATA,
    Column("id", String(52), primary_key=True),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("state", LargeBinary),
    Column("answer", String(64), nullable=False),
    Column("edition", String(64), nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("renewed", BigInteger, nullable=False),
    Index("links_renewed", "renewed"),
)

# Everybody who makes the same link holds it by a token of their own. It goes when nobody holds it any more.
HOLDS = Table(
    "holds",
    METADATA,
    Column("link", String(52), ForeignKey("links.id"), primary_key=True),
    Column("token", LargeBinary(32), primary_key=True),
)
