"""The app's home shows everybody their own, in time."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.domain.answers import SubmitAnswer
from bot.domain.identity import Member
from tests.budget import at_usual_pace

Bot = Any  # the fixtures' classes: test folders aren't packages


async def home(bot: Bot, who: Any) -> str:
    who.home = None
    await (await who.opens_home()).acked()
    await bot.server.until(lambda: who.home is not None, "a home")
    return bot.server.render(who.home)


async def test_it_shows_the_open_question_ones_figures_and_who_leads(bot: Bot) -> None:
    question = await bot.daily()
    await bot.clicks(bot.bob, question, await bot.right(question))
    shown = await home(bot, bot.bob)
    link = f"https://study.slack.com/archives/{bot.channel.id}/p{question.ts.replace('.', '')}"
    for text in ("Which metric fits", link, "1 of 1 right (100%)", "1 day in a row", "Leaderboard: this week"):
        assert text in shown


async def test_it_never_shows_the_key_of_an_open_question(bot: Bot) -> None:
    await bot.daily()
    shown = await home(bot, bot.bob)
    assert "the-right-one-because" not in shown
    assert "explained-in-general" not in shown


async def test_only_hosts_are_told_how_to_set_it_up(bot: Bot) -> None:
    assert "/quiz daily set" in await home(bot, bot.ada)
    assert "/quiz daily set" not in await home(bot, bot.bob)


async def test_it_says_for_which_team_one_plays(bot: Bot) -> None:
    await bot.says("team create Owls", bot.bob)
    assert "You play for Owls." in await home(bot, bot.bob)


async def test_the_question_of_a_private_channel_is_shown_to_its_members_alone(bot: Bot) -> None:
    stranger = bot.team.add_user("Cy", channels=[])
    bot.channel.private = True
    await bot.round(await bot.daily())  # people see it a moment before the database knows that it is there
    assert "Which metric fits" in await home(bot, bot.bob)
    assert "No question is open now." in await home(bot, stranger)


@pytest.mark.parametrize("kind", ["guest", "single_channel_guest"])
async def test_the_question_of_a_public_channel_is_shown_to_no_guest_of_another(bot: Bot, kind: str) -> None:
    guest = bot.team.add_user("Gast", **{kind: True})
    stranger = bot.team.add_user("Cy", channels=[], **{kind: True})
    await bot.round(await bot.daily())
    assert "Which metric fits" in await home(bot, guest)
    assert "No question is open now." in await home(bot, stranger)


async def test_many_who_open_it_at_once_all_see_the_question(bot: Bot) -> None:
    await bot.round(await bot.daily())
    people = [bot.team.add_user(f"Player {number}") for number in range(40)]
    with bot.server.stuck("conversations.info"):
        for person in people:
            await (await person.opens_home()).acked()
    await bot.server.until(lambda: all(person.home for person in people), "their homes")
    assert all("Which metric fits" in bot.server.render(person.home) for person in people)


async def test_it_opens_within_a_second_with_ten_thousand_players(bot: Bot) -> None:
    question = await bot.daily()
    asked, space = await bot.round(question), await bot.space()
    for start in range(0, 10_000, 1_000):
        clicks = [
            SubmitAnswer(
                round_id=asked.id,
                channel=asked.channel,
                member=Member(space_id=space.id, external_id=f"U{number}", name=f"Player {number}"),
                given=frozenset({number % 4}),
                at=bot.app.clock.now(),
                event_id=str(number),
            )
            for number in range(start, start + 1_000)
        ]
        for click in clicks[:-1]:
            bot.server.spawn(bot.app.answers.submit(click))
        await bot.app.answers.submit(clicks[-1])
    began = time.process_time()  # others may burn the machine's cores meanwhile
    shown = await home(bot, bot.bob)
    assert at_usual_pace(time.process_time() - began) < 1
    assert "Player" in shown


async def test_it_says_who_helps(start: Callable[..., Any]) -> None:
    bot = await start(operator_name="Study & Co.", operator_contact="help_desk@example.org")
    assert "Run by Study & Co. · Help: help_desk@example.org" in await home(bot, bot.bob)
    assert "Run by Study & Co. · Help: help_desk@example.org" in await bot.says("help", bot.bob)
