"""Know who is host of the web room, and let sessions be ended there."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_HOSTS = "web room host"
_LINKS = ("accounts linked", "account separated")


def upgrade() -> None:
    """Add columns to members and spaces. Whoever was host stood in the audit alone, as the player that joined."""
    op.add_column("members", sa.Column("is_host", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("members", sa.Column("session_epoch", sa.Integer(), server_default="0", nullable=False))
    op.add_column("members", sa.Column("removed_at", Instant(), nullable=True))
    op.add_column("spaces", sa.Column("had_host", sa.Boolean(), server_default=sa.false(), nullable=False))
    _mark_hosts(op.get_bind())


def _mark_hosts(connection: sa.Connection) -> None:
    audit = sa.table("audit", *(sa.column(name) for name in ("subject", "action", "details")))
    members = sa.table("members", *(sa.column(name) for name in ("space_id", "external_id", "player_id", "is_host")))
    spaces = sa.table("spaces", sa.column("id"), sa.column("adapter"), sa.column("had_host"))
    hosts = connection.scalars(sa.select(audit.c.details).where(audit.c.subject == _HOSTS)).all()
    room = sa.select(spaces.c.id).where(spaces.c.adapter == "web")
    if hosts:
        connection.execute(sa.update(spaces).where(spaces.c.adapter == "web").values(had_host=True))
    for host in {int(one) for one in hosts}:
        became = _became(connection, audit, host)
        theirs = members.c.space_id.in_(room), members.c.player_id.in_(became)
        found = connection.execute(sa.select(members.c.external_id).where(*theirs)).all()
        if len(found) == 1:  # of several accounts of one player nobody knows any more which one it was
            connection.execute(sa.update(members).where(*theirs).values(is_host=True))


def _became(connection: sa.Connection, audit: sa.TableClause, player: int) -> set[int]:
    """The player itself, and what linking and separating made of it."""
    found, waiting = {player}, [player]
    while waiting:
        of = audit.c.subject == f"player {waiting.pop()}", audit.c.action.in_(_LINKS)
        for details in connection.scalars(sa.select(audit.c.details).where(*of)).all():
            if int(details) not in found:
                found.add(int(details))
                waiting.append(int(details))
    return found
