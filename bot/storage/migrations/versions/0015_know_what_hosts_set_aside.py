"""Find the answers that were typed in a space, and keep which of them its hosts have set aside."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add an index of the rounds whose answers are typed, and a table."""
    op.create_index(
        "ix_rounds_typed",
        "rounds",
        ["space_id", "id"],
        sqlite_where=sa.text("key_text IS NOT NULL"),
        postgresql_where=sa.text("key_text IS NOT NULL"),
    )
    op.create_table(
        "set_aside",
        sa.Column("space_id", _ID, nullable=False),
        sa.Column("question_id", _ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_set_aside_space_id")),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_set_aside_question_id")),
        sa.PrimaryKeyConstraint("space_id", "question_id", "code", name=op.f("pk_set_aside")),
    )
    op.create_index("ix_set_aside_question_id", "set_aside", ["question_id"])
