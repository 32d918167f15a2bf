"""Let spaces share a league: one invites, another asks to join, the first confirms; each may leave again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.domain.codes import Code, Purpose
from bot.domain.commands import Caller
from bot.domain.errors import BadInput, Busy, NotFound
from bot.domain.identity import LeagueId, Space, SpaceId
from bot.domain.leagues import League
from bot.domain.typed import typed
from bot.domain.views import Caution, MessageView
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.rendering import leagues as rendering
from bot.services import codes
from bot.services.acting import actor, note
from bot.services.core import Core
from bot.services.leagues import changing
from bot.services.leagues.agreement import Gathering, gathering
from bot.services.leagues.spaces import free_league_name
from bot.services.telling import channel_of, tell, tell_hosts

CODE_GROUPS = 4
INVITATION_LASTS = timedelta(days=7)
WRONG_TRIES = 10
"""How often an hour the people of a space may type a wrong code."""

_HOUR = timedelta(hours=1)


async def invite(core: Core, caller: Caller) -> str:
    """Return a code with which another space can ask to play in the caller's league."""

    async def work(unit: Unit) -> str:
        await _note(core, unit, caller, caller.space, "league invitation", "")
        return await codes.give_out(
            core, unit, Purpose.LEAGUE, caller.space.id, groups=CODE_GROUPS, lasts=INVITATION_LASTS
        )

    return await core.storage.write(work)


async def join(core: Core, caller: Caller, typed: str) -> Gathering:
    """Ask the hosts who gave out a code to let the caller's space into their league; return who plays there now.

    Raises:
        BadInput: the code is wrong, used, expired, or for the caller's own league.
        Busy: too many wrong codes were typed in the space.
    """
    now = core.clock.now()

    async def work(unit: Unit) -> Gathering:
        if await unit.codes.number(Purpose.WRONG, caller.space.id, now) >= WRONG_TRIES:
            raise Busy(_("Too many wrong codes were typed here. Please try again in an hour."))
        code = await codes.found(unit, typed, Purpose.LEAGUE, now)
        here, inviting = await unit.spaces.get(caller.space.id), await unit.spaces.find(SpaceId(code.subject))
        if inviting is None:
            raise BadInput(_("The space that gave you this code is gone. Please ask for a new one."))
        if inviting.league_id == here.league_id:
            raise BadInput(_("That code is for your own league. Give it to a host of another space."))
        await unit.codes.use(code.digest)
        await unit.leagues.ask_to_join(here.id, inviting.league_id, now)
        newcomer = await gathering(unit, here.league_id)
        await tell_hosts(core, unit, inviting.id, partial(rendering.asked, here.name, newcomer.players))
        found = await gathering(unit, inviting.league_id)
        await _note(core, unit, caller, here, "league asked for", f"league {found.league.id}")
        return found

    try:
        return await core.write_and_deliver(work)
    except codes.WrongCode:
        await core.storage.write(lambda unit: _count_wrong(core, unit, caller.space.id, now))
        raise


async def _count_wrong(core: Core, unit: Unit, space_id: SpaceId, now: datetime) -> None:
    wrong = f"wrong {core.ids.next()}"
    await unit.codes.add(Code(digest=wrong, purpose=Purpose.WRONG, subject=space_id, expires_at=now + _HOUR))


async def confirm(core: Core, caller: Caller, name: str = "") -> MessageView:
    """Let a space that asked play in the caller's league; if several asked, the one with this name.

    Raises:
        NotFound: no space asked, or none with this name.
        BadInput: several spaces asked, and no name was given.
    """

    async def work(unit: Unit) -> MessageView:
        here = await unit.spaces.get(caller.space.id)
        if not await unit.leagues.asked_by(here.league_id):
            return await _nothing_waits(unit, here)
        asking = await _asking(unit, here, name)
        await unit.leagues.lock_whole([asking.league_id, here.league_id])
        if await _changed(unit, here, asking) or await unit.leagues.wants_to_join(asking.id) != here.league_id:
            raise NotFound(_("That has just been decided: see {command}").format(command=typed("league show")))
        before = await unit.leagues.find(asking.league_id)
        wishes = await unit.leagues.asked_by(asking.league_id)
        league = await changing.move(core, unit, asking, here.league_id)
        now_there = await gathering(unit, league.id)
        done = partial(rendering.united, asking.name, league.name, [space.name for space in now_there.spaces])
        for space_id in (asking.id, here.id):
            await tell_hosts(core, unit, space_id, done)
        await _tell_players(core, unit, now_there.spaces, asking)
        if before is not None:
            await _tell_left_behind(core, unit, asking, before, wishes)
        await _note(core, unit, caller, here, "league confirmed", f"space {asking.id}")
        return done()

    return await core.write_and_deliver(work)


async def _tell_players(core: Core, unit: Unit, spaces: Sequence[Space], newcomer: Space) -> None:
    """Tell everybody in a league's spaces who sees their names and points now, in the channels for leaderboards."""
    for space in spaces:
        channel = await channel_of(unit, space)
        if channel is not None:
            others = [one.name for one in spaces if one.id != space.id] if space.id == newcomer.id else [newcomer.name]
            await tell(core, unit, space.id, channel, partial(rendering.shared_with, others))


async def told_in(core: Core, caller: Caller) -> str | None:
    """Return the channel of the caller's space where players are told that a space joins; None if there is none."""

    async def read(unit: Unit) -> str | None:
        waits = await unit.leagues.asked_by(caller.space.league_id)
        return await channel_of(unit, caller.space) if waits else None

    return await core.storage.read(read)


async def _tell_left_behind(core: Core, unit: Unit, gone: Space, league: League, wishes: Sequence[SpaceId]) -> None:
    """Tell the spaces left in a league that one of them is gone; if none is left, those that had asked to join it."""
    stay = await unit.spaces.of_league(league.id)
    for space in stay:
        await tell_hosts(core, unit, space.id, partial(rendering.has_left, gone.name, league.name))
    if not stay:
        for space_id in wishes:
            await tell_hosts(core, unit, space_id, partial(rendering.wish_lapsed, gone.name))


async def _nothing_waits(unit: Unit, here: Space) -> MessageView:
    wish = await unit.leagues.wants_to_join(here.id)
    wanted = None if wish is None else await unit.leagues.find(wish)
    if wanted is not None:
        return rendering.waiting(wanted.name)
    found = await gathering(unit, here.league_id)
    return rendering.nothing_waits([space.name for space in found.spaces if space.id != here.id])


async def decline(core: Core, caller: Caller, name: str = "") -> str:
    """Refuse a space that asked to play in the caller's league, and tell its hosts; return its name.

    Raises:
        NotFound: no space asked, or none with this name.
        BadInput: several spaces asked, and no name was given.
    """

    async def work(unit: Unit) -> str:
        here = await unit.spaces.get(caller.space.id)
        asking = await _asking(unit, here, name)
        await unit.leagues.forget_wish(asking.id)
        await tell_hosts(core, unit, asking.id, partial(rendering.declined, here.name))
        await _note(core, unit, caller, here, "league declined", f"space {asking.id}")
        return asking.name

    return await core.write_and_deliver(work)


async def leave(core: Core, caller: Caller) -> MessageView:
    """Move the caller's space, with what was earned there, from a shared league into one of its own.

    A space that shares its league with no other takes back its own wish to join one.

    Raises:
        BadInput: the space shares its league with no other, and hasn't asked to join one.
        NotFound: the space or its league has just changed.
    """

    async def work(unit: Unit) -> MessageView:
        here = await unit.spaces.get(caller.space.id)
        others = [space for space in await unit.spaces.of_league(here.league_id) if space.id != here.id]
        if not others:
            return await _take_back(unit, here)
        await unit.leagues.lock_whole([here.league_id])
        league = await unit.leagues.find(here.league_id)
        if league is None or await _changed(unit, here):
            raise NotFound(_("That has just been decided: see {command}").format(command=typed("league show")))
        name = await free_league_name(unit, here)
        own = replace(league, id=LeagueId(core.ids.next()), name=name, link_secret=None)
        await unit.leagues.add(own)
        await changing.move(core, unit, here, own.id)
        for space in others:
            await tell_hosts(core, unit, space.id, partial(rendering.has_left, here.name, league.name))
        await _note(core, unit, caller, here, "league left", f"league {league.id}")
        return rendering.left(league.name)

    return await core.write_and_deliver(work)


async def leaving(core: Core, caller: Caller) -> Caution | None:
    """Return what happens if the caller's space leaves its league; None if it shares it with no other."""

    async def read(unit: Unit) -> Caution | None:
        here = await unit.spaces.get(caller.space.id)
        others = [space.name for space in await unit.spaces.of_league(here.league_id) if space.id != here.id]
        return rendering.leaving((await unit.leagues.get(here.league_id)).name, others) if others else None

    return await core.storage.read(read)


async def _take_back(unit: Unit, here: Space) -> MessageView:
    if await unit.leagues.wants_to_join(here.id) is None:
        raise BadInput(_("This space shares its league with no other, so there is nothing to leave."))
    await unit.leagues.forget_wish(here.id)
    return rendering.taken_back()


async def _asking(unit: Unit, here: Space, name: str) -> Space:
    found = [await unit.spaces.find(space_id) for space_id in await unit.leagues.asked_by(here.league_id)]
    spaces = [space for space in found if space is not None]
    if not spaces:
        raise NotFound(_("No space is waiting for your decision."))
    wanted = [space for space in spaces if not name or space.name.casefold() == name.casefold()]
    names = ", ".join(space.name for space in spaces)
    if not wanted:
        raise NotFound(
            _("“{name}” isn't waiting for your decision. These are: {names}.").format(name=name, names=names)
        )
    if len({space.name.casefold() for space in wanted}) > 1:
        raise BadInput(
            _("Several spaces are waiting for your decision: {names}. Say which one: {command}").format(
                names=names, command=typed("league confirm", name="NAME")
            )
        )
    return wanted[0]


async def _changed(unit: Unit, *spaces: Space) -> bool:
    """Whether one of these spaces changed its league before it could be locked."""
    now = [await unit.spaces.find(space.id) for space in spaces]
    return any(one is None or one.league_id != space.league_id for one, space in zip(now, spaces, strict=True))


async def _note(core: Core, unit: Unit, caller: Caller, space: Space, action: str, details: str) -> None:
    await note(core, unit, action, f"space {space.id}", details, actor=await actor(unit, caller.member))
