"""Know whom the questions of a series call."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column to series: those from before call nobody."""
    op.add_column("series", sa.Column("mention", sa.Text()))
