"""Let each space, and the operator, name their banks without regard to those of others."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Replace the uniqueness of a name among all banks by one among those of an owner."""
    if op.get_bind().dialect.name == "sqlite":
        _make_the_table_again()
    else:
        op.drop_constraint(op.f("uq_banks_folded_name"), "banks", type_="unique")
    op.create_index("ix_banks_of_a_space", "banks", ["space_id", "folded_name"], unique=True)
    op.create_index(
        "ix_banks_of_the_operator",
        "banks",
        ["folded_name"],
        unique=True,
        sqlite_where=sa.text("space_id IS NULL"),
        postgresql_where=sa.text("space_id IS NULL"),
    )


def _make_the_table_again() -> None:
    """SQLite can't drop a constraint. Questions refer to banks: until the commit, they may do so in vain."""
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute("CREATE TEMPORARY TABLE banks_before AS SELECT * FROM banks")
    op.drop_table("banks")
    op.create_table(
        "banks",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("space_id", _ID, nullable=True),
        sa.Column("starter", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_banks_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_banks")),
    )
    columns = "id, name, folded_name, title, version, space_id, starter, notes, findings"
    op.execute(f"INSERT INTO banks ({columns}) SELECT {columns} FROM banks_before")  # noqa: S608 - names from above
    op.execute("DROP TABLE banks_before")
