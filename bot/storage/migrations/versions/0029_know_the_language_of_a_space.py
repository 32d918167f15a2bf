"""Know which language the bot speaks to everybody in a space."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column to spaces: so far everything was in English."""
    op.add_column("spaces", sa.Column("language", sa.Text(), server_default="en", nullable=False))
