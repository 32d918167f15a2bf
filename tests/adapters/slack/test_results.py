"""People hear of a result also if they follow no thread, and the question itself says what was right."""

from dataclasses import replace
from typing import Any

from bot.services.banks.correcting import correct_key
from bot.services.banks.storing import import_document
from bot.testing import FakeClock, document, draft

Bot = Any  # the fixtures' classes: test folders aren't packages

STEM = "Which metric fits rare positives? x < y"


async def closed(bot: Bot, options: str = "") -> Any:
    """A daily question that has been answered and closed."""
    question = await bot.daily(options)
    await bot.clicks(bot.bob, question, await bot.right(question))
    await bot.asks("daily now")
    await bot.result(question)
    return question


def results_in_channel(bot: Bot) -> list[str]:
    """The results that somebody sees who opens no thread."""
    return [shown for one in bot.channel.shown if "Right answer:" in (shown := bot.server.render(one)) and "✓" in shown]


async def test_a_result_is_shown_in_the_channel_too_and_begins_with_its_question(bot: Bot) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage tells of ``reply_broadcast``."""
    question = await closed(bot)
    (shown,) = results_in_channel(bot)
    assert shown.startswith(STEM)
    assert question.replies[0].text.startswith("Which metric fits rare positives?"), "a notification shows the text"


async def test_a_quiet_series_keeps_its_results_in_their_threads(bot: Bot) -> None:
    question = await closed(bot, "quiet=yes")
    assert "Right answer:" in bot.server.render(question.replies[0])
    assert results_in_channel(bot) == []


async def test_a_quiet_series_stays_quiet_when_it_is_stopped(bot: Bot) -> None:
    question = await bot.daily("quiet=yes")
    await bot.round(question)
    await bot.insists("daily stop", "Stop it")
    await bot.result(question)
    await bot.settled()
    assert results_in_channel(bot) == []


async def test_a_quick_questions_result_is_shown_in_the_channel(start: Any) -> None:
    clock = FakeClock()
    bot = await start(clock)
    question = await bot.asks("metrics")
    await bot.round(question)
    await bot.settled()
    clock.advance(days=1)
    await bot.result(question)
    assert len(results_in_channel(bot)) == 1


async def test_the_closed_question_says_what_was_right_by_letter_and_text(bot: Bot) -> None:
    question = await closed(bot)
    right = await bot.right(question)
    await bot.channel.sees("Closed. 1 answered.")
    assert f"*Right answer: {right}, Recall*" in bot.server.render(question)


async def test_an_open_question_tells_nothing_of_that(bot: Bot) -> None:
    question = await bot.daily()
    assert "Right answer" not in bot.server.render(question)


async def test_a_corrected_key_is_told_by_the_closed_question_too(bot: Bot) -> None:
    question = await closed(bot)
    await correct_key(bot.app, (await bot.round(question)).question_id, "B", reason="", actor="Ada")
    await bot.settled()
    assert ", Accuracy*" in bot.server.render(question)
    assert len(results_in_channel(bot)) == 1


async def test_the_result_of_a_deleted_question_stands_in_the_channel_and_goes_on_in_its_own_thread(bot: Bot) -> None:
    """Slack posts a reply to a deleted message in the channel: https://github.com/slack-go/slack/issues/1571."""
    long = replace(draft("What?", "this", "that", topic="long"), explanation="So it is. " * 2_000)
    await import_document(bot.app, document(long), bank="long")
    assert "is set" in await bot.says("daily set 09:00 Europe/Berlin topic=long")
    question = await bot.asks("daily now")
    await bot.round(question)
    question.delete()
    await bot.asks("daily now")
    await bot.server.until(lambda: any("Continued" in one.text for one in bot.channel.messages), "the rest of it")
    (result,) = [one for one in bot.channel.shown if "Right answer:" in one.text]
    assert {one.thread_ts for one in bot.channel.messages if "Continued" in one.text} == {result.ts}
