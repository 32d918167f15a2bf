"""Know which pictures the choices of questions show, so that a picture stays for as long as a choice shows it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a table; choices from before have no pictures."""
    op.create_table(
        "choice_images",
        sa.Column("question_id", _ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("image", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id", "revision"],
            ["revisions.question_id", "revisions.revision"],
            name=op.f("fk_choice_images_question_id"),
        ),
        sa.ForeignKeyConstraint(["image"], ["images.digest"], name=op.f("fk_choice_images_image")),
        sa.PrimaryKeyConstraint("question_id", "revision", "image", name=op.f("pk_choice_images")),
    )
    op.create_index("ix_choice_images_image", "choice_images", ["image"])
