"""Show leaderboards and streaks, and verify or repair the totals."""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.domain.answers import due_answer
from bot.domain.commands import Caller
from bot.domain.errors import NotFound
from bot.domain.identity import Member, RoundId
from bot.domain.leagues import League
from bot.domain.standings import Ranked, Standing, Window, player_standing, rank_players
from bot.domain.streaks import Streak
from bot.domain.stretches import running, week_of
from bot.domain.team_race import place_teams
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.rendering import boards as rendering
from bot.rendering.seasons import between_seasons
from bot.services.acting import note
from bot.services.core import Core
from bot.services.leagues.spaces import league_of
from bot.services.standings.ranking import ranked_players
from bot.services.standings.seasons import last_final
from bot.services.standings.team_standings import team_standings

TOP = 10

_NO_STREAK = Streak(days=0)


async def standings(core: Core, *, league: str | None, window: Window, by: Ranked) -> list[Standing]:
    """Rank the players or teams with an answer in the window, best first; across all leagues if ``league`` is None.

    Raises:
        NotFound: there is no such league.
    """
    now = core.clock.now()

    async def work(unit: Unit) -> list[Standing]:
        leagues = await unit.leagues.all()
        chosen = [one for one in leagues if league is None or one.name.casefold() == league.casefold()]
        if league is not None and not chosen:
            names = ", ".join(one.name for one in leagues)
            raise NotFound(_("There is no league named “{name}”. There are: {names}.").format(name=league, names=names))
        days = {one.id: one.day(now) for one in chosen}
        chosen = [one for one in chosen if window is not Window.SEASON or one.season_on(days[one.id])]
        if by is Ranked.PLAYER:
            return await ranked_players(unit, {one.id: one.period(window, days[one.id]) for one in chosen})
        # A player may be in one team per league: points earned in a league count only for the team there.
        return place_teams(
            [
                standing
                for one in chosen
                for standing in await team_standings(unit, one, running(window, one, days[one.id]), days[one.id])
            ]
        )

    return await core.storage.read(work)


async def leaderboard(
    core: Core, caller: Caller, *, window: Window, by: Ranked, last_week: bool = False
) -> MessageView:
    """Show the teams of the caller's league, or its top players and the caller's own place if that is lower.

    With ``last_week``, it is the board of the week before this one.
    """
    now = core.clock.now()

    async def work(unit: Unit) -> MessageView:
        league = await league_of(unit, caller.space.id)
        today = league.day(now)
        if window is Window.SEASON and not league.season_on(today):
            return between_seasons(await last_final(unit, league, today), by)
        stretch = week_of(today - timedelta(days=7)) if last_week else running(window, league, today)
        if by is Ranked.TEAM:
            teams = place_teams(await team_standings(unit, league, stretch, today))
            return rendering.leaderboard(teams, window, by, last_week=last_week)
        top, own = await unit.boards.page(league.id, stretch.period, TOP, await unit.people.player(caller.member))
        return rendering.leaderboard(rank_players(top), window, by, own, last_week=last_week)

    return await core.storage.read(work)


async def streak_of(unit: Unit, league: League, member: Member, today: date) -> Streak:
    """Count the days in a row with an answer, up to today; today's answer may still be missing."""
    player = await unit.people.player(member)
    if player is None:
        return _NO_STREAK
    look = unit.boards.streaks_with_frozen_day
    found = await look(league.id, [player], today)
    found = found or await look(league.id, [player], today - timedelta(days=1), is_over=True)
    return found.get(player, _NO_STREAK)


async def standing_of(core: Core, caller: Caller, external_id: str) -> MessageView:
    """Show what the leaderboard tells about another member: all-time points and place, never answers or topics.

    Raises:
        NotFound: they haven't answered anything.
    """
    somebody = Member(space_id=caller.space.id, external_id=external_id, name="")

    async def work(unit: Unit) -> MessageView:
        league = await league_of(unit, caller.space.id)
        player = await unit.people.player(somebody)
        name = league.period(Window.ALL, league.day(core.clock.now()))
        _top, own = await unit.boards.page(league.id, name, 1, player)
        if own is None:
            raise NotFound(_("They haven't answered anything yet."))
        return rendering.leaderboard([player_standing(own.place, own.score)], Window.ALL, Ranked.PLAYER)

    return await core.storage.read(work)


async def verify(core: Core, *, repair: bool = False, actor: str = "") -> list[str]:
    """List the rounds with misgraded answers, and the totals that differ from those rebuilt from the answers.

    ``repair`` grades the answers of those rounds by the round's key, rebuilds the totals, and adds a line to the audit.
    The audit outlasts the answers, so its line doesn't say what anybody answered.
    """

    async def work(unit: Unit) -> list[str]:
        misgraded = await unit.answers.misgraded()
        totals = await unit.boards.differences()
        if (misgraded or totals) and repair:
            await _grade_anew(unit, misgraded)
            await unit.boards.rebuild()
            details = [f"answers graded anew: {sum(misgraded.values())}", *totals]
            await note(core, unit, "standings repaired", "totals", "; ".join(details), actor=actor)
        return [*(f"misgraded: round {one}, answers: {number}" for one, number in misgraded.items()), *totals]

    # Comparing many answers takes a while, and must not keep a running bot from storing more.
    return await (core.storage.write if repair else core.storage.read)(work)


async def _grade_anew(unit: Unit, round_ids: Iterable[RoundId]) -> None:
    for round_id in sorted(round_ids):
        round_ = await unit.rounds.lock_if_there(round_id)
        if round_ is None:
            continue
        answers = await unit.answers.of_round(round_id)
        await unit.answers.save_grades(round_, [due_answer(answer, round_) for answer in answers])
