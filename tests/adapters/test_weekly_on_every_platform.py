"""The weekly post and what follows it: everybody reads how the week went, and who wants it how their own went."""

from datetime import date, time, timedelta
from fractions import Fraction

import pytest

from adapters.discord import outbound as discord
from adapters.slack import outbound as slack
from bot.domain.grading import POINT
from bot.domain.headlines import SharedLead
from bot.domain.kinds import kind_of
from bot.domain.revisions import first_revision
from bot.domain.standings import Standing
from bot.domain.thanks import Thanked
from bot.domain.weeks import (
    MOST_THANKED,
    TOP_PLAYERS,
    TOP_PLAYERS_ALONE,
    TOP_RISERS,
    TOP_STREAKS,
    TOP_TEAMS,
    Coming,
    HardQuestion,
    Riser,
    SplitQuestion,
    Streak,
    TeamOfWeek,
    WeekReview,
    WeekStory,
)
from bot.i18n import LANGUAGES, use_language
from bot.rendering.weekly import week_in_review
from bot.testing import draft
from tests.adapters.stages import Stage
from tests.patience import until
from tests.unit.domain.typed_rounds import a_round


async def test_everybody_reads_what_was_special_and_one_person_about_their_own_week(stage: Stage):
    await stage.imports(draft("Which?", "yes", "no", topic="S3"))
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    assert "After each weekly post" in await ada.says("/quiz digest on")
    question = await stage.daily()
    await ada.answers(question.letter("yes"))
    await bob.answers(question.letter("no"))
    await stage.closes()
    stage.wait(timedelta(days=7))

    async def is_told() -> bool:
        return "1 of 1 right (100%), 10 points" in await ada.hears()

    await until(is_told, "Ada's own week")
    await stage.shows("Ada won the week with 10 points")
    told = await stage.watcher.sees()
    assert "Questions to come" in told
    assert "1 of 1 right" not in await bob.hears() + told
    assert stage.pings() == []


def name(number: int) -> str:
    """A name of 60 characters, twelve of which are escaped in Markdown."""
    return f"{number:02} " + "Wilhelmina_*F*_-(of)-<Upper>-Slaughter, the Younger of the two"[:57]


def full_week(*, teams: int) -> WeekReview:
    """A review with as much in it as can be."""
    score = Fraction(50 * POINT, 3)
    standings = [
        Standing(
            place=n, name=name(n), points=score, score=score, right=10, answered=20, members=12, of=20, player_id=n
        )
        for n in range(1, max(teams, TOP_PLAYERS_ALONE) + 1)
    ]
    return WeekReview(
        league=name(99),
        monday=date(2026, 3, 2),
        teams=tuple(TeamOfWeek(standing=one, change=10) for one in standings[:teams]),
        more_teams=3 if teams else 0,
        players=tuple(standings[: TOP_PLAYERS if teams else TOP_PLAYERS_ALONE]),
        hardest=HardQuestion(stem="Why? " * 200, right=1, answered=9),
        streaks=tuple(Streak(player_id=n, name=name(n), days=100) for n in range(TOP_STREAKS)),
    )


def full_story() -> WeekStory:
    """A story with as much in it as can be."""
    question = first_revision(draft("Why? " * 200, "because " * 130, "no"), question_id=3, bank_id=1)
    round_ = a_round(kind_of(question), question.key, order=question.order)
    days = tuple(date(2026, 3, day) for day in range(9, 15))
    return WeekStory(
        headline=SharedLead(first=name(1), second=name(2)),
        risers=tuple(Riser(player_id=n, name=name(n), gained=10) for n in range(TOP_RISERS)),
        split=SplitQuestion(round=round_, question=question, right=3, answered=6),
        thanked=tuple(Thanked(player_id=n, name=name(n), suggested=10, improved=10) for n in range(MOST_THANKED)),
        coming=tuple(Coming(days=days, at=time(9, n), zone="America/Argentina/ComodRivadavia") for n in range(5)),
    )


@pytest.mark.parametrize("teams", [TOP_TEAMS, 0])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_week_with_the_longest_names_fits_in_one_message(teams, language):
    with use_language(language):
        view = week_in_review(full_week(teams=teams), full_story())
        on_discord, on_slack = discord.message(view), slack.contents(view)
    assert on_discord.files == ()
    assert len(on_slack) == 1
