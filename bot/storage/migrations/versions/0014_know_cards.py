"""Know whether a series asks cards, and as which kind a series asks a question."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and an index; questions from before are asked as what they are."""
    op.add_column("series", sa.Column("cards", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("questions", sa.Column("series_kind", sa.Text(), nullable=True))
    cards = sa.text("kind = 'card'")
    op.create_index("ix_rounds_cards", "rounds", ["league_id", "opened_at"], sqlite_where=cards, postgresql_where=cards)
