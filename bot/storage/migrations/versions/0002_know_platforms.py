"""Remember which places the bot left, which groups stand for a team, and find a message by the platform's id."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add what platforms need."""
    with op.batch_alter_table("spaces", schema=None) as batch_op:
        batch_op.add_column(sa.Column("left_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "team_groups",
        sa.Column("space_id", _ID, nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("team_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_team_groups_space_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_team_groups_team_id")),
        sa.PrimaryKeyConstraint("space_id", "external_id", name=op.f("pk_team_groups")),
    )
    with op.batch_alter_table("team_groups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_groups_team_id"), ["team_id"], unique=False)
    op.create_index("ix_posts_message", "posts", ["space_id", "channel", "message_ref"], unique=False)
