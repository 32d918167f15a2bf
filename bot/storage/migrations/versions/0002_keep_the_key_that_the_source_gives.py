"""Keep the key that the source gives beside one that a person corrected, so that an import doesn't undo it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("source_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.drop_column("source_key")
