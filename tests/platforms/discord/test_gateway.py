"""Sessions as discord.py lives through them: start, loss, resumption, end."""

import json
import zlib

import aiohttp
import discord
import pytest

from tests.platforms.discord.client import Bot
from tests.platforms.discord.sessions import Op


async def test_the_bot_learns_where_it_is(server, guild, channel, bot):
    assert bot.user.id == server.bot.id
    seen = bot.get_guild(guild.id).get_channel(channel.id)
    assert seen.name == "general"
    assert seen.permissions_for(seen.guild.me).send_messages
    assert not seen.permissions_for(seen.guild.me).mention_everyone


async def test_what_happens_while_the_bot_is_away_is_told_when_it_resumes(server, ada, bot, message):
    await server.drop_connections()
    await server.react(ada, message, "👍")
    await bot.hears("RESUMED")
    assert bot.heard.count("MESSAGE_REACTION_ADD") == 1
    assert bot.heard.count("READY") == 1


async def test_a_connection_that_breaks_off_is_resumed(server, bot):
    await server.drop_connections(code=None)
    await bot.hears("RESUMED")


async def test_the_bot_comes_back_when_it_is_asked_to(server, bot):
    await server.ask_to_reconnect()
    await bot.hears("RESUMED")


async def test_what_happens_after_a_session_was_ended_is_lost(server, ada, bot, message):
    await server.invalidate_sessions()
    await server.react(ada, message, "👍")
    await bot.hears("READY", times=2)
    await bot.hears("GUILD_CREATE", times=2)
    assert "MESSAGE_REACTION_ADD" not in bot.heard


async def test_an_ended_session_may_be_resumable(server, ada, bot, message):
    await server.invalidate_sessions(resumable=True)
    await server.react(ada, message, "👍")
    await bot.hears("RESUMED")
    assert "MESSAGE_REACTION_ADD" in bot.heard


async def test_a_session_that_was_closed_for_good_is_gone(server, start, bot):
    await bot.close()
    await server.until(lambda: not server.gateway.ready(1))
    await start()
    assert [each.op for each in server.payloads if each.op in (2, 6)] == [2, 2]


async def test_a_session_that_was_closed_for_good_is_not_resumed(server, bot):
    session = bot.shards[0]._parent.ws.session_id
    await bot.close()
    await server.until(lambda: not server.gateway.ready(1))
    async with aiohttp.ClientSession() as http, http.ws_connect(server.gateway_url) as socket:
        assert (await socket.receive_json())["op"] == Op.HELLO
        await socket.send_json({"op": Op.RESUME, "d": {"token": server.token, "session_id": session, "seq": 1}})
        assert await socket.receive_json() == {"op": Op.INVALID_SESSION, "d": False}


async def test_what_is_sent_is_one_zlib_stream_if_the_client_asks_for_it(server):
    url = f"{server.gateway_url}?v=10&encoding=json&compress=zlib-stream"
    async with aiohttp.ClientSession() as http, http.ws_connect(url) as socket:
        stream = zlib.decompressobj()
        assert json.loads(stream.decompress(await socket.receive_bytes()))["op"] == Op.HELLO
        await socket.send_json({"op": Op.HEARTBEAT, "d": None})
        assert json.loads(stream.decompress(await socket.receive_bytes()))["op"] == Op.HEARTBEAT_ACK


async def test_an_event_may_come_twice(server, ada, bot, message):
    server.deliver_twice("MESSAGE_REACTION_ADD")
    await server.react(ada, message, "👍")
    await bot.hears("MESSAGE_REACTION_ADD", times=2)


async def test_a_held_gateway_says_nothing_until_it_is_let_go(server, ada, bot, venue, message):
    with server.hold_gateway():
        await server.react(ada, message, "👍")
        await venue.fetch_message(message.id)  # a whole round trip
        assert "MESSAGE_REACTION_ADD" not in bot.heard
    await bot.hears("MESSAGE_REACTION_ADD")


async def test_the_bot_hears_only_what_it_asked_for(server, ada, start, channel):
    bot = await start(intents=discord.Intents(guilds=True))
    await bot.get_channel(channel.id).send("Hello")
    await server.react(ada, channel.last, "👍")
    await server.delete_channel(channel)
    await bot.hears("CHANNEL_DELETE")
    assert not {"MESSAGE_CREATE", "MESSAGE_REACTION_ADD"} & set(bot.heard)


async def test_guilds_spread_over_shards(server, start):
    guilds = [server.add_guild(f"Group {number}") for number in range(4)]
    server.gateway.shards = 2
    bot = await start()
    assert bot.shard_count == 2
    assert sorted(bot.get_guild(each.id).shard_id for each in guilds) == [0, 0, 1, 1]
    channel = guilds[0].add_channel("general")
    await bot.hears("CHANNEL_CREATE")
    assert bot.heard.count("CHANNEL_CREATE") == 1
    assert bot.get_channel(channel.id).guild.shard_id == bot.get_guild(guilds[0].id).shard_id


async def test_the_bot_is_thrown_out_and_invited_again(server, guild, channel, bot):
    await server.kick_bot(guild)
    await bot.hears("GUILD_DELETE")
    with pytest.raises(discord.Forbidden) as error:
        await bot.get_partial_messageable(channel.id).send("Hello?")
    assert error.value.code == 50001
    await server.invite_bot(guild, by=guild.owner)
    await bot.hears("GUILD_CREATE", times=2)
    await bot.get_partial_messageable(channel.id).send("Hello!")


async def test_members_are_found_by_name_and_number(guild, ada, bot):
    assert [each.id for each in await bot.get_guild(guild.id).query_members("ada")] == [ada.id]
    assert [each.id for each in await bot.get_guild(guild.id).query_members(user_ids=[ada.id])] == [ada.id]


@pytest.fixture
async def logged_in(server):
    """A bot that is logged in and not yet connected."""
    async with Bot() as bot:
        await bot.login(server.token)
        yield bot


async def test_a_wrong_token_is_no_login(server):
    async with Bot() as bot:
        with pytest.raises(discord.LoginFailure):
            await bot.login("another token")


async def test_a_token_that_was_changed_closes_with_4004(server, logged_in):
    server.token = "a new token"
    logged_in.shard_count = 1  # which it can't ask for any more
    with pytest.raises(discord.ConnectionClosed) as error:
        await logged_in.connect()
    assert error.value.code == 4004


async def test_intents_that_were_not_granted_close_with_4014(server):
    async with Bot(intents=discord.Intents(guilds=True, members=True)) as bot:
        await bot.login(server.token)
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await bot.connect()


async def test_intents_may_be_granted(server, guild, ada, start):
    server.gateway.allowed_intents = discord.Intents(members=True).value
    bot = await start(intents=discord.Intents(guilds=True, members=True))
    assert bot.get_guild(guild.id).get_member(ada.id).display_name == "Ada"


async def test_one_session_too_many_costs_all_of_them_and_the_token(server, logged_in):
    """See https://discord.com/developers/docs/events/gateway#identifying."""
    before, server.gateway.starts_left = server.token, 0
    with pytest.raises(discord.ConnectionClosed) as error:
        await logged_in.connect()
    assert error.value.code == 4004
    assert server.token != before
