"""Messages: posting, editing, finding, and who is pinged."""

import io
from datetime import UTC, datetime, timedelta

import aiohttp
import discord
import pytest

from tests.platforms.discord import EVERYTHING, DiscordServer, May


async def test_a_message_holds_what_was_posted(channel, venue):
    embed = discord.Embed(title="Question", description="Which one?").set_footer(text="Closes soon")
    sent = await venue.send("Hello", embed=embed)
    message = channel.last
    assert message.id == sent.id
    assert (message.content, message.embeds[0]["title"]) == ("Hello", "Question")
    assert sent.author.id == message.author.id
    assert abs((sent.created_at - discord.utils.utcnow()).total_seconds()) < 5


async def test_a_file_is_kept_with_its_description(channel, venue):
    sent = await venue.send(file=discord.File(io.BytesIO(b"\x89PNG\r\n\r\n\x00"), "chart.png", description="A chart"))
    kept = channel.last.attachments[0]
    assert (kept.filename, kept.description, kept.content) == ("chart.png", "A chart", b"\x89PNG\r\n\r\n\x00")
    assert await sent.attachments[0].read() == kept.content


async def test_an_edit_changes_only_what_it_names(channel, venue, message):
    await venue.get_partial_message(message.id).edit(embed=discord.Embed(title="More"))
    assert (message.content, message.embeds[0]["title"], message.edits) == ("Hello", "More", 1)


async def test_the_same_nonce_posts_once(channel, venue):
    first = await venue.send("Question", nonce="round-1")
    again = await venue.send("Question", nonce="round-1")
    other = await venue.send("Question", nonce="round-2")
    assert first.id == again.id != other.id
    assert len(channel.messages) == 2


async def test_a_nonce_is_forgotten_after_some_minutes(server, channel, venue):
    await venue.send("Question", nonce="round-1")
    server.clock.advance(6 * 60)
    await venue.send("Question", nonce="round-1")
    assert len(channel.messages) == 2


async def test_a_reply_needs_what_it_replies_to(server, channel, venue, message):
    reference = discord.MessageReference(message_id=message.id, channel_id=channel.id)
    await venue.send("Indeed", reference=reference)
    assert channel.last.reply_to is message
    await server.delete_message(message)
    with pytest.raises(discord.HTTPException, match="Unknown message"):
        await venue.send("Indeed", reference=reference)


async def test_history_comes_in_pages(channel, venue, server):
    for number in range(7):
        await venue.send(str(number))
    assert [each.content async for each in venue.history(limit=3)] == ["6", "5", "4"]
    first = venue.get_partial_message(min(channel.messages))
    assert [each.content async for each in venue.history(limit=2, after=first)] == ["1", "2"]


async def test_ids_carry_the_time_of_the_servers_clock():
    morning = datetime(2026, 3, 2, 9, tzinfo=UTC)
    server = DiscordServer(wall=morning.timestamp)
    first, second = server.add_user("Ada"), server.add_user("Grace")
    server.clock.advance(60)
    third = server.add_user("Emmy")
    times = [discord.utils.snowflake_time(each.id) for each in (first, second, third)]
    assert times == [morning, morning, morning + timedelta(minutes=1)]
    assert first.id < second.id < third.id


def test_permissions_are_numbered_as_discord_numbers_them():
    names = {"ADMINISTRATE": "administrator", "READ_HISTORY": "read_message_history"}
    names["USE_COMMANDS"] = "use_application_commands"
    for each in May:
        assert getattr(discord.Permissions(int(each)), names.get(each.name, each.name.lower())), each


@pytest.mark.parametrize(
    ("bot_may", "code"),
    [
        (EVERYTHING & ~May.VIEW_CHANNEL, 50001),
        (EVERYTHING & ~May.SEND_MESSAGES, 50013),
        (EVERYTHING & ~May.EMBED_LINKS, 50013),
    ],
)
async def test_posting_needs_permission(channel, venue, bot_may, code):
    channel.let_bot(bot_may)
    with pytest.raises(discord.Forbidden) as error:
        await venue.send(embed=discord.Embed(title="Hello"))
    assert error.value.code == code
    assert not channel.messages


async def test_reading_needs_permission(channel, venue, message):
    channel.let_bot(EVERYTHING & ~May.READ_HISTORY)
    assert [each async for each in venue.history()] == []
    with pytest.raises(discord.Forbidden) as error:
        await venue.fetch_message(message.id)
    assert error.value.code == 50013


async def test_what_is_gone_is_unknown(server, channel, venue, message):
    await server.delete_message(message)
    with pytest.raises(discord.NotFound) as error:
        await venue.get_partial_message(message.id).edit(content="Hello again")
    assert error.value.code == 10008
    await server.delete_channel(channel)
    with pytest.raises(discord.NotFound) as error:
        await venue.send("Hello?")
    assert error.value.code == 10003


async def test_an_unknown_guild_is_10004(bot):
    with pytest.raises(discord.NotFound) as error:
        await bot.fetch_guild(1)
    assert error.value.code == 10004


async def test_an_old_message_takes_few_edits(server, venue, message):
    server.world.old_edits = 1
    server.clock.advance(3601)
    old = venue.get_partial_message(message.id)
    await old.edit(content="Once")
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {server.token}"}) as http:
        url = f"{server.api_base}/channels/{venue.id}/messages/{message.id}"
        answer = await http.patch(url, json={"content": "Twice"})
        assert (answer.status, (await answer.json())["code"]) == (429, 30046)
    assert message.content == "Once"


async def test_direct_messages_reach_whoever_takes_them(server, bot, ada):
    user = await bot.fetch_user(ada.id)
    await user.send("Psst")
    assert (await server.direct(ada)).last.content == "Psst"
    ada.takes_messages = False
    with pytest.raises(discord.Forbidden) as error:
        await user.send("Psst")
    assert error.value.code == 50007


async def test_pings_are_what_the_request_allows(channel, venue, ada):
    await venue.send(f"Hello {ada.mention} and @everyone")
    assert (channel.last.pings.users, channel.last.pings.everybody) == ((ada,), False)

    channel.let_bot(EVERYTHING)
    await venue.send("Hello @everyone")
    assert channel.last.pings.everybody

    await venue.send(f"Hello {ada.mention} and @everyone", allowed_mentions=discord.AllowedMentions.none())
    assert not channel.last.pings

    only_ada = discord.AllowedMentions(everyone=False, roles=False, users=[discord.Object(ada.id)])
    await venue.send(f"Hello {ada.mention} and @here", allowed_mentions=only_ada)
    assert (channel.last.pings.users, channel.last.pings.everybody) == ((ada,), False)


async def test_embeds_ping_nobody(channel, venue, ada):
    channel.let_bot(EVERYTHING)
    await venue.send(embed=discord.Embed(description=f"{ada.mention} @everyone"))
    assert not channel.last.pings
