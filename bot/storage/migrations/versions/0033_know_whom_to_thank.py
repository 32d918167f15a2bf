"""Know what members did for questions, until a weekly post thanks them for it."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Instant

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a table: nobody is thanked for what they did before."""
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
