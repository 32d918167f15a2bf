"""Direct messages that Discord refuses, for good or for the moment.

The codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes.
"""

from datetime import UTC, datetime

import pytest

from adapters.discord.outbound import message
from bot.domain.views import MessageView
from bot.ports import Forbidden, Post, PostKind, RateLimited
from bot.rendering.reminders import reminder
from tests.platforms.discord.errors import NO_GUILD_IN_COMMON, OPENING_TOO_FAST, UNKNOWN_USER, USER_TAKES_NO_MESSAGES

OPENING, SENDING = "POST /.*users/@me/channels", "POST /.*channels/.*/messages"


def test_a_reminder_names_the_channel_links_to_the_question_and_shows_the_readers_time():
    view = reminder("Study group", 12, datetime(2026, 3, 4, 23, tzinfo=UTC))
    (embed,) = message(view, link="https://discord.com/channels/1/2/3", channel="2", kind=PostKind.DIRECT).embeds
    for words in (
        "You have answered 12 days in a row in **Study group**.",
        "Answer by <t:1772665200:f>, <t:1772665200:R>",
        "<#2> · [To the question](https://discord.com/channels/1/2/3)",
        "/reminders turn:off",
    ):
        assert words in embed["description"]


async def told(bot, number):
    """Post a direct message to Ada; every one says something else."""
    space = await bot.app.storage.read(lambda unit: unit.spaces.known_as("discord", str(bot.guild.id)))
    post = Post(
        key=f"direct-{number}",
        space_id=space.id,
        channel=str(bot.channel.id),
        view=MessageView(text=f"Number {number}"),
        posted_at=bot.app.clock.now(),
        kind=PostKind.DIRECT,
        private_to=str(bot.ada.id),
    )
    return await bot.adapter.messenger.post(post)


async def test_a_refusal_is_for_good_or_for_a_while_as_its_code_says(bot):
    await bot.settled()  # the owner's welcome is a direct message, too
    for number, (refusal, where, error) in enumerate(
        (
            (UNKNOWN_USER, OPENING, Forbidden),
            (OPENING_TOO_FAST, OPENING, RateLimited),
            (USER_TAKES_NO_MESSAGES, SENDING, Forbidden),
            (NO_GUILD_IN_COMMON, SENDING, Forbidden),
        )
    ):
        bot.server.faults.fail_next(refusal, match=where)
        with pytest.raises(error):
            await told(bot, number)
    await told(bot, 9)
    direct = await bot.server.direct(bot.ada)
    assert [message.content for message in direct.messages.values()] == ["Number 9"]
