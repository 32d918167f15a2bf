"""Know which of a player's accounts gave an answer, so that it goes along when they part."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Answers from before have none: nobody knows any more who of several gave them."""
    op.add_column("answers", sa.Column("account", sa.Text(), nullable=True))
