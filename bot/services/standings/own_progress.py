"""A player's own progress, for that player alone."""

from collections import Counter
from dataclasses import dataclass, replace

from bot.domain.commands import Caller
from bot.domain.identity import Member
from bot.domain.leagues import League
from bot.domain.progress import WEEKS, Progress, mondays_to, progress
from bot.domain.streaks import Streak
from bot.domain.views import MessageView
from bot.ports import Unit
from bot.rendering import boards as rendering
from bot.rendering.own_chart import own_chart
from bot.services.core import Core
from bot.services.leagues.spaces import league_of
from bot.services.standings.scores import streak_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProgress:
    """How a player's answers went, and the days in a row on which they answered."""

    progress: Progress
    streak: Streak


async def own_progress(core: Core, member: Member) -> OwnProgress:
    """Return how a member's answers went up to now; days are those of the league of their space."""

    async def work(unit: Unit) -> OwnProgress:
        return await _own(core, unit, member, await league_of(unit, member.space_id))

    return await core.storage.read(work)


async def stats(core: Core, caller: Caller) -> MessageView:
    """Show the caller's own points, streak, and accuracy by topic, with a picture for platforms that show one."""

    async def work(unit: Unit) -> MessageView:
        league = await league_of(unit, caller.space.id)
        own = await _own(core, unit, caller.member, league)
        cards = Counter[str]()
        for response, number in (await unit.answers.unscored(caller.member)).items():
            cards.update(dict.fromkeys(response.texts({}), number))
        view = rendering.stats(own.progress, own.streak, cards)
        return replace(view, chart=own_chart(own.progress, league.weekly.theme))

    return await core.storage.read(work)


async def _own(core: Core, unit: Unit, member: Member, league: League) -> OwnProgress:
    today = league.day(core.clock.now())
    sums = await unit.answers.by_topic_and_day(member, mondays_to(today, WEEKS)[0])
    return OwnProgress(progress=progress(sums, today), streak=await streak_of(unit, league, member, today))
