"""Who is in the room: joining it, coming back to it, and who is its host."""

from collections.abc import Collection
from dataclasses import dataclass

from adapters.web.inbound import fold_name
from adapters.web.sessions import Session
from bot.application import Application
from bot.domain.commands import Caller
from bot.domain.identity import Member, PlayerId, Space, SpaceId
from bot.domain.lookalikes import look_alike
from bot.ports import AuditEntry, Unit

_SUGGESTIONS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A member who is in the room.

    Attributes:
        joined_as: the player that they joined the room as: linking may have made them another since, and rights of
            the room are this one account's.
    """

    member: Member
    player_id: PlayerId
    joined_as: PlayerId
    is_host: bool

    def calls(self, space: Space, channel: str) -> Caller:
        """The visitor as commands know one."""
        return Caller(space=space, channel=channel, member=self.member, is_host=self.is_host)


class NameTaken(Exception):
    """Somebody in the room goes by this name; ``free`` is one like it that nobody has."""

    def __init__(self, name: str, free: str) -> None:
        super().__init__(name)
        self.name = name
        self.free = free


async def recognise(app: Application, space: Space, session: Session) -> Visitor | None:
    """The member behind a session; None where there is none, or none any more."""
    if session.member_id is None:
        return None
    member = Member(space_id=space.id, external_id=session.member_id, name=session.name)

    async def read(unit: Unit) -> Visitor | None:
        player_id = await unit.people.player(member)
        if player_id is None or session.player_id is None:
            return None
        joined_as = PlayerId(session.player_id)
        if not await unit.people.may_be_same_player(player_id, joined_as):
            return None
        is_host = joined_as in await unit.people.hosts(space.id)
        return Visitor(member=member, player_id=player_id, joined_as=joined_as, is_host=is_host)

    return await app.storage.read(read)


async def join(app: Application, space: Space, name: str, *, invited_as_host: bool) -> Visitor:
    """Make somebody a member. The first one is host, and whoever comes with the host link.

    Raises:
        NameTaken: somebody has the name already, or one that looks like it.
    """

    async def work(unit: Unit) -> Visitor:
        member = Member(space_id=space.id, external_id=fold_name(name), name=name)
        taken = await unit.people.names_in(space.id)
        if await unit.people.player(member) is not None or _is_taken(name, taken):
            raise NameTaken(name, _free_name(name, taken))
        player_id = await unit.people.ensure_player(member)
        is_host = invited_as_host or not await unit.people.hosts(space.id)
        if is_host:
            why = "opened the host link" if invited_as_host else "was the first to join"
            await _add_host(app, unit, space.id, player_id, why)
        return Visitor(member=member, player_id=player_id, joined_as=player_id, is_host=is_host)

    return await app.storage.write(work)


async def make_host(app: Application, visitor: Visitor) -> None:
    """Give a member the host's rights."""

    async def work(unit: Unit) -> None:
        space_id = visitor.member.space_id
        if visitor.joined_as not in await unit.people.hosts(space_id):
            await _add_host(app, unit, space_id, visitor.joined_as, "opened the host link")

    await app.storage.write(work)


async def _add_host(app: Application, unit: Unit, space_id: SpaceId, player_id: PlayerId, why: str) -> None:
    await unit.people.add_host(space_id, player_id)
    now, actor = app.clock.now(), f"player {player_id}"
    entry = AuditEntry(at=now, actor=actor, action=why, subject="web room host", details=str(player_id))
    await unit.audit.add(entry)


def _is_taken(name: str, taken: Collection[str]) -> bool:
    return any(look_alike(name, other) for other in taken)


def _free_name(name: str, taken: Collection[str]) -> str:
    names = (f"{name[:28]} {number}" for number in range(2, _SUGGESTIONS))
    return next((free for free in names if not _is_taken(free, taken)), "")
