"""A thread under each question, where its series wants one."""

from tests.adapters.slack.conftest import Bot


async def test_a_series_begins_a_thread_under_its_question(bot: Bot) -> None:
    question = await bot.daily("thread=yes")

    def replies():
        return [message for message in bot.channel.messages if message.thread_ts == question.ts]

    await bot.server.until(replies, "the first word of the thread")
    (first,) = replies()
    assert bot.server.render(first).startswith("Talk about it: ")


async def test_a_question_that_is_found_again_gets_its_thread_once(bot: Bot) -> None:
    question = await bot.daily("thread=yes")

    def replies():
        return [message for message in bot.channel.messages if message.thread_ts == question.ts]

    await bot.server.until(replies, "the first word of the thread")
    round_ = await bot.round(question)
    post = await bot.app.storage.read(lambda unit: unit.outbox.find(f"q{round_.id}"))
    assert await bot.adapter.messenger.find(post) == question.ts
    await bot.adapter.stop()
    assert len(replies()) == 1


async def test_without_being_told_so_it_begins_none(bot: Bot) -> None:
    question = await bot.daily()
    await bot.round(question)
    assert [message for message in bot.channel.messages if message.thread_ts] == []
