"""Let a class join by a code."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns to spaces."""
    op.add_column("spaces", sa.Column("class_code", sa.Text()))
    op.add_column("spaces", sa.Column("class_code_until", Instant()))
