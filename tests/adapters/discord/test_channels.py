"""Threads, forums, announcement channels and the chats of voice channels do what an admin would expect.

What an archived or locked thread takes: https://discord.com/developers/docs/topics/threads#active-archived-threads.
"""

import pytest

from bot.services.rounds.closing import close_round
from tests.adapters.discord.conftest import SINGLE
from tests.platforms.discord import INVITED, May, render

KINDS = {
    "thread": lambda guild: guild.add_channel("talk").add_thread("study in here"),
    "announcement channel": lambda guild: guild.add_announcement_channel("news"),
    "thread of an announcement channel": lambda guild: guild.add_announcement_channel("news").add_thread("study"),
    "post in a forum": lambda guild: guild.add_post("questions", "A question a day"),
    "chat of a voice channel": lambda guild: guild.add_voice_channel("lounge"),
}


@pytest.fixture(params=KINDS.values(), ids=KINDS)
def venue(request, guild):
    return request.param(guild)


async def in_thread(bot):
    """The bot's study channel is a thread from now on."""
    bot.channel = bot.channel.add_thread("study in here")
    return bot.channel


async def paused(unit):
    return [series.paused for series in await unit.schedules.all()]


async def close(bot, question):
    await close_round(bot.app, (await bot.round(question)).id)
    bot.app.wake()


async def test_a_question_is_asked_answered_and_closed_wherever_people_can_write(start_bot, venue):
    bot, _own = await start_bot(SINGLE)
    bot.channel = venue
    question = await bot.daily_question()
    await (await bot.server.click(bot.ada, question, question.button("A"))).replied()
    await close(bot, question)
    result = await bot.server.until(lambda: bot.channel.last is not question and bot.channel.last)
    assert "1 answered." in render(result)
    await bot.server.until(lambda: not question.controls)


@pytest.mark.parametrize("kind", ["thread", "post in a forum", "chat of a voice channel"])
async def test_a_thread_under_each_question_is_refused_where_discord_opens_none(bot, kind):
    bot.channel = KINDS[kind](bot.guild)
    reply = await bot.daily(thread="yes")
    assert "Discord opens threads only in text and announcement channels." in reply.content
    assert await bot.app.storage.read(paused) == []


async def test_an_announcement_channel_has_a_thread_under_each_question(bot):
    bot.channel = KINDS["announcement channel"](bot.guild)
    question = await bot.daily_question(thread="yes")
    assert await bot.server.until(lambda: question.thread, "a thread")


async def test_who_wants_threads_is_told_that_the_bot_may_open_none(bot):
    bot.channel.let_bot(INVITED & ~May.CREATE_PUBLIC_THREADS)
    assert "I need these permissions: Create Public Threads." in (await bot.daily(thread="yes")).content
    assert "is set" in render((await bot.daily()).reply)


async def test_in_a_thread_the_permission_to_write_in_threads_counts(bot):
    bot.channel.let_bot(INVITED & ~May.SEND_MESSAGES_IN_THREADS)
    await in_thread(bot)
    assert "In #study in here I need these permissions: Send Messages in Threads." in (await bot.daily()).content


async def test_in_an_archived_thread_the_question_still_closes_with_its_result(bot):
    """An edit there is refused (50083), and would have parked the series; writing there reopens it."""
    thread = await in_thread(bot)
    question = await bot.daily_question(reveal="at_close")
    await (await bot.server.click(bot.ada, question, question.button("A"))).replied()
    await bot.settled()
    thread.change(archived=True)
    await close(bot, question)
    result = await bot.server.until(lambda: thread.last is not question and thread.last)
    assert "1 answered." in render(result)
    assert not question.controls
    assert await bot.app.storage.read(paused) == [False]


async def test_a_question_reopens_an_archived_thread(bot):
    thread = await in_thread(bot)
    await bot.daily()
    thread.change(archived=True)
    await bot.asks_by_itself()
    await bot.question()
    assert not thread.archived
    assert await bot.app.storage.read(paused) == [False]


@pytest.mark.parametrize("archived", [False, True])
async def test_a_locked_thread_loses_the_question_and_keeps_its_series(bot, archived):
    """160005 and 50083: somebody closed it on purpose, and may open it again."""
    thread = await in_thread(bot)
    await bot.daily()
    thread.change(archived=archived, locked=True)
    await bot.asks_by_itself()
    told = await bot.owner_is_told("The thread is locked.")
    assert "09:00 Europe/Berlin" in told
    await bot.settled()
    assert not thread.messages
    assert await bot.app.storage.read(paused) == [False]
    space = await bot.space()
    assert await bot.app.storage.read(lambda unit: unit.rounds.open_in(space.id)) == []
    thread.change(archived=False, locked=False)
    await bot.asks_by_itself()
    await bot.question()


async def test_a_result_that_a_locked_thread_does_not_take_is_told_to_the_hosts(bot):
    thread = await in_thread(bot)
    question = await bot.daily_question(reveal="at_close")
    await bot.settled()
    thread.change(locked=True)
    await close(bot, question)
    await bot.owner_is_told("The thread is locked.")
    await bot.settled()
    assert list(thread.messages.values()) == [question]
    assert await bot.app.storage.read(paused) == [False]


async def test_who_manages_threads_may_write_in_a_locked_one(bot):
    thread = await in_thread(bot)
    thread.bot_may |= May.MANAGE_THREADS
    thread.change(locked=True)
    question = await bot.daily_question()
    await close(bot, question)
    await bot.server.until(lambda: thread.last is not question)


async def test_a_command_in_a_locked_thread_is_refused_at_once(bot):
    thread = await in_thread(bot)
    thread.change(locked=True)
    assert "This thread is locked." in (await bot.daily()).content
    assert await bot.app.storage.read(paused) == []
