"""Know where people may ask for quick questions."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns to spaces."""
    op.add_column("spaces", sa.Column("quick_allowed", sa.Text(), server_default="everywhere", nullable=False))
    op.add_column("spaces", sa.Column("quick_channel", sa.Text(), nullable=True))
