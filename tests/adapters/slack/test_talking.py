"""Who writes to the bot hears what can be done there: people do, once for each message, and bots never."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.limits import Allowance, Limit
from tests.platforms.slack import Delivery, Message

Bot = Any  # the fixtures' classes: test folders aren't packages


async def mentions(bot: Bot, text: str, who: Any = None, **more: Any) -> Message:
    """Mention the bot in the study channel.

    https://docs.slack.dev/reference/events/app_mention
    """
    return await (who or bot.bob).says(f"<@{bot.team.bot.id}> {text}", bot.channel, **more)


async def heard(bot: Bot) -> Delivery:
    """Wait until the bot has heard the last message to it."""
    last = [one for one in bot.server.deliveries if one.payload.get("event", {}).get("text")][-1]
    await last.acked()
    return last


async def silence(bot: Bot) -> None:
    """Wait until everything that the bot has begun is done."""
    await heard(bot)
    await bot.adapter._background.finish(3)


def answers(bot: Bot, who: Any) -> list[str]:
    """What the bot has written to somebody directly, but for the welcome."""
    said = [one for one in bot.team.direct(who).messages if one.author is bot.team.bot]
    return [shown for one in said if "Hello!" not in (shown := bot.server.render(one))]


async def test_a_mention_for_help_lists_what_one_can_type(bot: Bot) -> None:
    await mentions(bot, "help")
    assert "/quiz leaderboard" in bot.server.render(await bot.bob.sees("What you can type"))
    assert "/quiz daily set" not in bot.server.render(bot.bob.ephemerals[-1])
    await mentions(bot, "Help!", bot.ada)
    assert "/quiz daily set" in bot.server.render(await bot.ada.sees("What you can type"))


async def test_any_other_mention_hears_in_private_what_the_bot_understands(bot: Bot) -> None:
    await mentions(bot, "what is the capital of France?")
    shown = bot.server.render(await bot.bob.sees("I only understand commands."))
    assert "/quiz help" in shown
    assert len(bot.channel.messages) == 1, "the question to the bot alone"


async def test_a_mention_in_a_thread_is_answered_there(bot: Bot) -> None:
    root = await bot.ada.says("Let's study.", bot.channel)
    await mentions(bot, "hi", thread=root)
    assert (await bot.bob.sees("I only understand commands.")).thread_ts == root.ts


async def test_a_direct_message_hears_what_works_there(bot: Bot) -> None:
    """The event is https://docs.slack.dev/reference/events/message.im."""
    await bot.bob.says("hello?", bot.team.direct(bot.bob))
    shown = bot.server.render(await bot.team.direct(bot.bob).sees("Here you can type"))
    assert "/quiz privacy export" in shown
    assert "/quiz bank import" not in shown
    await bot.bob.says("help", bot.team.direct(bot.bob))
    await bot.team.direct(bot.bob).sees("What you can type")


async def test_a_host_who_shares_a_file_directly_hears_how_it_is_imported(bot: Bot) -> None:
    await bot.ada.uploads("exam.txt", b"1. What?", bot.team.direct(bot.ada))
    assert "/quiz bank import" in bot.server.render(await bot.team.direct(bot.ada).sees("Here you can type"))


async def test_a_message_that_comes_again_is_answered_once(bot: Bot) -> None:
    """https://docs.slack.dev/apis/events-api: what isn't acknowledged in time is sent up to three times more."""
    await bot.bob.says("hello?", bot.team.direct(bot.bob))
    delivery = await heard(bot)
    await bot.team.direct(bot.bob).sees("Here you can type")
    await delivery.again()
    await silence(bot)
    assert len(answers(bot, bot.bob)) == 1


async def test_bots_and_the_bot_itself_are_never_answered(bot: Bot) -> None:
    other = bot.team.add_user("Otherbot", is_bot=True)
    await mentions(bot, "hello", other)
    await silence(bot)
    assert other.ephemerals == []
    await bot.bob.says("hello?", bot.team.direct(bot.bob))
    await bot.team.direct(bot.bob).sees("Here you can type")  # an event tells the bot of its own answer, too
    await bot.server.until(lambda: (own := bot.server.deliveries[-1].payload["event"]).get("bot_id") and own, "an echo")
    await silence(bot)
    assert len(answers(bot, bot.bob)) == 1


async def test_an_account_that_slack_calls_a_bot_is_not_answered_though_its_message_does_not_say_so(bot: Bot) -> None:
    other = bot.team.add_user("Otherbot")
    other.is_bot = True
    with bot.server.held():
        await mentions(bot, "hello", other)
    held = bot.server.deliveries[-1]
    del held.payload["event"]["bot_id"]
    await held.send()
    await silence(bot)
    assert other.ephemerals == []


async def test_an_edited_or_deleted_message_is_not_answered(bot: Bot) -> None:
    """The first is https://docs.slack.dev/reference/events/message/message_changed."""
    direct = bot.team.direct(bot.bob)
    for subtype in ("message_changed", "message_deleted", "bot_message"):
        event = {"type": "message", "subtype": subtype, "channel": direct.id, "channel_type": "im", "user": bot.bob.id}
        await (await bot.server.event(bot.team, event | {"ts": "1.2", "text": "x"}, name="message.im")).acked()
    await silence(bot)
    assert answers(bot, bot.bob) == []


async def test_slackbot_reminders_are_not_answered(bot: Bot) -> None:
    direct = bot.team.direct(bot.bob)
    event = {"type": "message", "channel": direct.id, "channel_type": "im", "user": "USLACKBOT", "ts": "1.2"}
    await (await bot.server.event(bot.team, event | {"text": "Reminder"}, name="message.im")).acked()
    await silence(bot)
    assert answers(bot, bot.bob) == []


async def test_whoever_writes_too_much_hears_nothing_more(bot: Bot) -> None:
    few = {Limit.MESSAGES: Allowance(at_once=2, every=timedelta(hours=1))}
    bot.app.limiter.limits = replace(bot.app.limiter.limits, allowances=few)
    for _number in range(4):
        await mentions(bot, "hello")
    await silence(bot)
    assert len(bot.bob.ephemerals) == 2
