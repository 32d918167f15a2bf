"""Cards: the button that shows the back in a private reply, and ids that nobody gave out."""

import pytest

from adapters.discord.controls import back_in, components, round_in
from adapters.discord.outbound import message
from bot.domain.identity import RoundId
from bot.domain.views import ControlKind, Controls, MessageView, OptionView
from bot.services.rounds.closing import close_round
from tests.adapters.stages.questions import CARD, SHORT
from tests.platforms.discord import render

ROUND = RoundId(2**63 - 1)
BACK = "too large overshoots"


def test_a_card_has_one_button_that_says_what_it_does():
    controls = Controls(kind=ControlKind.CARD, round_id=ROUND, fewest=1, most=1)
    (row,) = components(controls, (OptionView(letter="", text="Knew it"),))
    (button,) = row["components"]
    assert (button["label"], back_in(button["custom_id"])) == ("Show the back", ROUND)
    assert len(button["custom_id"]) <= 100
    assert round_in([row]) == ROUND
    asked = message(MessageView(text="What?", options=(OptionView(letter="", text="Knew it"),), controls=controls))
    assert "Knew it" not in str(asked.body)


@pytest.mark.parametrize("custom_id", ["", "back", "back:", "back:x", f"back:{2**63}", "back:1:0", "back:1 ", "back:١"])
def test_a_button_that_nobody_gave_out_shows_no_back(custom_id):
    assert back_in(custom_id) is None


async def test_a_card_is_turned_over_as_often_as_one_likes_and_once_for_a_click_that_comes_twice(start_bot, clock):
    bot, _own = await start_bot(CARD, clock=clock)
    asked = await bot.daily_question(reveal="at_close", cards="yes")
    bot.server.deliver_twice("INTERACTION_CREATE")
    for _time in range(2):
        click = await (await bot.server.click(bot.ada, asked, asked.button("Show the back"))).replied()
        assert click.reply.is_ephemeral
        assert BACK in render(click.reply)
        assert not click.followups
    assert await bot.answers(asked) == {}


async def test_a_click_on_a_closed_card_shows_the_back_without_buttons(start_bot, clock):
    bot, _own = await start_bot(CARD, clock=clock)
    asked = await bot.daily_question(reveal="at_close", cards="yes")
    button = asked.button("Show the back")
    await close_round(bot.app, (await bot.round(asked)).id)
    click = await (await bot.server.click(bot.ada, asked, button, unchecked=True)).replied()
    assert BACK in render(click.reply)
    assert "This question has closed." in render(click.reply)
    assert click.reply.controls == []


async def test_a_forged_button_shows_no_key_of_another_kind(start_bot, clock):
    bot, _own = await start_bot(SHORT, clock=clock)
    asked = await bot.daily_question(reveal="at_close")
    for custom_id in (f"back:{(await bot.round(asked)).id}", "back:1", f"back:{ROUND}", f"back:{2**63}", "back:x"):
        click = await (await bot.server.click(bot.ada, asked, custom_id, unchecked=True)).replied()
        assert "isn't here any more" in render(click.reply)
        assert "underfitting" not in render(click.reply)
