"""Decide who may enter a space that admits people itself, and who is a host there."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot import security
from bot.domain.codes import Purpose
from bot.domain.errors import BadInput, NotAllowed, NotFound
from bot.domain.hosts import Host
from bot.domain.identity import Member, SpaceId
from bot.i18n import gettext as _
from bot.ports import Admission, Unit
from bot.security import Event
from bot.services import codes
from bot.services.acting import note
from bot.services.core import Core

CODE_GROUPS = 3
WAY_BACK_LASTS = timedelta(days=1)


async def give_host(core: Core, by: Member, member: Member) -> None:
    """Make a member a host, too.

    Raises:
        NotAllowed: the caller isn't a host any more.
        NotFound: there is no such member.
    """

    async def work(unit: Unit, host: Admission, other: Admission) -> None:
        await unit.hosts.add(_host(other.member, core.clock.now()))
        await _keep(core, unit, host, other, "made host")

    await _decided(core, by, member, work, Event.HOST_GIVEN)


async def take_host(core: Core, by: Member, member: Member) -> None:
    """Make a host, perhaps the caller, an ordinary member.

    Raises:
        BadInput: this is the only host.
        NotAllowed: the caller isn't a host any more.
        NotFound: there is no such member.
    """

    async def work(unit: Unit, host: Admission, other: Admission) -> None:
        if not any(one.is_host for one in await unit.admissions.all(by.space_id) if one.member != other.member):
            raise BadInput(_("You are the only host. Make somebody else host first."))
        await unit.hosts.remove(_host(other.member, core.clock.now()))
        await _keep(core, unit, host, other, "no longer host")

    await _decided(core, by, member, work, Event.HOST_TAKEN)


async def remove_member(core: Core, by: Member, member: Member) -> None:
    """Remove a member from the space. Their name stays taken, and their answers stay.

    Raises:
        BadInput: hosts can't remove themselves.
        NotAllowed: the caller isn't a host any more.
        NotFound: there is no such member.
    """

    async def work(unit: Unit, host: Admission, other: Admission) -> None:
        if other.member.external_id == by.external_id:
            raise BadInput(_("You can't remove yourself. Sign out instead."))
        await unit.admissions.remove(other.member, core.clock.now())
        await _keep(core, unit, host, other, "removed")

    await _decided(core, by, member, work, Event.MEMBER_REMOVED)


async def sign_out_everywhere(core: Core, by: Member, member: Member) -> None:
    """Sign a member out in every browser, as a host decided; a code from a host lets them in again.

    Raises:
        NotAllowed: the caller isn't a host any more.
        NotFound: there is no such member.
    """

    async def work(unit: Unit, host: Admission, other: Admission) -> None:
        await unit.admissions.end_sessions(other.member)
        await _keep(core, unit, host, other, "signed out everywhere")

    await _decided(core, by, member, work, Event.SIGNED_OUT_EVERYWHERE)


async def end_sessions(core: Core, member: Member) -> None:
    """Sign a member out in every browser, even if another process serves it."""
    await core.storage.write(lambda unit: unit.admissions.end_sessions(member))


async def give_way_back(core: Core, by: Member, member: Member) -> str:
    """Return a code with which a member can come back once under their name, even after being removed.

    Raises:
        NotAllowed: the caller isn't a host any more.
        NotFound: there is no such member.
    """

    async def give(unit: Unit) -> tuple[str, Admission, Admission]:
        host, other = await _host_and(unit, by, member)
        code = await codes.give_out(
            core, unit, Purpose.RETURN, other.player_id, groups=CODE_GROUPS, lasts=WAY_BACK_LASTS
        )
        return code, host, other

    code, host, other = await core.storage.write(give)
    security.note(Event.WAY_BACK_GIVEN, player=other.player_id, by=host.player_id)
    return code


async def come_back(core: Core, space_id: SpaceId, typed: str) -> Admission:
    """Let in the person who types a code; a player with several accounts comes in as one that isn't a host's.

    Raises:
        BadInput: the code is wrong, used or expired, or its member was deleted.
    """

    async def work(unit: Unit) -> Admission:
        code = await codes.found(unit, typed, Purpose.RETURN, core.clock.now())
        theirs = [one for one in await unit.admissions.all(space_id) if one.player_id == code.subject]
        if not theirs:
            raise BadInput(_("That code has expired. Please ask for a new one."))
        await unit.codes.use(code.digest)
        admission = min(theirs, key=lambda one: one.is_host)
        await unit.admissions.readmit(admission.member)
        return replace(admission, removed_at=None)

    return await core.storage.write(work)


async def _decided(
    core: Core,
    by: Member,
    member: Member,
    work: Callable[[Unit, Admission, Admission], Awaitable[None]],
    event: Event,
) -> None:
    """Carry out a host's decision about a member, one decision in a space at a time, and log it."""

    async def decide(unit: Unit) -> tuple[Admission, Admission]:
        await unit.spaces.lock(by.space_id)
        host, other = await _host_and(unit, by, member)
        if other.removed_at is not None:
            raise _not_here()
        await work(unit, host, other)
        return host, other

    host, other = await core.storage.write(decide)
    security.note(event, player=other.player_id, by=host.player_id)


async def _host_and(unit: Unit, by: Member, member: Member) -> tuple[Admission, Admission]:
    """Return the host who decides and the member decided about, who may have been removed."""
    host, other = await host_of(unit, by), await unit.admissions.find(member)
    if other is None:
        raise _not_here()
    return host, other


async def host_of(unit: Unit, member: Member) -> Admission:
    """Return the admission of a member who is a host, for something that only hosts decide.

    Raises:
        NotAllowed: the member isn't a host any more.
    """
    host = await unit.admissions.find(member)
    if host is None or not host.is_host:
        raise NotAllowed(_("Only a host of this room can do that."))
    return host


def _host(member: Member, since: datetime) -> Host:
    return Host(space_id=member.space_id, account=member.external_id, since=since)


def _not_here() -> NotFound:
    return NotFound(_("This person isn't in the room any more."))


async def _keep(core: Core, unit: Unit, host: Admission, other: Admission, action: str) -> None:
    who, whom = f"player {host.player_id}", f"player {other.player_id}"
    await note(core, unit, action, whom, actor=who)
