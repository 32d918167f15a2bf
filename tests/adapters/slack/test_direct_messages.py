"""Direct messages that Slack refuses: the person can't be reached, or the workspace doesn't let the bot write to them.

The codes: https://docs.slack.dev/reference/methods/conversations.open.
"""

from typing import Any

import pytest

from bot.domain.views import MessageView
from bot.ports import Forbidden, Post, PostKind

Bot = Any  # the fixtures' classes: test folders aren't packages


async def told(bot: Bot, number: int, who: Any) -> str:
    """Post a direct message to somebody."""
    space = await bot.app.storage.read(lambda unit: unit.spaces.known_as("slack", bot.team.id))
    post = Post(
        key=f"direct-{number}",
        space_id=space.id,
        channel=bot.channel.id,
        view=MessageView(text=f"Number {number}"),
        posted_at=bot.app.clock.now(),
        kind=PostKind.DIRECT,
        private_to=who.id,
    )
    return str(await bot.adapter.messenger.post(post))


async def test_a_refusal_is_for_good(bot: Bot) -> None:
    for number, code in enumerate(("user_disabled", "user_not_found", "user_not_visible", "cannot_dm_bot")):
        bot.server.fail_next(code, "conversations.open")
        with pytest.raises(Forbidden, match="can't write to that person"):
            await told(bot, number, bot.bob)


async def test_without_the_permission_a_host_is_told_what_to_do(bot: Bot) -> None:
    bot.team.grant.scopes -= {"im:write"}
    with pytest.raises(Forbidden, match=r"`im:write`.*Install me again"):
        await told(bot, 1, bot.bob)


async def test_a_conversation_is_opened_once(bot: Bot) -> None:
    before = len(bot.server.calls("conversations.open"))
    for number in range(3):
        await told(bot, number, bot.bob)
    assert len(bot.server.calls("conversations.open")) == before + 1
    assert [message.text for message in bot.team.direct(bot.bob).messages] == ["Number 0", "Number 1", "Number 2"]
