"""Know whether a series keeps its results in their questions' threads."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column; the results of series from before are shown to everybody."""
    op.add_column("series", sa.Column("quiet", sa.Boolean(), nullable=False, server_default=sa.false()))
