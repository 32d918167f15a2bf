"""Know in which quiz nights, and so in which rounds, quick right answers earn a bonus."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column to both."""
    for table in ("nights", "rounds"):
        op.add_column(table, sa.Column("speed", sa.Boolean(), server_default=sa.false(), nullable=False))
