"""A daily question calls the one group that a host chose, or those who are online, and nobody else."""

from typing import Any

import pytest

Bot = Any  # the fixtures' classes: test folders aren't packages


async def test_a_user_group_is_called(bot: Bot) -> None:
    owls = bot.team.add_group("owls", [bot.bob])
    question = await bot.daily(f"mention=<!subteam^{owls.id}|@owls>")
    assert bot.server.pings() == {owls.id}
    assert question.text.startswith(f"<!subteam^{owls.id}> ")
    assert question.blocks[0]["text"]["text"] == f"<!subteam^{owls.id}>"


@pytest.mark.parametrize("typed", ["here", "@here", "<!here>"])
async def test_those_who_are_online_are_called(bot: Bot, typed: str) -> None:
    await bot.daily(f"mention={typed}")
    assert bot.server.pings() == {"here"}
    assert "mentions @here" in await bot.says("daily show")


async def test_the_result_calls_nobody(bot: Bot) -> None:
    question = await bot.daily("mention=here")
    await bot.clicks(bot.bob, question, await bot.right(question))
    await bot.says("daily close")
    await bot.result(question)
    await bot.settled()
    assert "<!here>" not in question.text
    assert not any("<!here>" in reply.text for reply in question.replies)


@pytest.mark.parametrize("typed", ["@everyone", "<!channel>", "<!everyone>", "channel"])
async def test_everyone_is_never_called(bot: Bot, typed: str) -> None:
    assert "I never call everyone" in await bot.says(f"daily set 09:00 Europe/Berlin mention={typed}")


@pytest.mark.parametrize("typed", ["&123", "&owls", "&S1"])
async def test_only_a_group_of_slacks_is_called(bot: Bot, typed: str) -> None:
    told = await bot.says(f"daily set 09:00 Europe/Berlin mention={typed}")
    assert "type @ and pick them from Slack's list" in told


async def test_a_result_says_when_the_next_question_comes_in_the_readers_own_time(bot: Bot) -> None:
    question = await bot.daily()
    await bot.clicks(bot.bob, question, await bot.right(question))
    await bot.says("daily close")
    await bot.result(question)
    blocks = str(question.replies[0].blocks)
    assert "Next question <!date^" in blocks
