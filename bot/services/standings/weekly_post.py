"""Post last week's leaderboard once in every space, at its league's weekly moment."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.domain.identity import PlayerId, Space, SpaceId
from bot.domain.subscriptions import Subject
from bot.domain.team_race import monday
from bot.domain.weeks import WeekReview, WeekStory
from bot.i18n import use_language
from bot.ports import Post, PostKind, Unit
from bot.rendering.week_card import week_card
from bot.rendering.weekly import week_in_review
from bot.services.core import Core
from bot.services.pictures import Picture
from bot.services.standings.week_review import review_week, week_bounds
from bot.services.standings.week_story import week_story
from bot.services.telling import channel_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A space that is due, and what to tell it; ``week`` is None if there is nothing to tell."""

    space: Space
    week: WeekReview | None = None
    story: WeekStory = field(default_factory=WeekStory)
    theme: str
    next_at: datetime
    thanked_until: datetime

    @property
    def named(self) -> dict[PlayerId, str]:
        """The players whom the post names."""
        return (self.week.named if self.week else {}) | self.story.named


async def post_week(core: Core, space_id: SpaceId) -> None:
    """Post last week's review in a space that is due, unless nobody answered.

    Each space gets at most one post for a week, even if several processes call this several times. After downtime
    the post comes late, as long as the week in which it was due hasn't ended.
    """
    now = core.clock.now()
    due = await core.storage.read(lambda unit: _look(core, unit, space_id, now))
    if due is None:
        return
    with use_language(due.space.language):
        picture = await core.pictures.of(week_card(due.week), due.theme) if due.week else None

    async def work(unit: Unit) -> None:
        space = await unit.spaces.lock_if_there(space_id)
        if space is None or space.weekly_next_at != due.space.weekly_next_at:
            return  # another process was faster
        if await unit.people.names(list(due.named)) != due.named:
            return  # somebody was forgotten or renamed meanwhile: the next tick paints a new card
        if due.story.split and await unit.rounds.is_being_asked(due.story.split.question.id, space_id):
            return  # its answer is secret again: the next tick tells another question
        await unit.spaces.set_weekly_next(space.id, due.next_at)
        await unit.thanks.drop(space.id, due.thanked_until)
        if due.week:
            await _post(unit, space, due.week, due.story, picture, now)

    await core.write_and_deliver(work)


async def _look(core: Core, unit: Unit, space_id: SpaceId, now: datetime) -> _Due | None:
    space = await unit.spaces.find(space_id)
    if space is None or space.weekly_next_at is None or space.weekly_next_at > now:
        return None
    league = await unit.leagues.get(space.league_id)
    moment = space.weekly_next_at
    while (following := core.next_fire(league.weekly_moments, moment)) <= now:
        moment = following
    told_on, today = league.day(moment), league.day(now)
    day = told_on - timedelta(days=7)
    _begin, end = week_bounds(league, monday(day))
    due = _Due(space=space, theme=league.weekly.theme, next_at=following, thanked_until=end)
    channel = await channel_of(unit, space)
    if channel is None or monday(told_on) != monday(today) or await unit.outbox.find(week_key(space.id, day)):
        return due
    week = await review_week(unit, league, day, today)
    if week is None:
        return due
    return replace(due, week=week, story=await week_story(core, unit, league, space, week, channel=channel, now=now))


async def _post(
    unit: Unit, space: Space, week: WeekReview, story: WeekStory, picture: Picture | None, now: datetime
) -> None:
    channel = await channel_of(unit, space)
    if channel is None:
        return
    with use_language(space.language):
        view = week_in_review(week, story)
    if picture is not None:
        await unit.images.put([picture.file])
        view = replace(view, image=picture.image)
    if await unit.subscriptions.has(space.id, Subject.DIGEST):
        await unit.spaces.set_digest_week(space.id, week.monday)
    key, kind = week_key(space.id, week.monday), PostKind.WEEK
    await unit.outbox.put(Post(key=key, kind=kind, space_id=space.id, channel=channel, view=view, posted_at=now))


def week_key(space_id: SpaceId, day: date) -> str:
    """Return the outbox key of the post on a day's week: at most 25 characters, like platforms' nonces."""
    year, week, _ = day.isocalendar()
    return f"t{space_id}{year % 100:02}{week:02}"
