"""Ask both accounts before they become one player."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a table for wishes that wait for a yes."""
    op.create_table(
        "link_wishes",
        sa.Column("asking", _ID, autoincrement=False, nullable=False),
        sa.Column("asked", _ID, nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("asking_agrees", sa.Boolean(), nullable=False),
        sa.Column("asked_agrees", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("asking", name=op.f("pk_link_wishes")),
        sa.UniqueConstraint("asked", name=op.f("uq_link_wishes_asked")),
    )
