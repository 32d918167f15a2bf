"""Decide who is host in a space of any platform, and let hosts make others hosts."""

from bot import security
from bot.domain.commands import Caller
from bot.domain.errors import BadInput, NotAllowed, NotFound
from bot.domain.hosts import Host
from bot.domain.identity import Member, SpaceId
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.security import Event
from bot.services.acting import actor, note
from bot.services.core import Core


async def is_host(core: Core, caller: Caller, *, of_channel: bool = False) -> bool:
    """Whether the caller is host everywhere in the space or, ``of_channel``, at least in the channel."""
    return caller.is_host or await core.storage.read(lambda unit: _is_host(unit, caller, of_channel=of_channel))


async def _is_host(unit: Unit, caller: Caller, *, of_channel: bool = False) -> bool:
    channels = {"", caller.channel} if of_channel else {""}
    account = caller.member.external_id
    return caller.is_host or any(
        one.includes(account, caller.groups, caller.joined_at)
        for one in await unit.hosts.of(caller.space.id)
        if one.channel in channels
    )


async def host_groups(core: Core, space_id: SpaceId) -> frozenset[str]:
    """Return the groups that are host in a space or in one of its channels."""
    found = await core.storage.read(lambda unit: unit.hosts.of(space_id))
    return frozenset(one.group for one in found if one.group)


async def named_hosts(core: Core, space_id: SpaceId) -> list[tuple[Host, str]]:
    """Return the hosts of a space, each with the name that it is known by here; empty: unknown, or a group."""

    async def read(unit: Unit) -> list[tuple[Host, str]]:
        return [(one, await name_here(unit, space_id, one.account)) for one in await unit.hosts.of(space_id)]

    return await core.storage.read(read)


async def name_here(unit: Unit, space_id: SpaceId, account: str) -> str:
    """Return what an account is called in a space; empty if it is unknown there."""
    found = await unit.admissions.find(Member(space_id=space_id, external_id=account, name="")) if account else None
    return found.member.name if found else ""


async def add_host(core: Core, caller: Caller, host: Host) -> None:
    """Make an account or a group a host.

    Raises:
        NotAllowed: the caller isn't a host any more.
    """

    async def work(unit: Unit) -> None:
        await _lock(unit, caller)
        await unit.hosts.add(host)
        await _keep(core, unit, caller, host, "made host")

    await core.storage.write(work)
    security.note(Event.HOST_GIVEN)


async def remove_host(core: Core, caller: Caller, host: Host) -> None:
    """Stop an account or a group from being a host.

    Raises:
        NotAllowed: the caller isn't a host any more.
        NotFound: nobody made them a host there.
        BadInput: no known host would be left.
    """

    async def work(unit: Unit) -> None:
        await _lock(unit, caller)
        if not await unit.hosts.remove(host):
            raise NotFound(
                _(
                    "Nothing changed: nobody made them a host there. "
                    "People who run the server or workspace are always hosts."
                )
            )
        if not (caller.is_host or any(not one.channel for one in await unit.hosts.of(caller.space.id))):
            raise BadInput(_("You are the only host. Make somebody else host first."))
        await _keep(core, unit, caller, host, "no longer host")

    await core.storage.write(work)
    security.note(Event.HOST_TAKEN)


async def _lock(unit: Unit, caller: Caller) -> None:
    """Decide about hosts one at a time, and only as long as the caller is one."""
    await unit.spaces.lock(caller.space.id)
    if not await _is_host(unit, caller):
        raise NotAllowed(_("Only a host can do that."))


async def _keep(core: Core, unit: Unit, caller: Caller, host: Host, action: str) -> None:
    if host.group:
        whom = f"group {host.group}"
    else:
        player = await unit.people.player(Member(space_id=host.space_id, external_id=host.account, name=""))
        whom = f"player {player}" if player else "somebody who never played"
    if host.channel:
        whom += ", in one channel"
    await note(core, unit, action, f"space {host.space_id}", whom, actor=await actor(unit, caller.member))
