"""Let members sign in in another browser with a link of their own."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Instant

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns to members."""
    op.add_column("members", sa.Column("link_digest", sa.Text()))
    op.add_column("members", sa.Column("link_until", Instant()))
    op.create_index("ix_members_link_digest", "members", ["link_digest"], unique=True)
