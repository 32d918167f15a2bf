"""Know whom the questions of a series call, and number them."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column each: series from before call nobody, and rounds from before have no number."""
    op.add_column("series", sa.Column("mention", sa.Text()))
    op.add_column("rounds", sa.Column("number", sa.Integer()))
