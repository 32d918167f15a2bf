"""The bot comes into servers and leaves them."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.typed import typed
from tests.adapters.discord.conftest import SINGLE
from tests.platforms.discord import May, render

DAILY = {"time": "09:00", "zone": "Europe/Berlin"}


async def present(unit):
    return sorted(space.name for space in await unit.spaces.present("discord"))


async def test_a_server_that_was_there_before_the_bot_started_gets_one_welcome(start_bot, server, guild):
    _bot, own = await start_bot()
    owner = await server.direct(guild.owner)
    await server.until(lambda: owner.messages)
    await own.aclose()
    _bot, own = await start_bot()
    await own.aclose()
    assert len(owner.messages) == 1
    assert "/daily set time:09:00 zone:Europe/Berlin" in render(owner.last)


async def test_who_invites_the_bot_is_welcomed(bot, server):
    boss = server.add_user("Linus")
    new = server.add_guild("Night owls", owner=boss, with_bot=False)
    await server.invite_bot(new, by=boss)
    direct = await server.direct(boss)
    await server.until(lambda: direct.messages)
    await bot.stored(present, ["Night owls", "Study group"])


async def newcomers(server):
    """A server whose boss is about to invite the bot: the server, a channel in it, the boss and their messages."""
    boss = server.add_user("Linus")
    new = server.add_guild("Night owls", owner=boss, with_bot=False)
    return new, new.add_channel("study"), boss, await server.direct(boss)


def welcomes(direct):
    return [one for one in direct.messages.values() if "Hello!" in render(one)]


async def test_a_command_in_the_moment_in_which_the_bot_comes_is_served(bot, server):
    new, channel, boss, direct = await newcomers(server)
    await server.invite_bot(new, by=boss)
    command = await (await server.command(boss, channel, "daily set", DAILY)).replied()
    assert "The daily question is set" in render(command.reply)
    await server.until(lambda: welcomes(direct), "a welcome")
    await bot.stored(present, ["Night owls", "Study group"])


async def test_a_command_before_the_word_that_the_bot_has_come_is_served_and_welcomed_once(bot, server):
    new, channel, boss, direct = await newcomers(server)
    await server.invite_bot(new, by=boss, told=False)
    await (await server.command(boss, channel, "quiz")).acknowledged()
    await server.until(lambda: channel.messages, "a question")
    assert await bot.app.storage.read(present) == ["Night owls", "Study group"]
    await server.until(lambda: welcomes(direct), "a welcome")
    await server.tell_of_arrival(new)
    await (await server.command(boss, channel, "help")).replied()
    assert len(welcomes(direct)) == 1


@pytest.mark.parametrize("first", ["command", "word"])
async def test_commands_and_the_word_at_the_same_time_make_one_space_and_one_welcome(bot, server, first):
    new, channel, boss, direct = await newcomers(server)
    with server.hold_gateway():  # all of it comes in one go
        await server.invite_bot(new, by=boss, told=first == "word")
        commands = [await server.command(boss, channel, "leaderboard") for _ in range(5)]
        if first == "command":
            await server.tell_of_arrival(new)
    for command in commands:
        assert "No answers in this period yet" in render((await command.replied()).reply)
    await server.until(lambda: welcomes(direct), "a welcome")
    await bot.settled()
    assert len(welcomes(direct)) == 1
    assert await bot.app.storage.read(present) == ["Night owls", "Study group"]


async def test_a_command_before_the_word_that_the_bot_has_come_back_finds_what_was_left(bot, server):
    question = await bot.ask()
    await (await server.click(bot.ada, question, question.button("A"))).replied()
    await server.kick_bot(bot.guild)
    await bot.stored(present, [])
    await server.invite_bot(bot.guild, by=bot.guild.owner, told=False)
    board = await (await server.command(bot.ada, bot.channel, "leaderboard")).replied()
    assert "Ada" in render(board.reply)
    assert await bot.app.storage.read(present) == ["Study group"]


async def test_a_server_that_has_the_commands_without_the_bot_is_told_how_to_add_it(bot, server):
    """As with the scope applications.commands alone: https://discord.com/developers/docs/topics/oauth2."""
    _new, channel, boss, _direct = await newcomers(server)
    command = await (await server.command(boss, channel, "help")).replied()
    assert "scope=bot" in command.reply.content + str(command.reply.embeds)
    assert await bot.app.storage.read(present) == ["Study group"]


async def test_while_discord_cannot_say_where_the_bot_is_a_command_is_refused_in_words(bot, server):
    new, channel, boss, _direct = await newcomers(server)
    await server.invite_bot(new, by=boss, told=False)
    server.fail_next(503, match=rf"GET /guilds/{new.id}$")
    first = await (await server.command(boss, channel, "help")).replied()
    assert "try again" in render(first.reply)
    second = await (await server.command(boss, channel, "help")).replied()
    assert "/quiz" in render(second.reply)


async def test_who_is_thrown_out_asks_no_more(bot, server):
    await bot.daily()
    await server.kick_bot(bot.guild)

    async def gone(unit):
        tomorrow = bot.app.clock.now() + timedelta(days=1)
        return await present(unit), await unit.schedules.due(tomorrow, ["discord"])

    await bot.stored(gone, ([], []))


async def test_a_stop_waits_for_an_event_that_has_just_come(bot, server):
    written = asyncio.Event()

    async def write(_unit):
        await written.wait()

    def handled():
        return any("on_guild_remove" in task.get_name() for task in asyncio.all_tasks())

    writing = asyncio.create_task(bot.app.storage.write(write))
    try:
        await server.kick_bot(bot.guild)
        await server.until(handled, "the word")
        stopping = asyncio.create_task(bot.adapter.stop())
        await server.until(bot.adapter._client.is_closed, "the connection's end")
        assert not stopping.done()
    finally:
        written.set()
        await writing
    await stopping
    assert await bot.app.storage.read(present) == []


async def test_who_is_thrown_out_and_invited_again_goes_on_and_says_so(bot, server):
    """The usual repair of a bot that misses permissions: kick it, and open the invitation again."""
    await bot.daily()
    await server.kick_bot(bot.guild)
    await bot.stored(present, [])
    await server.invite_bot(bot.guild, by=bot.guild.owner)
    assert "09:00 Europe/Berlin" in await bot.owner_is_told("These daily questions continue:")
    assert [one.paused for one in await bot.app.storage.read(lambda unit: unit.schedules.all())] == [False]


async def test_coming_back_finds_what_was_left(bot, server):
    question = await bot.ask()
    await (await server.click(bot.ada, question, question.button("A"))).replied()
    await server.kick_bot(bot.guild)
    await bot.stored(present, [])
    await server.invite_bot(bot.guild, by=bot.guild.owner)
    await bot.stored(present, ["Study group"])
    board = await (await server.command(bot.ada, bot.channel, "leaderboard")).replied()
    assert "Ada" in render(board.reply)


async def test_what_changed_while_the_bot_was_away_is_caught_up_on(start_bot, server, guild):
    bot, own = await start_bot()
    await bot.stored(present, ["Study group"])
    await own.aclose()
    await server.kick_bot(guild)
    server.add_guild("Night owls")
    bot, _own = await start_bot()
    assert await bot.app.storage.read(present) == ["Night owls"]  # before start() has returned


async def test_what_changed_between_two_sessions_is_caught_up_on(bot, server):
    other = server.add_guild("Night owls")
    await bot.stored(present, ["Night owls", "Study group"])
    await server.invalidate_sessions()
    server.world.put_bot_out(other)
    server.add_guild("Early birds")
    await bot.stored(present, ["Early birds", "Study group"])


async def test_a_server_that_discord_cannot_serve_is_not_left(bot, server, guild):
    server.world.emit("GUILD_DELETE", {"id": str(guild.id), "unavailable": True}, guild)
    await (await server.command(bot.ada, bot.channel, "help")).replied()
    assert await bot.app.storage.read(present) == ["Study group"]


async def test_a_welcome_goes_where_the_server_posts_its_news(start_bot, server, monkeypatch):
    boss = server.add_user("Linus")
    new = server.add_guild("Night owls", owner=boss, with_bot=False)
    lobby = new.add_channel("lobby")
    original = server.world.let_bot_in.__globals__["payloads"].guild_create

    def with_system_channel(guild, *, with_members):
        body = original(guild, with_members=with_members)
        return body | ({"system_channel_id": str(lobby.id)} if guild is new else {})

    monkeypatch.setattr("tests.platforms.discord.payloads.guild_create", with_system_channel)
    await start_bot(SINGLE)
    await server.invite_bot(new, by=boss)
    await server.until(lambda: lobby.messages)
    assert "Hello!" in render(lobby.last)


async def test_nobody_is_welcomed_where_the_bot_may_not_write(start_bot, server, monkeypatch):
    boss = server.add_user("Linus")
    new = server.add_guild("Night owls", owner=boss, with_bot=False)
    lobby = new.add_channel("lobby", bot_may=May.VIEW_CHANNEL)
    original = server.world.let_bot_in.__globals__["payloads"].guild_create

    def with_system_channel(guild, *, with_members):
        body = original(guild, with_members=with_members)
        return body | ({"system_channel_id": str(lobby.id)} if guild is new else {})

    monkeypatch.setattr("tests.platforms.discord.payloads.guild_create", with_system_channel)
    await start_bot(SINGLE)
    await server.invite_bot(new, by=boss)
    direct = await server.direct(boss)
    await server.until(lambda: direct.messages)
    assert not lobby.messages


async def test_the_landing_page_is_told_where_to_add_it(bot) -> None:
    (name,) = bot.app.introductions
    assert name == "Discord"
    assert f"client_id={bot.server.world.application_id}" in bot.app.introductions[name].invitation
    assert bot.app.introductions[name].spell(f"{typed('daily now')}") == "/daily now"
