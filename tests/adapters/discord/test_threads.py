"""A thread under each question, where its series wants one."""

from dataclasses import replace

import pytest

from bot.rendering.questions import open_question
from tests.adapters.discord.conftest import SINGLE
from tests.platforms.discord import INVITED, May

THREADS = r"POST /channels/\d+/messages/\d+/threads$"


async def test_a_series_opens_a_thread_under_its_question(bot):
    question = await bot.daily_question(thread="yes")
    assert await bot.server.until(lambda: question.thread, "a thread")
    assert question.thread.startswith("Talk about it: Which metric fits rare positives? x < y")


async def test_without_being_told_so_it_opens_none(bot):
    question = await bot.daily_question()
    await bot.round(question)
    assert question.thread is None
    assert bot.server.calls(THREADS) == []


async def test_a_missing_permission_costs_the_thread_alone(bot):
    await bot.daily(thread="yes")
    bot.channel.let_bot(INVITED & ~May.CREATE_PUBLIC_THREADS)
    await bot.asks_by_itself()
    question = await bot.question()
    await bot.round(question)
    assert question.thread is None
    assert len(bot.channel.messages) == 1


@pytest.mark.parametrize("after", [False, True])
async def test_trouble_with_the_thread_posts_no_second_question(bot, after):
    bot.server.fail_next(500, match=THREADS, after_work=after)
    question = await bot.daily_question(thread="yes")
    await bot.round(question)
    assert await bot.server.until(lambda: question.thread, "a thread")
    assert len(bot.channel.messages) == 1


async def test_a_thread_that_a_stopping_bot_could_not_ask_for_is_opened_later(start_bot, clock, monkeypatch):
    bot, _own = await start_bot(SINGLE, clock=clock)
    rest = bot.adapter.messenger._rest
    call = rest.call

    async def closed(method, path, *rest_of_it, **more):
        if path.endswith("/threads"):
            raise RuntimeError("Session is closed")  # as aiohttp says
        return await call(method, path, *rest_of_it, **more)

    monkeypatch.setattr(rest, "call", closed)
    question = await bot.daily_question(thread="yes")
    await bot.round(question)
    monkeypatch.setattr(rest, "call", call)
    assert question.thread is None
    clock.advance(seconds=6)
    await bot.server.until(lambda: question.thread, "a thread")
    await bot.settled()
    assert await bot.round(question), "its message is known by the id that it shares with its thread"


async def test_a_question_that_is_found_again_gets_its_thread_once(bot):
    question = await bot.daily_question(thread="yes")
    round_ = await bot.round(question)
    post = await bot.app.storage.read(lambda unit: unit.outbox.find(f"q{round_.id}"))
    messenger = bot.adapter.messenger
    assert await messenger.find(post) == str(question.id), "it has a thread already, which is no trouble"
    question.thread = None
    await messenger.find(post)
    assert question.thread == post.view.discussion


async def test_a_name_is_never_too_long_for_discord(bot):
    question = await bot.daily_question()
    round_, asked = await bot.round(question), None
    asked = await bot.app.storage.read(lambda unit: unit.banks.question(round_.question_id))
    long = replace(asked, stem="`Very` **long** words " * 30)
    name = open_question(round_, long, thread=True).discussion
    assert len(name) <= 100
    assert name.startswith("Talk about it: Very long words Very long")
    assert name.endswith("…")
