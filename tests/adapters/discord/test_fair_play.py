"""Who has only just come, by Discord's word, and whether they may answer."""

import asyncio
from datetime import timedelta

from tests.adapters.discord.conftest import SINGLE
from tests.adapters.discord.test_reactions import SIGNS, reactions_question, settled
from tests.platforms.discord import render


def joined(bot, user, *, days):
    """Somebody has been in the server for so long."""
    bot.guild.members[user.id].joined_at -= timedelta(days=days)


async def rule(bot, **options):
    done = await (await bot.server.command(bot.host, bot.channel, "league set", options)).replied()
    assert "League Study group" in render(done.reply)


async def test_a_new_account_is_told_from_when_on_it_may_answer(bot):
    await rule(bot, account_age="7d")
    question = await bot.ask()
    click = await (await bot.server.click(bot.ada, question, question.controls[0]["custom_id"])).replied()
    assert "You can start on" in render(click.reply)
    assert await bot.answers(question) == {}


async def test_whoever_joined_long_ago_may_answer_and_a_newcomer_may_not(bot):
    await rule(bot, join_age="7d")
    question = await bot.ask()
    button = question.controls[0]["custom_id"]
    joined(bot, bot.ada, days=8)
    eve = bot.server.add_user("Eve", bot.guild)
    assert "You can start on" in render((await (await bot.server.click(eve, question, button)).replied()).reply)
    await (await bot.server.click(bot.ada, question, button)).replied()
    assert set(await bot.answers(question)) == {"Ada"}


async def test_reactions_of_newcomers_do_not_count_not_even_when_they_are_read_back(start_bot, server):
    bot, own = await start_bot(SINGLE)
    await rule(bot, join_age="7d")
    joined(bot, bot.ada, days=8)
    question = await reactions_question(bot)
    bob, eve = server.add_user("Bob", bot.guild), server.add_user("Eve", bot.guild)
    joined(bot, eve, days=9)
    await server.react(bob, question, SIGNS[1])
    await server.react(bot.ada, question, SIGNS[0])
    await settled(bot, question, {"Ada": [0]})
    await own.aclose()
    await server.react(eve, question, SIGNS[3])
    bot, _own = await start_bot()
    await settled(bot, question, {"Ada": [0], "Eve": [3]})
    await asyncio.sleep(0.2)  # Bob's would be stored by now, if at all
    assert await bot.answers(question) == {"Ada": [0], "Eve": [3]}
