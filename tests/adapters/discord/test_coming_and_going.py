"""The bot comes into servers and leaves them."""

from tests.adapters.discord.conftest import SINGLE
from tests.platforms.discord import May, render


async def present(unit):
    return sorted(space.name for space in await unit.spaces.present("discord"))


async def test_a_server_that_was_there_before_the_bot_started_gets_one_welcome(start_bot, server, guild):
    _bot, own = await start_bot()
    owner = await server.direct(guild.owner)
    await server.until(lambda: owner.messages, 5)
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
    await server.until(lambda: direct.messages, 5)
    await bot.stored(present, ["Night owls", "Study group"])


async def test_who_is_thrown_out_asks_no_more(bot, server):
    await bot.daily()
    await server.kick_bot(bot.guild)

    async def gone(unit):
        return await present(unit), [series.paused for series in await unit.schedules.all()]

    await bot.stored(gone, ([], [True]))


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
    await server.until(lambda: lobby.messages, 5)
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
    await server.until(lambda: direct.messages, 5)
    assert not lobby.messages
