"""Know who was made host in spaces of every platform, and who set a series up."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Move the hosts of the web room into a table of hosts; since when they are hosts isn't known."""
    op.create_table(
        "hosts",
        sa.Column("space_id", _ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_hosts_space_id")),
        sa.PrimaryKeyConstraint("space_id", "channel", "account", "group_id", name=op.f("pk_hosts")),
    )
    op.execute(
        "INSERT INTO hosts (space_id, channel, account, group_id, since) "
        "SELECT space_id, '', external_id, '', 0 FROM members WHERE is_host"
    )
    op.drop_column("members", "is_host")
    op.add_column("series", sa.Column("set_by", sa.Text(), nullable=True))
