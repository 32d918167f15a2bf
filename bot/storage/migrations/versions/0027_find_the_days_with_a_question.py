"""Find the days on which a league's series asked without looking at every round."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add an index: streaks skip days without a question."""
    op.create_index(
        "ix_rounds_series",
        "rounds",
        ["league_id", "opened_at"],
        unique=False,
        sqlite_where=sa.text("series_id IS NOT NULL"),
        postgresql_where=sa.text("series_id IS NOT NULL"),
    )
