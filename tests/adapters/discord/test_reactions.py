"""Answers by reaction."""

import asyncio

import pytest

from adapters.discord import reactions
from adapters.discord.controls import sign
from adapters.discord.messenger import DiscordMessenger
from bot.bootstrap import application
from bot.services.rounds.closing import close_round
from bot.services.series.series import ask_in_series_now
from bot.storage.outbox import SqlOutbox
from tests.adapters.discord.conftest import MULTIPLE, SINGLE
from tests.platforms.discord import CONNECTION_LOST, INVITED, May, Message, render

SIGNS = [sign(position) for position in range(4)]


async def reactions_question(bot):
    question = await bot.daily_question(answer_with="reactions")
    await bot.server.until(lambda: list(question.reactions) == SIGNS, "the bot's own reactions")
    await bot.round(question)
    return question


async def settled(bot, question, expected):
    """Wait until these answers are stored."""
    await bot.finds(lambda: bot.answers(question), expected)


async def test_the_bot_puts_the_sign_of_every_choice_under_the_question(bot):
    question = await reactions_question(bot)
    assert all(f"{mark} " in render(question) for mark in SIGNS)
    assert question.controls == []


async def test_a_reaction_is_an_answer_and_another_one_switches(bot):
    question = await reactions_question(bot)
    await bot.server.react(bot.ada, question, SIGNS[1])
    await settled(bot, question, {"Ada": [1]})
    await bot.server.react(bot.ada, question, SIGNS[2])
    await settled(bot, question, {"Ada": [2]})


async def test_a_super_reaction_is_an_answer_and_stays_one_when_the_reactions_are_read_again(start_bot, server):
    """They are counted with the others and listed apart, where nobody who doesn't ask for them finds them:
    https://discord.com/developers/docs/resources/message#get-reactions-reaction-types.
    """
    bot, own = await start_bot(SINGLE)
    question = await reactions_question(bot)
    await server.react(bot.ada, question, SIGNS[1], burst=True)
    await settled(bot, question, {"Ada": [1]})
    await own.aclose()
    bob = server.add_user("Bob", bot.guild)
    await server.react(bob, question, SIGNS[1])
    await server.react(server.add_user("Cid", bot.guild), question, SIGNS[3], burst=True)
    bot, _own = await start_bot()
    await settled(bot, question, {"Ada": [1], "Bob": [1], "Cid": [3]})
    await close_round(bot.app, (await bot.round(question)).id)
    assert await bot.answers(question) == {"Ada": [1], "Bob": [1], "Cid": [3]}


async def test_taking_a_super_reaction_off_takes_the_answer_back(bot):
    question = await reactions_question(bot)
    await bot.server.react(bot.ada, question, SIGNS[1], burst=True)
    await settled(bot, question, {"Ada": [1]})
    await bot.server.unreact(bot.ada, question, SIGNS[1])
    await settled(bot, question, {})


async def test_taking_the_reaction_off_takes_the_answer_back(bot):
    question = await reactions_question(bot)
    await bot.server.react(bot.ada, question, SIGNS[1])
    await settled(bot, question, {"Ada": [1]})
    await bot.server.unreact(bot.ada, question, SIGNS[1])
    await settled(bot, question, {})


async def test_who_reacts_before_the_message_is_recorded_has_answered(bot, monkeypatch):
    """Everybody can see a message a moment before the database knows it, and reactions may overtake the writing."""
    looked_for, recorded = asyncio.Event(), asyncio.Event()
    at_message, post = SqlOutbox.at_message, DiscordMessenger.post

    async def looked(self, *args):
        found = await at_message(self, *args)
        looked_for.set()
        return found

    async def late(self, *args):
        reference = await post(self, *args)
        await recorded.wait()
        return reference

    monkeypatch.setattr(DiscordMessenger, "post", late)
    monkeypatch.setattr(reactions, "_PAUSES_S", (0.01,) * 1_000)
    question = await bot.daily_question(answer_with="reactions")
    await bot.server.until(lambda: list(question.reactions) == SIGNS, "the bot's own reactions")
    monkeypatch.setattr(SqlOutbox, "at_message", looked)
    await bot.server.react(bot.ada, question, SIGNS[1])
    await looked_for.wait()
    recorded.set()
    await settled(bot, question, {"Ada": [1]})


async def test_quick_changes_end_as_the_last_one(bot):
    question = await reactions_question(bot)
    for _turn in range(10):
        await bot.server.react(bot.ada, question, SIGNS[0])
        await bot.server.unreact(bot.ada, question, SIGNS[0])
    await bot.server.react(bot.ada, question, SIGNS[3])
    await settled(bot, question, {"Ada": [3]})


async def test_where_several_are_right_all_reactions_count(start_bot):
    bot, _own = await start_bot(MULTIPLE)
    question = await reactions_question(bot)
    await bot.server.react(bot.ada, question, SIGNS[0])
    await bot.server.react(bot.ada, question, SIGNS[2])
    await settled(bot, question, {"Ada": [0, 2]})


async def test_other_emoji_and_other_messages_mean_nothing(bot):
    question = await reactions_question(bot)
    await bot.server.react(bot.ada, question, "🦆")
    await bot.server.react(bot.ada, question, sign(25))
    await bot.server.react(bot.ada, question, SIGNS[1])
    await settled(bot, question, {"Ada": [1]})


async def test_what_came_and_went_while_the_bot_was_away_is_read_back(start_bot, server):
    bot, own = await start_bot(SINGLE)
    question = await reactions_question(bot)
    bob, eve = server.add_user("Bob", bot.guild), server.add_user("Eve", bot.guild)
    await server.react(bot.ada, question, SIGNS[0])
    await server.react(bob, question, SIGNS[1])
    await settled(bot, question, {"Ada": [0], "Bob": [1]})
    await own.aclose()
    await server.unreact(bot.ada, question, SIGNS[0])
    await server.unreact(bob, question, SIGNS[1])
    await server.react(bob, question, SIGNS[2])
    await server.react(eve, question, SIGNS[3])
    bot, _own = await start_bot()
    await settled(bot, question, {"Bob": [2], "Eve": [3]})


async def test_more_people_than_fit_a_page_are_read_back(start_bot, server):
    bot, own = await start_bot(SINGLE)
    question = await reactions_question(bot)
    await own.aclose()
    for number in range(230):
        await server.react(server.add_user(f"Member {number}", bot.guild), question, SIGNS[number % 2])
    bot, _own = await start_bot()
    await settled(bot, question, {f"Member {number}": [number % 2] for number in range(230)})


async def test_what_was_lost_with_a_session_is_read_back(bot):
    question = await reactions_question(bot)
    await bot.server.invalidate_sessions()
    await bot.server.react(bot.ada, question, SIGNS[1])
    await settled(bot, question, {"Ada": [1]})


async def closed(bot, question):
    """Wait until the round of a question is closed."""
    asked = await bot.round(question)

    async def read(unit):
        return (await unit.rounds.find(asked.id)).closed_at is not None

    await bot.stored(read, True)


async def test_a_close_between_a_new_session_and_its_servers_counts_what_was_lost(bot):
    """After READY discord.py waits for more servers, in production for two seconds, before it calls itself ready."""
    question = await reactions_question(bot)
    await bot.server.react(bot.ada, question, SIGNS[1])
    await settled(bot, question, {"Ada": [1]})
    await bot.server.unreact(bot.ada, question, SIGNS[1])
    await settled(bot, question, {})
    bot.adapter._client._connection.guild_ready_timeout = 60
    bot.server.gateway.invalidate()
    await bot.server.react(bot.ada, question, SIGNS[2])
    await bot.server.connected()
    asked = (await (await bot.server.command(bot.host, bot.channel, "daily stop")).replied()).reply
    await (await bot.server.click(bot.host, asked, asked.button("Stop it"))).acknowledged()
    await closed(bot, question)
    assert await bot.answers(question) == {"Ada": [2]}


async def test_what_the_database_is_told_to_close_is_read_before_it_closes(bot, make_settings):
    """As the command line does: it is another process, which can't ask Discord."""
    question = await reactions_question(bot)
    bot.server.gateway.invalidate()
    await bot.server.react(bot.ada, question, SIGNS[1])
    async with application(make_settings()) as command_line:
        (series,) = await command_line.storage.read(lambda unit: unit.schedules.all())
        await ask_in_series_now(command_line, series.id)
    await closed(bot, question)
    assert await bot.answers(question) == {"Ada": [1]}


async def test_a_close_while_discord_cannot_be_asked_waits_and_the_next_question_does_not(bot):
    question = await reactions_question(bot)
    bot.server.gateway.invalidate()
    await bot.server.react(bot.ada, question, SIGNS[1])
    await bot.server.connected()
    bot.server.fail_next(503, match=rf"GET .*/messages/{question.id}$")  # discord.py doesn't try that again
    await (await bot.server.command(bot.host, bot.channel, "daily now")).acknowledged()
    await bot.server.until(lambda: bot.channel.last is not question, "another question")
    await closed(bot, question)
    assert await bot.answers(question) == {"Ada": [1]}


async def test_the_bots_own_signs_are_put_back_where_somebody_removed_them(start_bot, server):
    bot, own = await start_bot(SINGLE)
    question = await reactions_question(bot)
    await own.aclose()
    server.world.unreact(server.bot, question, SIGNS[2])
    await start_bot()
    await server.until(lambda: server.bot.id in question.reactions.get(SIGNS[2], ()))


async def test_hidden_reactions_are_taken_away_and_still_count(start_bot, server):
    bot, own = await start_bot(SINGLE, discord_hide_reactions=True)
    question = await reactions_question(bot)
    await server.react(bot.ada, question, SIGNS[1])
    await settled(bot, question, {"Ada": [1]})
    await server.until(lambda: bot.ada.id not in question.reactions[SIGNS[1]])
    await own.aclose()
    bob = server.add_user("Bob", bot.guild)
    await server.react(bob, question, SIGNS[2])
    bot, _own = await start_bot(discord_hide_reactions=True)
    await settled(bot, question, {"Ada": [1], "Bob": [2]})
    await server.until(lambda: all(set(people) == {server.bot.id} for people in question.reactions.values()))


async def test_where_the_bot_may_put_no_reactions_the_owner_is_told(bot):
    await bot.daily(answer_with="reactions")
    bot.channel.let_bot(INVITED & ~May.ADD_REACTIONS)
    await bot.asks_by_itself()
    await bot.owner_is_told("Add Reactions")


async def test_without_the_right_to_hide_them_reactions_stay_and_are_not_taken_back(start_bot, server, channel):
    channel.let_bot(INVITED & ~May.MANAGE_MESSAGES)
    bot, _own = await start_bot(SINGLE, discord_hide_reactions=True)
    question = await reactions_question(bot)
    await server.react(bot.ada, question, SIGNS[1])
    await settled(bot, question, {"Ada": [1]})
    assert bot.ada.id in question.reactions[SIGNS[1]]
    await server.unreact(bot.ada, question, SIGNS[1])
    await server.react(bot.ada, question, SIGNS[2])
    await settled(bot, question, {"Ada": [2]})


async def test_losing_the_right_to_hide_them_takes_no_hidden_answer_back(start_bot, server, channel):
    bot, own = await start_bot(SINGLE, discord_hide_reactions=True)
    question = await reactions_question(bot)
    await server.react(bot.ada, question, SIGNS[1])
    await settled(bot, question, {"Ada": [1]})
    await server.until(lambda: bot.ada.id not in question.reactions[SIGNS[1]])
    await own.aclose()
    channel.let_bot(INVITED & ~May.MANAGE_MESSAGES)
    bob = server.add_user("Bob", bot.guild)
    await server.react(bob, question, SIGNS[2])
    bot, _own = await start_bot(discord_hide_reactions=True)
    await settled(bot, question, {"Ada": [1], "Bob": [2]})


async def test_signs_that_did_not_get_there_are_put_up_a_moment_later(bot):
    bot.server.fail_next(CONNECTION_LOST, match=r"PUT .*/reactions/")
    question = await reactions_question(bot)
    await bot.server.until(lambda: all(mark in question.reactions for mark in SIGNS))


async def test_other_peoples_messages_keep_their_reactions_whatever_is_hidden(start_bot, server):
    bot, _own = await start_bot(SINGLE, discord_hide_reactions=True)
    theirs = Message(id=server.world.ids.next(), channel=bot.channel, author=bot.host, content="Lunch?")
    bot.channel.messages[theirs.id] = theirs
    question = await reactions_question(bot)
    await server.react(bot.ada, theirs, SIGNS[0])
    await server.react(bot.ada, question, SIGNS[1])
    await settled(bot, question, {"Ada": [1]})
    assert bot.ada.id in theirs.reactions[SIGNS[0]]


async def test_reactions_are_counted_and_closed_as_clicks_are(bot):
    question = await reactions_question(bot)
    (right,) = await bot.right(question)
    await bot.server.react(bot.ada, question, SIGNS[right])
    await settled(bot, question, {"Ada": [right]})
    await bot.server.until(lambda: "1 answered." in render(question))
    await close_round(bot.app, (await bot.round(question)).id)
    bot.app.wake()
    result = await bot.server.until(lambda: bot.channel.last.reply_to and bot.channel.last)
    assert "Ada: 10 points" in render(result)


@pytest.mark.parametrize("trouble", ["bot", "direct"])
async def test_reactions_of_bots_and_in_direct_messages_mean_nothing(bot, trouble):
    question = await reactions_question(bot)
    other = bot.server.add_user("Another bot", bot.guild)
    other.is_bot = True
    if trouble == "bot":
        await bot.server.react(other, question, SIGNS[0])
    await bot.server.react(bot.ada, question, SIGNS[1])
    await settled(bot, question, {"Ada": [1]})
