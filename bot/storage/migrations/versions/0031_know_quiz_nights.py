"""Know quiz nights, and which rounds belong to one."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Instant

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a table, and a column to rounds."""
    op.create_table(
        "nights",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("space_id", _ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("bank", sa.Text()),
        sa.Column("topic", sa.Text()),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("stops", sa.Boolean(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_nights_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nights")),
    )
    going_on = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_nights_going_on",
        "nights",
        ["space_id", "channel"],
        unique=True,
        sqlite_where=going_on,
        postgresql_where=going_on,
    )
    op.add_column("rounds", sa.Column("night_id", _ID))
    of_a_night = sa.text("night_id IS NOT NULL")
    op.create_index("ix_rounds_night", "rounds", ["night_id"], sqlite_where=of_a_night, postgresql_where=of_a_night)
