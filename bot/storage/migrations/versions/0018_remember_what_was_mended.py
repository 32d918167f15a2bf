"""Remember what people made of a file's questions before they stored them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column; banks from before remember nothing."""
    op.add_column("banks", sa.Column("mendings", sa.JSON(), nullable=False, server_default="[]"))
