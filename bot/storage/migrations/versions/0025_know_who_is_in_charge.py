"""Know which host set the bot up in a space."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "in_charge",
        sa.Column("space_id", _ID, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_in_charge_space_id")),
        sa.PrimaryKeyConstraint("space_id", name=op.f("pk_in_charge")),
    )
