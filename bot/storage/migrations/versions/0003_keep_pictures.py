"""Keep the pictures of questions, each once, whichever revisions show it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table for pictures, and to revisions which one they show."""
    op.create_table(
        "images",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_images")),
    )
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("image", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("image_alt", sa.Text(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_revisions_image"), "images", ["image"], ["digest"])
        batch_op.create_index(batch_op.f("ix_revisions_image"), ["image"], unique=False)
