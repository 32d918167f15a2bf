"""A player's own progress, for that player alone."""

from dataclasses import dataclass

from bot.domain.identity import Member
from bot.domain.progress import Attempt, Progress, progress
from bot.domain.streaks import Streak
from bot.ports import Unit
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
    now = core.clock.now()

    async def read(unit: Unit) -> OwnProgress:
        league = await league_of(unit, member.space_id)
        given = await unit.answers.history(member)
        attempts = [Attempt(day=one.day, topic=one.topic, right=one.right) for one in given]
        today = league.day(now)
        return OwnProgress(progress=progress(attempts, today), streak=await streak_of(unit, league, member, today))

    return await core.storage.read(read)
