"""Whoever starts something that the bot would post is told at once what it lacks there.

Discord sends along with each command what the app may do in the channel: `app_permissions`, see
https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object.
"""

import pytest

from tests.platforms.discord import INVITED, May, render

DAILY = {"time": "09:00", "zone": "Europe/Berlin"}
POSTING = [
    ("quiz", {}),
    ("daily set", DAILY | {"name": "late"}),
    ("daily resume", {}),
    ("daily now", {}),
    ("daily close", {}),
    ("league set", {"weekly_channel": "here"}),
    ("league season", {"action": "end"}),
    ("league season", {"action": "start", "name": "Spring"}),
    ("night start", {}),
    ("night stop", {}),
]
"""Every command after which the bot posts in the channel, at once or later."""


async def replied(bot, line, options):
    return await (await bot.server.command(bot.host, bot.channel, line, options)).replied()


async def stored(bot):
    async def read(unit):
        space = await unit.spaces.known_as("discord", str(bot.guild.id))
        rounds = await unit.rounds.open_in(space.id)
        return len(rounds), len(await unit.schedules.all(space.id)), space.weekly_channel

    return await bot.app.storage.read(read)


@pytest.mark.parametrize(
    ("line", "options"), POSTING, ids=[" ".join((line, options.get("action", ""))) for line, options in POSTING]
)
async def test_what_leads_to_a_post_is_refused_with_what_is_missing(bot, line, options):
    await bot.daily_question()
    await bot.settled()
    bot.channel.let_bot(INVITED & ~May.SEND_MESSAGES & ~May.EMBED_LINKS)
    before = await stored(bot)
    reply = await replied(bot, line, options)
    assert reply.ephemeral
    assert "In #study I need these permissions: Send Messages, Embed Links." in reply.content
    assert await stored(bot) == before
    assert len(bot.channel.messages) == 1


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("quiz", {"private": True}),
        ("daily preview", DAILY),
        ("daily show", {}),
        ("daily pause", {}),
        ("league set", {"weekly_channel": "auto"}),
        ("daily stop", {}),
    ],
)
async def test_what_posts_nothing_new_is_not_refused(bot, line, options):
    await bot.daily()
    bot.channel.let_bot(INVITED & ~May.SEND_MESSAGES)
    assert "permissions" not in (await replied(bot, line, options)).content


async def test_a_season_ends_only_if_its_standings_can_be_posted_in_their_channel(bot):
    question = await bot.daily_question()
    await (await bot.server.click(bot.ada, question, question.button("A"))).replied()
    elsewhere = bot.guild.add_channel("office")
    elsewhere.let_bot(INVITED & ~May.SEND_MESSAGES)

    async def ends():
        command = await bot.server.command(bot.host, elsewhere, "league season", {"action": "end"})
        return (await command.replied()).reply

    bot.channel.let_bot(INVITED & ~May.EMBED_LINKS)
    assert "In #study I need these permissions: Embed Links." in (await ends()).content
    bot.channel.let_bot(INVITED)
    asked = await ends()
    await (await bot.server.click(bot.host, asked, asked.controls[0]["custom_id"])).replied()
    await bot.settled()
    assert "Final standings: Season 1" in render(bot.channel.last)


async def test_a_season_ends_only_where_leaderboards_come_by_now(bot):
    await bot.daily()
    office = bot.guild.add_channel("office")
    await (await bot.server.command(bot.host, office, "league set", {"weekly_channel": "here"})).replied()
    office.let_bot(INVITED & ~May.EMBED_LINKS)
    refused = await replied(bot, "league season", {"action": "end"})
    assert "In #office I need these permissions: Embed Links." in refused.content


async def test_a_season_may_end_while_its_standings_go_to_an_archived_thread(bot):
    thread = bot.channel.add_thread("quiz")
    await (await bot.server.command(bot.host, thread, "daily set", DAILY)).replied()
    thread.change(archived=True)
    assert "End the season?" in render((await replied(bot, "league season", {"action": "end"})).reply)


async def test_a_season_does_not_end_while_its_standings_would_go_to_a_locked_thread(bot):
    thread = bot.channel.add_thread("quiz")
    await (await bot.server.command(bot.host, thread, "daily set", DAILY)).replied()
    thread.change(locked=True)
    refused = await replied(bot, "league season", {"action": "end"})
    assert "I can't write in #quiz any more. Is it archived or locked?" in refused.content
    bot.channel.let_bot(INVITED | May.MANAGE_THREADS)
    assert "End the season?" in render((await replied(bot, "league season", {"action": "end"})).reply)


async def test_who_may_not_do_it_anyway_hears_nothing_of_permissions(bot):
    bot.channel.let_bot(INVITED & ~May.SEND_MESSAGES)
    command = await bot.server.command(bot.ada, bot.channel, "daily set", DAILY, unchecked=True)
    assert (await command.replied()).content == "Only a host can do that."


async def test_a_name_with_markdown_in_it_is_told_as_it_is(bot):
    bot.channel.name = "study_of_*all*"
    bot.channel.let_bot(INVITED & ~May.SEND_MESSAGES)
    reply = await replied(bot, "daily set", DAILY)
    assert r"In #study\_of\_\*all\* I need" in reply.content


async def test_an_administrator_lacks_nothing(bot):
    bot.channel.let_bot(May.ADMINISTRATE | May.VIEW_CHANNEL)
    reply = await replied(bot, "daily set", DAILY)
    assert "permissions" not in reply.content
