"""Direct messages that Slack refuses: the person can't be reached, or the workspace doesn't let the bot write to them.

The codes: https://docs.slack.dev/reference/methods/conversations.open.
"""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.slack.outbound import contents, to_question
from bot.domain.views import MessageView
from bot.ports import Forbidden, Post, PostKind
from bot.rendering.reminders import reminder

Bot = Any  # the fixtures' classes: test folders aren't packages


def test_a_reminder_names_the_channel_links_to_the_question_and_shows_the_readers_time() -> None:
    view = reminder("Study group", 12, datetime(2026, 3, 4, 23, tzinfo=UTC))
    (content,) = contents(view, link=to_question("https://x.slack.com/archives/C1/p1", "C1"))
    shown = json.dumps(content.blocks, ensure_ascii=False)
    for words in (
        "You have answered 12 days in a row in *Study group*.",
        "Answer by <!date^1772665200^{date_short_pretty} {time}|2026-03-04 23:00 UTC>",
        "<#C1> · <https://x.slack.com/archives/C1/p1|To the question>",
        "/quiz reminders off",
    ):
        assert words in shown
    assert "<!date^1772665200^" in content.text, "a notification says it, too"


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
