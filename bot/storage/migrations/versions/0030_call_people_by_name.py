"""Know whom the questions of a series call, number them, and know whether a missed day of a week ends streaks."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column each: series from before call nobody, rounds have no number, and every missed day ends a streak."""
    op.add_column("series", sa.Column("mention", sa.Text()))
    op.add_column("rounds", sa.Column("number", sa.Integer()))
    op.add_column("leagues", sa.Column("streak_freeze", sa.Boolean(), server_default=sa.false(), nullable=False))
