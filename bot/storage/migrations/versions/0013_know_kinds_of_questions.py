"""Know kinds of questions, and keep answers and keys that are texts."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; everything from before is multiple choice, which is stored in integers."""
    for table in ("questions", "revisions", "rounds"):
        op.add_column(table, sa.Column("kind", sa.Text(), nullable=False, server_default="choice"))
    op.add_column("revisions", sa.Column("key_text", sa.Text(), nullable=True))
    op.add_column("revisions", sa.Column("source_key_text", sa.Text(), nullable=True))
    op.add_column("rounds", sa.Column("key_text", sa.Text(), nullable=True))
    op.add_column("answers", sa.Column("typed", sa.Text(), nullable=True))
