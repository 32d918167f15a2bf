"""Find the spaces of a league without looking at all there are."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add an index: every draw asks for them."""
    op.create_index(op.f("ix_spaces_league_id"), "spaces", ["league_id"], unique=False)
