"""Remember for a while which accounts were deleted, so that nothing they did before brings them back."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Instant

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add an empty table: earlier deletions aren't remembered."""
    op.create_table(
        "deletions",
        sa.Column("space_id", _ID, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_deletions_space_id")),
        sa.PrimaryKeyConstraint("space_id", "digest", name=op.f("pk_deletions")),
    )
    op.create_index(op.f("ix_deletions_at"), "deletions", ["at"])
