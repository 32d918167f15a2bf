"""Find what a league was asked in a week without looking at all rounds there ever were."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add an index: weekly posts and the standings page ask for them."""
    op.create_index("ix_rounds_league", "rounds", ["league_id", "opened_at"], unique=False)
