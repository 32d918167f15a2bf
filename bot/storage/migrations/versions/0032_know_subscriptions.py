"""Know what members want to be told in direct messages, and which rounds remind people."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Day, Instant

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_posts = sa.table("posts", *map(sa.column, ("kind", "round_id", "private_to", "message_ref", "waiting")))


def upgrade() -> None:
    """Add a table and two columns: posts so far are in the language of their space, and no round reminds anybody.

    News for one person that still waits becomes a direct message.
    """
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
    news = _posts.c.private_to.is_not(None), _posts.c.round_id.is_(None)
    waits = _posts.c.waiting == sa.true(), _posts.c.message_ref.is_(None)
    op.execute(sa.update(_posts).where(*news, *waits).values(kind="direct"))
