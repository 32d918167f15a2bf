"""Know whom a weekly post is to thank, and which week people still have to be told about in direct messages."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Day, Instant

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a table, and a column to spaces: nobody is thanked for what they did before, or told of earlier weeks."""
    op.create_table(
        "thanks",
        sa.Column("space_id", _ID, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("question_id", _ID, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_thanks_space_id")),
        sa.PrimaryKeyConstraint("space_id", "account", "deed", "question_id", name=op.f("pk_thanks")),
    )
    op.add_column("spaces", sa.Column("digest_week", Day()))
    waits = sa.text("digest_week IS NOT NULL")
    op.create_index("ix_spaces_digest", "spaces", ["digest_week"], sqlite_where=waits, postgresql_where=waits)
