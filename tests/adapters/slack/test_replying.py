"""Private replies, however long."""

from typing import Any

import pytest

from adapters.slack.inbound import From
from adapters.slack.replying import tell
from bot.domain.views import MessageView

Bot = Any  # the fixtures' classes: test folders aren't packages

LONG = "\n\n".join(f"Answer {number}: " + "x" * 2_000 for number in range(40))


async def told(bot: Bot, text: str) -> str:
    """What Bob reads of a reply that is as good as one to a command typed long ago: its response_url is over."""
    to = From(team_id=bot.team.id, channel=bot.channel.id, user_id=bot.bob.id, user_name="bob")
    await tell(bot.adapter._parts(bot.adapter._session), to, MessageView(text=text))
    return "\n".join(map(bot.server.render, bot.bob.ephemerals))


async def test_what_is_too_long_for_a_message_comes_as_a_file(bot: Bot) -> None:
    assert "as a file in a direct message" in await told(bot, LONG)
    (file,) = bot.team.direct(bot.bob).messages[-1].files
    assert file.content == LONG.encode()


async def test_a_file_that_cannot_be_sent_is_no_silence(bot: Bot) -> None:
    bot.server.fail_next("missing_scope", "files.getUploadURLExternal")
    assert "permission" in await told(bot, LONG)


@pytest.mark.parametrize("trouble", [429, 500])
async def test_a_slack_in_trouble_is_told_in_words(bot: Bot, trouble: int) -> None:
    bot.server.fail_next(trouble, "conversations.info", retry_after=30)
    assert "Please try again" in await bot.says("metrics")


async def test_a_host_whose_rights_slack_does_not_tell_is_not_called_none(bot: Bot) -> None:
    bot.server.fail_next(500, "users.info")
    assert "Please try again" in await bot.says("daily now")
