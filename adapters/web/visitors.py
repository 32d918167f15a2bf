"""Members of the room: joining, coming back, and becoming host."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from adapters.web.inbound import fold_name
from adapters.web.sessions import Session
from bot.application import Application
from bot.domain.commands import Caller
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.hosts import Host
from bot.domain.identity import Member, PlayerId, Space
from bot.domain.lookalikes import look_alike
from bot.i18n import gettext as _
from bot.ports import Admission, Unit
from bot.services.acting import note
from bot.services.people.class_codes import check_code

_SUGGESTIONS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A member who is in the room."""

    member: Member
    player_id: PlayerId
    is_host: bool
    epoch: int

    def calls(self, space: Space, channel: str, address: str) -> Caller:
        """Return the visitor as the caller of a command; the room runs on no platform, so the core knows its hosts."""
        return Caller(space=space, channel=channel, member=self.member, is_host=False, address=address)


class NameTaken(Exception):
    """The name is taken; ``told`` says so, and ``free`` is a similar one that nobody has."""

    def __init__(self, name: str, free: str) -> None:
        super().__init__(name)
        self.told = _("“{name}” is in the room already. Add something that tells you apart.").format(name=name)
        self.free = free


async def recognise(app: Application, space: Space, session: Session) -> Visitor | None:
    """Return the member behind a session; None if there is none (any more)."""
    if session.member_id is None:
        return None
    member = Member(space_id=space.id, external_id=session.member_id, name=session.name)

    async def read(unit: Unit) -> Visitor | None:
        admission = await unit.admissions.find(member)
        if admission is None or session.player_id is None:
            return None
        if admission.session_epoch != session.epoch:
            return None
        if not await unit.people.may_be_same_player(admission.player_id, PlayerId(session.player_id)):
            return None
        return visitor_of(admission)

    return await app.storage.read(read)


def visitor_of(admission: Admission) -> Visitor:
    """Return a member as a visitor."""
    return Visitor(
        member=admission.member,
        player_id=admission.player_id,
        is_host=admission.is_host,
        epoch=admission.session_epoch,
    )


async def join(
    app: Application, space: Space, name: str, *, class_code: str = "", invited_as_host: bool = False
) -> Visitor:
    """Make somebody a member. The first member and people with the host link become hosts.

    Args:
        app: storage and clock.
        space: the room's space.
        name: the name, cleaned by `adapters.web.inbound.clean_name`.
        class_code: what was typed as the space's class code, if it has one; people with the host link need none.
        invited_as_host: whether somebody has the host link.

    Raises:
        WrongCode: the class code is another.
        CodeEnded: the class code has ended.
        NameTaken: somebody has this name, or one that looks like it.
    """

    member = Member(space_id=space.id, external_id=fold_name(name), name=name, acted_at=app.clock.now())

    async def work(unit: Unit) -> Visitor:
        if not invited_as_host:
            await check_code(app, unit, space.id, class_code)
        await unit.spaces.lock(space.id)  # two who come first at the same time must not both be host
        taken = await unit.people.names_in(space.id)
        if await unit.people.player(member) is not None or _is_taken(name, taken):
            raise NameTaken(name, _free_name(name, taken))
        player_id = await unit.people.ensure_player(member)
        if invited_as_host or not await unit.admissions.had_host(space.id):
            why = "opened the host link" if invited_as_host else "was the first to join"
            await _add_host(app, unit, member, player_id, why)
        admission = await unit.admissions.find(member)
        if admission is None:
            raise LookupError("a member who has just joined isn't there")
        return visitor_of(admission)

    return await app.storage.write(work)


async def rename(app: Application, space: Space, member: Member, name: str, *, by: Member | None = None) -> Member:
    """Give a member another name; the account, with its answers and sessions, stays the same.

    Args:
        app: storage and clock.
        space: the room's space.
        member: who is renamed.
        name: the new name, cleaned by `adapters.web.inbound.clean_name`.
        by: the host who decided it; None: the member did.

    Returns:
        The member as they were called before.

    Raises:
        NameTaken: somebody else has this name, or one that looks like it.
        NotAllowed: ``by`` isn't a host any more.
        NotFound: there is no such member (any more).
    """

    async def work(unit: Unit) -> Member:
        await unit.spaces.lock(space.id)
        everybody = {one.member.external_id: one for one in await unit.admissions.all(space.id)}
        known, decider = everybody.get(member.external_id), everybody.get((by or member).external_id)
        if by is not None and (decider is None or not decider.is_host):
            raise NotAllowed(_("Only a host of this room can do that."))
        if known is None or decider is None or known.removed_at is not None:
            raise NotFound(_("This person isn't in the room any more."))
        others = [one.member for one in everybody.values() if one is not known]
        taken = [other.name for other in others]
        if _is_taken(name, taken) or fold_name(name) in {other.external_id for other in others}:
            raise NameTaken(name, _free_name(name, taken))
        await unit.people.ensure_player(replace(known.member, name=name, acted_at=(by or member).acted_at))
        await note(app, unit, "renamed", f"player {known.player_id}", actor=f"player {decider.player_id}")
        return known.member

    return await app.storage.write(work)


async def make_host(app: Application, visitor: Visitor) -> None:
    """Give a member the host's rights."""
    await app.storage.write(
        lambda unit: _add_host(app, unit, visitor.member, visitor.player_id, "opened the host link")
    )


async def _add_host(app: Application, unit: Unit, member: Member, player_id: PlayerId, why: str) -> None:
    await unit.forgetting.refuse_outdated(member)
    await unit.hosts.add(Host(space_id=member.space_id, account=member.external_id, since=app.clock.now()))
    who = f"player {player_id}"
    await note(app, unit, "made host", who, why, actor=who)


def _is_taken(name: str, taken: Collection[str]) -> bool:
    return any(look_alike(name, other) for other in taken)


def _free_name(name: str, taken: Collection[str]) -> str:
    names = (f"{name[:28]} {number}" for number in range(2, _SUGGESTIONS))
    return next((free for free in names if not _is_taken(free, taken)), "")
