"""The metadata of all tables, and the type of their ids."""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite uses an "INTEGER PRIMARY KEY" as the row's own number; any other type costs an extra index.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def id_column(name: str = "id") -> sa.Column[int]:
    """Make a primary key whose values come from the program, never from the database."""
    return sa.Column(name, ID, primary_key=True, autoincrement=False)
