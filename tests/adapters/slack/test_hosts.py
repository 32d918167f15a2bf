"""People and user groups as hosts."""

from typing import Any

import pytest

Bot = Any  # the fixtures' classes: test folders aren't packages


async def test_a_user_group_hosts_while_it_is_there(bot: Bot) -> None:
    group = bot.team.add_group("owls", [bot.bob])
    assert "Only a host" in await bot.says("bank list", bot.bob)
    mention = f"<!subteam^{group.id}|@owls>"
    assert "is a host now" in await bot.says(f"host add {mention}")
    assert "Only a host" not in await bot.says("bank list", bot.bob)
    assert "The daily question is set" in await bot.says("daily set 09:00 Europe/Berlin", bot.bob)
    assert f"set up by <@{bot.bob.id}>" in str((await (await bot.types("daily show", bot.bob)).reply()).blocks)
    assert f"<!subteam^{group.id}>" in str((await (await bot.types("host list")).reply()).blocks)


async def test_a_deleted_user_group_hosts_no_more(bot: Bot) -> None:
    group = bot.team.add_group("owls", [bot.bob])
    await bot.says(f"host add <!subteam^{group.id}|@owls>")
    del bot.team.groups[group.id]
    assert "Only a host" in await bot.says("bank list", bot.bob)


async def test_somebody_hosts_in_one_channel(bot: Bot) -> None:
    assert "is a host in this channel now" in await bot.says(f"host add <@{bot.bob.id}|bob> here")
    assert "The daily question is set" in await bot.says("daily set 09:00 Europe/Berlin", bot.bob)
    assert "Only a host" in await bot.says("bank list", bot.bob)
    assert "isn't a host in this channel any more" in await bot.says(f"host remove <@{bot.bob.id}|bob> here")
    assert "Only a host" in await bot.says("daily pause", bot.bob)


@pytest.mark.parametrize("who", ["bob", "@", "@bob", "@BOB", "@bob here", "&owls", "<@U12 "])
async def test_a_name_that_somebody_may_have_chosen_makes_nobody_host(bot: Bot, who: str) -> None:
    assert "Mention the person or group you mean" in await bot.says(f"host add {who}")


async def test_while_slack_does_not_say_who_is_in_a_group_nobody_hosts_by_it(bot: Bot) -> None:
    group = bot.team.add_group("owls", [bot.bob])
    await bot.says(f"host add <!subteam^{group.id}|@owls>")
    bot.server.fail_next("fatal_error", "usergroups.users.list")
    assert "Only a host" not in await bot.says("bank list"), "an admin needs no group"
    assert "can't find out" in await bot.says("bank list", bot.bob)
    assert "Only a host" not in await bot.says("bank list", bot.bob)
