"""Compare an SQLite file's schema with the one that the migrations make.

A doctored file may hold more than tables: a trigger that makes somebody a host at the next answer, a view in a table's
place, a column with a formula. So the file may hold only tables and indexes that the program itself creates.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.storage.migrating import revisions, upgrade

_SQLITES_OWN = frozenset(
    {
        "CREATE TABLE sqlite_sequence(name,seq)",
        "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
        "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
    }
)
"""Tables that SQLite adds by itself. Their names prove nothing: a doctored file may give them to something else."""
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r" ?([(),]) ?")
_QUOTES = str.maketrans("", "", '"`')
_PIECES = "SELECT type, name, tbl_name, sql FROM sqlite_master"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A table, an index, or anything else in a schema; ``parts`` are its columns and constraints, in no order."""

    kind: str
    name: str
    table: str
    parts: frozenset[str]


def check_shape(copy: sqlite3.Connection, others: Collection[sa.Table] = ()) -> None:
    """Check that a file holds exactly the tables and indexes that Quizbot had at the file's revision.

    Args:
        copy: a connection to the file, whose content isn't trusted.
        others: tables that adapters keep in the same database; they may be missing, but not different.

    Raises:
        BadInput: the file holds something else; the message names the first difference.
        sqlite3.DatabaseError: the file can't be read.
    """
    found = Counter(_pieces(copy))
    for piece in found:
        if piece.kind not in {"table", "index"} or any("virtual table" in part for part in piece.parts):
            raise BadInput(
                _("it has a {kind} “{name}”, which Quizbot never creates").format(kind=piece.kind, name=piece.name)
            )
    if not any((piece.kind, piece.name) == ("table", "alembic_version") for piece in found):
        raise BadInput(_("it isn't a Quizbot database"))
    ours, theirs = _made(_revision(copy), others)
    if missing := min((piece.name for piece in ours - found), default=None):
        raise BadInput(_("“{name}” is missing from it, or isn't as Quizbot creates it").format(name=missing))
    if strange := min((piece.name for piece in found - ours - theirs), default=None):
        raise BadInput(_("it has “{name}”, which Quizbot never creates").format(name=strange))


def _revision(copy: sqlite3.Connection) -> str:
    rows = copy.execute("SELECT version_num FROM alembic_version").fetchall()
    known = revisions()
    if len(rows) != 1 or not isinstance(rows[0][0], str):
        raise BadInput(_("it doesn't say which version of Quizbot made it"))
    if rows[0][0] not in known:
        raise BadInput(_("it comes from a newer Quizbot: update this one"))
    return str(rows[0][0])


def _made(revision: str, others: Collection[sa.Table]) -> tuple[Counter[_Piece], Counter[_Piece]]:
    """Return the tables and indexes that the migrations up to a revision create, and those of adapters."""
    migrated, beside = (sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool) for _each in range(2))
    try:
        with migrated.begin() as connection:
            upgrade(connection, to=revision)
            ours = Counter(_pieces(_driver(connection)))
        with beside.begin() as connection:
            for table in others:
                table.create(connection)
            theirs = Counter(_pieces(_driver(connection)))
    finally:
        migrated.dispose()
        beside.dispose()
    return ours, theirs


def _driver(connection: sa.Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError("SQLite's own driver was asked for")
    return driver


def _pieces(connection: sqlite3.Connection) -> list[_Piece]:
    rows = connection.execute(_PIECES).fetchall()
    return [
        _Piece(str(kind), str(name), str(table), _parts(str(sql or "")))
        for kind, name, table, sql in rows
        if not (kind == "table" and sql in _SQLITES_OWN)
        and not (kind == "index" and sql is None)  # it belongs to a constraint of its table
    ]


def _parts(sql: str) -> frozenset[str]:
    """Split a statement at its outer commas, without an order: it differs between versions of the tools."""
    text = _AROUND.sub(r"\1", _SPACE.sub(" ", sql.translate(_QUOTES))).strip()
    parts, depth, began = [], 0, 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 1 and sign in "(,":
            parts.append(text[began:at])
            began = at + 1
    return frozenset(part.casefold() for part in (*parts, text[began:].removesuffix(")")))
