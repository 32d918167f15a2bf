"""Rank all players of leagues."""

import asyncio
from collections.abc import Mapping

from bot.domain.identity import LeagueId
from bot.domain.standings import Standing, rank_players
from bot.ports import Unit


async def ranked_players(unit: Unit, periods: Mapping[LeagueId, str]) -> list[Standing]:
    """Rank everybody with an answer in these periods of leagues, best first.

    It happens in a thread: ranking ten thousand players takes longer than anybody should wait for an answer.
    """
    return await asyncio.to_thread(rank_players, await unit.boards.scores(periods))
