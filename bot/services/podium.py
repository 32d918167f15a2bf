"""End a quiz night with its podium: who won, in a table and as a picture."""

from dataclasses import dataclass, replace

from bot import metrics
from bot.domain.identity import NightId, Space
from bot.domain.leagues import League
from bot.domain.night import Night, everybody_left
from bot.domain.standings import Standing, rank_players
from bot.i18n import use_language
from bot.ports import Post, PostKind, Unit
from bot.rendering.night import podium, podium_card
from bot.services.core import Core


@dataclass(frozen=True, slots=True, kw_only=True)
class _Over:
    """A night that is to end, and what is told about it."""

    night: Night
    space: Space
    league: League
    standings: tuple[Standing, ...]
    played: bool
    everybody_left: bool


async def end_night(core: Core, night_id: NightId, *, too_few: bool) -> None:
    """End a night once, with its podium.

    Args:
        core: storage, clock and pictures.
        night_id: a night without an open question.
        too_few: whether it ends because no further question is ready.
    """
    over = await core.storage.read(lambda unit: _look(unit, night_id))
    if over is None:
        return
    with use_language(over.space.language):
        view = podium(over.standings, everybody_left=over.everybody_left, too_few=too_few)
        card = podium_card(over.standings, over.league.name, over.league.day(over.night.started_at))
        picture = await core.pictures.of(card, over.league.weekly.theme) if over.standings else None

    async def work(unit: Unit) -> bool:
        await unit.nights.lock_if_there(night_id)
        if await _look(unit, night_id) != over:
            return False  # another process was faster, or somebody was renamed meanwhile: the next beat looks again
        now = core.clock.now()
        await unit.nights.save_ended(night_id, now)
        image = picture.image if picture else None
        if picture is not None:
            await unit.images.put([picture.file])
        await unit.outbox.put(
            Post(
                key=f"p{night_id}",
                kind=PostKind.NIGHT,
                space_id=over.space.id,
                channel=over.night.channel,
                view=replace(view, image=image),
                posted_at=now,
            )
        )
        return True

    if await core.storage.write(work):
        metrics.nights.labels("played" if over.played else "cut short").inc()


async def _look(unit: Unit, night_id: NightId) -> _Over | None:
    """Return what the end of a night tells; None if it has ended."""
    night = await unit.nights.find(night_id)
    space = await unit.spaces.find(night.space_id) if night else None
    if night is None or space is None or night.ended_at is not None:
        return None
    asked = await unit.nights.asked(night_id)
    played = len(asked) >= night.count
    return _Over(
        night=night,
        space=space,
        league=await unit.leagues.get(space.league_id),
        standings=tuple(rank_players(await unit.nights.scores(night_id))),
        played=played,
        everybody_left=everybody_left(asked) and not night.stops and not played,
    )
