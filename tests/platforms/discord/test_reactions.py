"""Reactions, the bot's own and other people's."""

import discord
import pytest

from tests.platforms.discord import EVERYTHING, May


@pytest.fixture
def seen(venue, message):
    """The message, as the bot sees it."""
    return venue.get_partial_message(message.id)


async def test_the_bot_reacts_and_takes_it_back(server, message, seen):
    await seen.add_reaction("🇦")
    assert list(message.reactions["🇦"]) == [server.bot.id]
    await seen.remove_reaction("🇦", discord.Object(server.bot.id))
    assert not message.reactions


async def test_who_reacted_comes_in_pages(server, guild, message, seen):
    people = [server.add_user(f"Student {number}", guild) for number in range(230)]
    for person in people:
        await server.react(person, message, "🇦")
    full = await seen.fetch()
    assert (full.reactions[0].count, full.reactions[0].me) == (230, False)
    assert {each.id async for each in full.reactions[0].users()} == {each.id for each in people}
    pages = server.calls(r"GET .*/reactions/")
    assert len(pages) == 3


async def test_a_reaction_is_told_once(server, ada, bot, message):
    told = []
    bot.on_raw_reaction_add = lambda event: _note(told, event)
    await server.react(ada, message, "🇦")
    await server.react(ada, message, "🇦")
    await server.unreact(ada, message, "🇦")
    await bot.hears("MESSAGE_REACTION_REMOVE")
    assert [(each.user_id, each.message_id, str(each.emoji), each.member.display_name) for each in told] == [
        (ada.id, message.id, "🇦", "Ada")
    ]


async def _note(told, event):
    told.append(event)


async def test_only_a_moderator_takes_away_what_others_gave(server, channel, ada, message, seen):
    await server.react(ada, message, "🇦")
    channel.let_bot(EVERYTHING & ~May.MANAGE_MESSAGES)
    with pytest.raises(discord.Forbidden) as error:
        await seen.remove_reaction("🇦", discord.Object(ada.id))
    assert error.value.code == 50013
    channel.let_bot(EVERYTHING)
    await seen.remove_reaction("🇦", discord.Object(ada.id))
    assert not message.reactions


async def test_adding_a_new_emoji_needs_permission_and_joining_one_does_not(server, channel, ada, message, seen):
    channel.let_bot(EVERYTHING & ~May.ADD_REACTIONS)
    with pytest.raises(discord.Forbidden):
        await seen.add_reaction("🇦")
    await server.react(ada, message, "🇦")
    await seen.add_reaction("🇦")
    assert len(message.reactions["🇦"]) == 2


async def test_a_word_is_no_emoji(seen):
    with pytest.raises(discord.HTTPException) as error:
        await seen.add_reaction("smile")
    assert error.value.code == 10014


async def test_nobody_elses_reaction_is_taken_away_in_a_direct_message(server, bot, ada):
    sent = await (await bot.fetch_user(ada.id)).send("Psst")
    message = (await server.direct(ada)).last
    await server.react(ada, message, "🇦")
    with pytest.raises(discord.Forbidden) as error:
        await sent.remove_reaction("🇦", discord.Object(ada.id))
    assert error.value.code == 50003


async def test_super_reactions_are_counted_with_the_others_and_listed_apart(server, guild, ada, message, seen):
    """See https://discord.com/developers/docs/resources/message#get-reactions-reaction-types."""
    bob = server.add_user("Bob", guild)
    await server.react(ada, message, "🇦")
    await server.react(bob, message, "🇦", burst=True)
    (found,) = (await seen.fetch()).reactions
    assert (found.count, found.normal_count, found.burst_count) == (2, 1, 1)
    assert [each.id async for each in found.users()] == [ada.id]
    assert [each.id async for each in found.users(type=discord.ReactionType.burst)] == [bob.id]
