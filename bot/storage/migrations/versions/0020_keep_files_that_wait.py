"""Keep files that were read until whoever brought them decides what is stored."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "waiting_imports",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("space_id", _ID, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("format", sa.Text()),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("traces", sa.JSON(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_waiting_imports_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_imports")),
    )
    op.create_index("ix_waiting_imports_account", "waiting_imports", ["space_id", "account"])
