"""Know what members want to be told in direct messages, and which rounds remind people."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Day, Instant

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a table and two columns: posts so far are in the language of their space, and no round reminds anybody."""
    op.create_table(
        "subscriptions",
        sa.Column("space_id", _ID, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("handled_on", Day()),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_subscriptions_space_id")),
        sa.PrimaryKeyConstraint("space_id", "account", "subject", name=op.f("pk_subscriptions")),
    )
    op.add_column("posts", sa.Column("language", sa.Text()))
    op.add_column("rounds", sa.Column("remind_at", Instant()))
    reminds = sa.text("remind_at IS NOT NULL")
    op.create_index("ix_rounds_remind", "rounds", ["remind_at"], sqlite_where=reminds, postgresql_where=reminds)
