"""Tell subscribers how their own week went, after the weekly post of their space.

They are handled a few at a time. One transaction records that somebody was handled and puts the message into the
outbox, so a restart in the middle tells nobody twice.
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import partial

from bot.domain.identity import PlayerId, Space, SpaceId
from bot.domain.leagues import League
from bot.domain.subscriptions import Subject, Subscription
from bot.domain.team_race import monday
from bot.ports import Unit
from bot.rendering.digests import digest
from bot.services.core import Core
from bot.services.leagues.spaces import league_of
from bot.services.standings.own_week import own_week
from bot.services.telling import channel_of, subscribers_at_once, tell_subscriber

_WEEK = timedelta(days=7)


async def spaces_to_digest(core: Core, adapters: Collection[str]) -> list[SpaceId]:
    """Return the spaces of these adapters where people still have to be told about the week that was posted last."""
    return await core.storage.read(lambda unit: unit.spaces.digests_due(adapters))


async def send_digests(core: Core, space_id: SpaceId) -> None:
    """Tell the next few people of a space about their week, until the week after it has ended."""
    now = core.clock.now()

    async def work(unit: Unit) -> None:
        space, week = await unit.spaces.lock_if_there(space_id), await unit.spaces.digest_week(space_id)
        if space is None or week is None:
            return
        league, channel = await league_of(unit, space_id), await channel_of(unit, space)
        in_time = monday(league.day(now)) <= week + _WEEK
        if channel is None or not in_time or not await _tell_some(core, unit, space, channel, league, week):
            await unit.spaces.set_digest_week(space_id, None)

    await core.write_and_deliver(work)


async def _tell_some(core: Core, unit: Unit, space: Space, channel: str, league: League, week: date) -> bool:
    """Handle the next few subscribers; return whether there may be more."""
    few = await subscribers_at_once(unit, space.id)
    if not few:
        return True
    await unit.leagues.lock(league.id)  # another of its spaces may be about to tell the same people
    people = await unit.subscriptions.unhandled(space.id, Subject.DIGEST, week, few)
    handled = set[Subscription]()
    for one in people:
        if one in handled or not await unit.subscriptions.handled(one, week):
            continue  # the latter: they said no, or were forgotten, at this very moment
        player = await unit.people.player(one.member)
        told = None if player is None else await own_week(unit, league, player, week)
        if told is not None:
            await tell_subscriber(core, unit, one, channel, partial(digest, space.name, told))
        for other in await _of_player(unit, player, league) if player is not None else ():
            await unit.subscriptions.handled(other, week)
            handled.add(other)
    return bool(people)


async def _of_player(unit: Unit, player: PlayerId, league: League) -> list[Subscription]:
    """Return the subscriptions of all accounts of a player in a league's spaces: the player is told once."""
    spaces = {space.id for space in await unit.spaces.of_league(league.id)}
    accounts = [account for account in await unit.people.accounts_of(player) if account.space_id in spaces]
    found = [one for account in accounts for one in await unit.subscriptions.of(account)]
    return [one for one in found if one.subject is Subject.DIGEST]
