"""Know whether the hosts of a league see who hasn't answered yet."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column to leagues: so far they see only how many."""
    op.add_column("leagues", sa.Column("name_unanswered", sa.Boolean(), server_default=sa.false(), nullable=False))
