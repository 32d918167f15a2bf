"""A daily question calls the one role that a host chose, or those who are online, and nobody else."""

import pytest

from tests.platforms.discord import INVITED, May


def may_call(bot):
    """Let the bot and the host mention anybody."""
    bot.channel.let_bot(INVITED | May.MENTION_EVERYONE)
    bot.guild.members[bot.host.id].roles[0].may |= May.MENTION_EVERYONE


def pings(message):
    return message.pings.everybody, message.pings.roles, message.pings.users


async def test_a_role_that_anybody_may_mention_is_called(bot):
    owls = bot.guild.add_role("Owls", mentionable=True)
    question = await bot.daily_question(mention=f"<@&{owls.id}>")
    assert question.content == f"<@&{owls.id}>"
    assert pings(question) == (False, (owls.id,), ())


async def test_those_who_are_online_are_called(bot):
    may_call(bot)
    question = await bot.daily_question(mention="@here")
    assert question.content == "@here"
    assert pings(question) == (True, (), ())


async def test_nobody_is_called_unless_a_host_wants_it(bot):
    may_call(bot)
    question = await bot.daily_question()
    assert (question.content, pings(question)) == ("", (False, (), ()))


async def test_only_the_question_calls(bot):
    may_call(bot)
    question = await bot.daily_question(mention="here")
    await (await bot.server.click(bot.ada, question, question.button("A"))).replied()
    await (await bot.server.command(bot.host, bot.channel, "daily close")).replied()
    await bot.server.until(lambda: bot.channel.last.reply_to)
    await bot.settled()
    called = [one for one in bot.channel.messages.values() if one.pings]
    assert called == [question]


@pytest.mark.parametrize("mention", ["@everyone", "everyone"])
async def test_everyone_is_never_called(bot, mention):
    may_call(bot)
    assert "I never call everyone" in (await bot.daily(mention=mention)).content


async def test_the_role_of_everyone_and_one_from_elsewhere_are_refused(bot):
    may_call(bot)
    for role in (bot.guild.id, 123):
        assert "This server has no such role" in (await bot.daily(mention=f"<@&{role}>")).content


@pytest.mark.parametrize("mention", ["here", "role"])
async def test_what_is_missing_to_call_is_said_when_it_is_set(bot, mention):
    bot.guild.members[bot.host.id].roles[0].may |= May.MENTION_EVERYONE
    owls = bot.guild.add_role("Owls")
    told = (await bot.daily(mention=f"<@&{owls.id}>" if mention == "role" else "here")).content
    assert "In #study I need these permissions: Mention @everyone, @here, and All Roles" in told


async def test_nobody_calls_by_the_bot_whom_they_cannot_call(bot):
    bot.channel.let_bot(INVITED | May.MENTION_EVERYONE)
    assert "you need the permission “Mention @everyone" in (await bot.daily(mention="here")).content


async def test_the_channels_list_says_whom_a_question_calls(bot):
    may_call(bot)
    await bot.daily(mention="here")
    shown = await (await bot.server.command(bot.host, bot.channel, "daily show")).replied()
    assert "mentions @here" in shown.embeds[0]["description"]
