"""Roles and members as hosts, and commands that a server's settings open to somebody."""

from datetime import timedelta
from typing import Any

import pytest

from adapters.discord.inbound import origin
from adapters.discord.opened import opens
from tests.platforms.discord import render

Bot = Any  # the fixtures' classes: test folders aren't packages

DAILY = {"time": "09:00", "zone": "Europe/Berlin"}


async def replied(bot: Bot, who: Any, line: str, options: Any = None, *, unchecked: bool = False) -> str:
    sent = await bot.server.command(who, bot.channel, line, options, unchecked=unchecked)
    return str((await sent.replied()).content)


async def test_a_role_hosts_while_members_have_it(bot: Bot) -> None:
    role = bot.guild.add_role("Quizmasters", bot.ada)
    assert "Only a host" in await replied(bot, bot.ada, "daily set", DAILY)
    assert await replied(bot, bot.host, "host add", {"who": role}) == f"<@&{role.id}> is a host now."
    assert "Only a host" not in await replied(bot, bot.ada, "daily set", DAILY)
    assert f"set up by <@{bot.ada.id}>" in await _shown(bot)
    assert f"<@&{role.id}>" in render(await _list(bot))
    await bot.server.delete_role(bot.guild, role)

    async def hosts() -> object:
        space = await bot.space()
        return await bot.app.storage.read(lambda unit: unit.hosts.of(space.id))

    await bot.finds(hosts, [])
    assert "Only a host" in await replied(bot, bot.ada, "daily pause")


async def _shown(bot: Bot) -> str:
    shown = await (await bot.server.command(bot.ada, bot.channel, "daily show")).replied()
    return render(shown.reply)


async def _list(bot: Bot) -> Any:
    return (await (await bot.server.command(bot.host, bot.channel, "host list")).replied()).reply


async def test_a_member_hosts_in_one_channel_and_nobody_is_pinged(bot: Bot) -> None:
    told = await replied(bot, bot.host, "host add", {"who": bot.ada, "where": "here"})
    assert told == f"<@{bot.ada.id}> is a host in this channel now."
    lounge = bot.guild.add_channel("lounge")
    refused = await (await bot.server.command(bot.ada, lounge, "daily set", DAILY)).replied()
    assert "Only a host" in refused.content
    assert "Only a host" not in await replied(bot, bot.ada, "daily set", DAILY)
    assert "Only a host" in await replied(bot, bot.ada, "bank list", unchecked=True)


async def test_everybody_at_once_cannot_be_made_host(bot: Bot) -> None:
    assert "can't be chosen" in await replied(bot, bot.host, "host add", {"who": bot.guild.roles[0]})


async def test_a_command_that_an_admin_opens_to_a_role_is_obeyed(bot: Bot) -> None:
    role = bot.guild.add_role("Librarians", bot.ada)
    bot.server.allow(bot.guild, "bank", role)
    assert "Only a host" not in await replied(bot, bot.ada, "bank list")
    assert "Only a host" in await replied(bot, bot.ada, "host list", unchecked=True), "that one wasn't opened"
    assert "Only a host" in await replied(bot, bot.ada, "daily set", DAILY), "nor this one"
    bot.server.allow(bot.guild, "bank", role, allowed=False)
    assert "Only a host" in await replied(bot, bot.ada, "bank list", unchecked=True)


async def test_what_everybody_sees_opens_nothing_that_is_for_hosts(bot: Bot) -> None:
    bot.server.allow(bot.guild, "daily", bot.guild.add_role("Students", bot.ada))
    assert "Only a host" in await replied(bot, bot.ada, "daily set", DAILY)


async def test_while_discord_does_not_say_nothing_is_opened(bot: Bot) -> None:
    bot.server.allow(bot.guild, "bank", bot.ada)
    bot.server.fail_next(503, match=r"GET .*/permissions$")  # discord.py doesn't try that again
    assert "Only a host" in await replied(bot, bot.ada, "bank list")


SERVER, CHANNEL, ADA, OWLS, BEARS = "50", "60", "70", "80", "81"
ROLE, USER, IN_CHANNEL = 1, 2, 3


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ([], False),
        ([(ROLE, OWLS, True)], True),
        ([(ROLE, OWLS, False)], False),
        ([(ROLE, "99", True)], False),
        ([(ROLE, OWLS, True), (ROLE, BEARS, False)], True),
        ([(ROLE, SERVER, True)], True),
        ([(ROLE, SERVER, True), (ROLE, OWLS, False)], False),
        ([(ROLE, OWLS, True), (USER, ADA, False)], False),
        ([(ROLE, OWLS, False), (USER, ADA, True)], True),
        ([(USER, OWLS, True)], False),
        ([(ROLE, OWLS, True), (IN_CHANNEL, CHANNEL, False)], False),
        ([(ROLE, OWLS, True), (IN_CHANNEL, "49", False)], False),
        ([(ROLE, OWLS, True), (IN_CHANNEL, "49", False), (IN_CHANNEL, CHANNEL, True)], True),
        ([(IN_CHANNEL, CHANNEL, True)], False),
    ],
)
def test_settings_are_read_as_discord_reads_them(settings: list[tuple[int, str, bool]], expected: bool) -> None:
    who = origin(
        {
            "id": "1",
            "token": "t",
            "guild_id": SERVER,
            "channel_id": CHANNEL,
            "member": {"user": {"id": ADA, "username": "ada"}, "roles": [OWLS, BEARS], "permissions": "0"},
        }
    )
    said = [{"type": kind, "id": one, "permission": allowed} for kind, one, allowed in settings]
    assert opens(said, who) is expected


async def test_who_leaves_the_server_and_comes_back_hosts_no_more(bot: Bot) -> None:
    await replied(bot, bot.host, "host add", {"who": bot.ada})
    assert "Only a host" not in await replied(bot, bot.ada, "daily set", DAILY)
    bot.guild.members[bot.ada.id].joined_at += timedelta(hours=1)
    assert "Only a host" in await replied(bot, bot.ada, "daily pause")


async def test_a_question_asked_first_gives_way_to_what_was_done(bot: Bot) -> None:
    await bot.daily()
    asked = (await (await bot.server.command(bot.host, bot.channel, "daily stop")).replied()).reply
    assert "Stop the daily question?" in render(asked)
    yes = asked.button("Stop it")
    await (await bot.server.click(bot.host, asked, yes)).acknowledged()
    await bot.server.until(lambda: "Stopped" in render(asked), "the reply in place of the question")
    assert asked.controls == []
