"""Slash commands: registered as they are documented, completed, refused, done once."""

import re
from contextvars import copy_context

import pytest

from adapters.discord.commands import commands, ids, is_hidden
from adapters.discord.settings import DiscordSettings
from adapters.discord.spelling import use_prefix
from bot.domain.commands import Caller
from bot.domain.identity import Member
from bot.i18n import LANGUAGES, gettext, known_language, use_language
from bot.services.chat.commands.table import COMMANDS
from bot.services.leagues.team_groups import map_group
from tests.adapters.discord.conftest import SINGLE
from tests.platforms.discord import Callback, May, render
from tests.platforms.discord.commands import LOCALES, check_command
from tests.platforms.discord.errors import Form


def registered():
    """Every command that Discord is told of, by its whole name."""
    for command in commands():
        subs = [option for option in command["options"] if option["type"] == 1]
        for sub in subs:
            yield f"{command['name']} {sub['name']}", sub
        if not subs:
            yield command["name"], command


def test_every_command_of_the_table_is_registered_once():
    names = [name for name, _command in registered()]
    assert sorted(names) == sorted(COMMANDS)


def test_options_are_registered_as_they_are_declared():
    def option(command, name):
        return next(option for option in dict(registered())[command]["options"] if option["name"] == name)

    assert option("quiz", "topic") == {
        "type": 3,
        "name": "topic",
        "description": "What it is about",
        "description_localizations": option("quiz", "topic")["description_localizations"],
        "required": False,
        "autocomplete": True,
    }
    assert option("quiz", "count")["type"] == 4
    assert (option("quiz", "count")["min_value"], option("quiz", "count")["max_value"]) == (1, 5)
    assert option("quiz", "private")["type"] == 5
    assert option("stats", "member")["type"] == 6
    assert option("team map", "group")["type"] == 8
    assert option("bank import", "file")["type"] == 11
    assert option("daily set", "reveal")["choices"] == [
        {"name": "on answer", "value": "on_answer"},
        {"name": "at close", "value": "at_close"},
    ]
    assert option("team join", "name")["required"]


def test_what_can_only_be_typed_is_in_no_menu():
    assert "weekly" not in {option["name"] for option in dict(registered())["league set"]["options"]}


def test_the_ids_of_commands_are_those_that_discord_gave():
    answer = [command | {"id": str(number)} for number, command in enumerate(commands(), start=100)]
    found = ids(answer)
    assert set(found) == set(COMMANDS)
    assert found["quiz"] == next(command["id"] for command in answer if command["name"] == "quiz")
    assert found["team join"] == found["team list"] != found["league join"]


def test_discord_takes_every_command():
    form = Form()
    for command in commands():
        check_command(command, form, ())
    form.settle()


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_menus_are_in_the_language_of_who_opens_them(spoken):
    """Whoever reads no language of the bot's gets its own: https://discord.com/developers/docs/reference#locales."""
    with use_language(spoken):
        topic = next(one for one in dict(registered())["quiz"]["options"] if one["name"] == "topic")
    assert topic["description"] == told("What it is about", spoken)
    assert topic["description_localizations"] == {
        locale: told("What it is about", known_language(locale))
        for locale in LOCALES
        if (known_language(locale) or spoken) != spoken
    }


def told(text, spoken):
    with use_language(spoken):
        return gettext(text)


def test_only_what_hosts_use_is_hidden_from_others():
    hidden = {command["name"] for command in commands() if command["default_member_permissions"] is not None}
    assert hidden == {"host", "bank", "language", "night"}
    assert hidden == {name.partition(" ")[0] for name in COMMANDS if is_hidden(name)}
    assert {command["default_member_permissions"] for command in commands()} == {None, str(int(May.MANAGE_GUILD))}


def test_what_others_see_and_only_hosts_may_use_says_so():
    seen = {name: command["description"] for name, command in registered() if COMMANDS[name].group}
    told = {name for name, description in seen.items() if description.endswith(" (for hosts)")}
    for_hosts_alone = {"host", "bank", "night"}
    assert told == {name for name in seen if COMMANDS[name].for_hosts and COMMANDS[name].group not in for_hosts_alone}


def test_only_what_needs_no_channel_works_in_direct_messages():
    assert {command["name"] for command in commands() if 1 in command["contexts"]} == {
        *("privacy", "reminders", "digest", "help")
    }


async def test_the_bot_itself_refuses_who_may_not(bot):
    for line, options in (
        ("daily set", {"time": "09:00", "zone": "UTC"}),
        ("daily stop", {}),
        ("bank list", {}),
        ("question answers", {}),
        ("bank import", {"file": bot.server.upload("exam.txt", b"1. What?\nA. x\nB. y\nAnswer: A")}),
    ):
        refused = await (await bot.server.command(bot.ada, bot.channel, line, options, unchecked=True)).replied()
        assert "Only a host" in refused.content
        assert refused.ephemeral
    assert await bot.app.storage.read(lambda unit: unit.schedules.all()) == []


@pytest.mark.parametrize(
    ("line", "focused", "typed", "first"),
    [
        ("daily set", "zone", "berl", "Europe/Berlin"),
        ("daily set", "bank", "", "b"),
        ("quiz", "topic", "met", "metrics"),
        ("bank review", "name", "b", "b"),
    ],
)
async def test_what_is_typed_is_completed(bot, line, focused, typed, first):
    found = await (await bot.server.autocomplete(bot.host, bot.channel, line, focused, typed)).replied()
    assert [choice["value"] for choice in found.choices][:1] == [first]
    assert len(found.choices) <= 25


async def test_teams_are_completed(bot):
    await (await bot.server.command(bot.ada, bot.channel, "team create", {"name": "The Owls"})).replied()
    found = await (await bot.server.autocomplete(bot.host, bot.channel, "team join", "name", "owl")).replied()
    assert [choice["value"] for choice in found.choices] == ["The Owls"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"time": "25:00", "zone": "Europe/Berlin"}, "isn't a time of day"),
        ({"time": "09:00", "zone": "Atlantis"}, "isn't a time zone"),
        ({"time": "09:00", "zone": "UTC", "days": "someday"}, "isn't a day"),
        ({"time": "09:00", "zone": "UTC", "bank": "none"}, "There is no bank named"),
        ({"time": "09:00", "zone": "UTC", "close_after": "soon"}, "isn't a length of time"),
    ],
)
async def test_wrong_input_is_explained(bot, options, expected):
    reply = await (await bot.server.command(bot.host, bot.channel, "daily set", options)).replied()
    assert expected in reply.content
    assert reply.ephemeral


async def test_hints_are_spelled_as_they_are_typed_here(bot):
    reply = await (await bot.server.command(bot.host, bot.channel, "daily now")).replied()
    assert "/daily set time:09:00 zone:Europe/Berlin" in re.sub(r"\\(.)", r"\1", reply.content)


async def test_a_command_that_needs_no_options_can_be_clicked(bot):
    await bot.daily()
    reply = await (await bot.server.command(bot.host, bot.channel, "daily pause")).replied()
    known = bot.server.commands.known()["daily"]["id"]
    assert reply.content == f"Paused. To resume, use </daily resume:{known}>."


async def test_a_post_and_an_error_have_such_commands_too(bot):
    known = {name: command["id"] for name, command in bot.server.commands.known().items()}
    reply = await (await bot.server.command(bot.ada, bot.channel, "unlink")).replied()
    assert reply.content.endswith(f"To link it: </link:{known['link']}>")
    empty = await (await bot.server.command(bot.ada, bot.channel, "leaderboard", {"window": "day"})).replied()
    assert f"Be the first: </quiz:{known['quiz']}>" in render(empty.reply)


async def test_a_series_is_shown_paused_resumed_and_stopped(bot):
    await bot.daily(time="18:30", days="mon-fri")
    for line, expected in (
        ("daily show", "18:30 Europe/Berlin"),
        ("daily pause", "Paused"),
        ("daily resume", "18:30"),
        ("daily stop", "Stop the daily question?"),
        ("daily show", "18:30 Europe/Berlin"),
    ):
        reply = await (await bot.server.command(bot.host, bot.channel, line)).replied()
        assert expected in render(reply.reply), line


async def test_a_file_becomes_a_bank(bot):
    exam = b"1. Which city is in France?\nA. Paris\nB. Rome\nAnswer: A\n\n2. And in Italy?\nA. Paris\nB. Rome\n"
    file = bot.server.upload("geography.txt", exam)
    reply = await (await bot.server.command(bot.host, bot.channel, "bank import", {"file": file})).replied()
    assert "2 questions found: 1 ready, 1 needs you." in render(reply.reply)
    assert reply.ephemeral
    desk = reply.reply
    click = await bot.server.click(bot.host, desk, desk.button("Import all 2"))
    await click.replied()
    assert click.reply is desk
    assert "2 new" in render(desk)
    assert not desk.controls
    review = await (await bot.server.command(bot.host, bot.channel, "bank review", {"name": "geography"})).replied()
    assert "And in Italy?" in render(review.reply)


async def test_a_file_is_fetched_from_discords_own_servers_alone(bot):
    bot.server.world.base = bot.server.world.base.replace("127.0.0.1", "localhost")
    file = bot.server.upload("geography.txt", b"1. What?\nA. x\nB. y\nAnswer: A\n")
    reply = await (await bot.server.command(bot.host, bot.channel, "bank import", {"file": file})).replied()
    assert "doesn't belong to the platform" in reply.content
    assert not bot.server.calls("GET /attachments")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("empty.txt", b"", ""),
        ("noise.bin", bytes(range(256)) * 50, ""),
        ("big.txt", b"x" * (10 * 1024**2 + 1), "10 MB"),
    ],
)
async def test_a_file_that_holds_nothing_is_explained(bot, name, content, expected):
    file = bot.server.upload(name, content)
    reply = await (await bot.server.command(bot.host, bot.channel, "bank import", {"file": file})).replied()
    assert expected in reply.content
    assert "broke" not in reply.content


async def test_a_command_that_comes_twice_is_done_once(bot):
    bot.server.deliver_twice("INTERACTION_CREATE")
    await bot.server.command(bot.ada, bot.channel, "quiz")
    await bot.question()
    await bot.server.until(lambda: len(bot.server.calls("POST /interactions/")) == 2)
    await (await bot.server.command(bot.ada, bot.channel, "help")).replied()  # whatever came before it is done by now
    assert len(bot.channel.messages) == 1


async def test_a_command_is_acknowledged_before_anything_is_public(bot):
    await bot.server.command(bot.ada, bot.channel, "quiz")
    await bot.question()
    lines = [request.line for request in bot.server.requests]
    acknowledged = next(at for at, line in enumerate(lines) if line.startswith("POST /interactions/"))
    posted = next(at for at, line in enumerate(lines) if re.match(r"POST /channels/\d+/messages", line))
    assert acknowledged < posted


async def test_an_acknowledgement_that_got_there_in_spite_of_an_error_counts(bot):
    bot.server.fail_next(500, match="POST /interactions/", after_work=True)
    await bot.server.command(bot.ada, bot.channel, "quiz")
    await bot.question()


async def test_a_slow_command_is_acknowledged_in_time(bot):
    bot.server.slow("GET /attachments", 60)
    file = bot.server.upload("geography.txt", b"1. What?\nA. x\nB. y\nAnswer: A\n")
    asked = await bot.server.command(bot.host, bot.channel, "bank import", {"file": file})
    await asked.acknowledged()
    assert asked.callback is Callback.DEFERRED_MESSAGE
    bot.server.slow("GET /attachments", 0)
    await asked.replied()


async def test_a_role_stands_for_a_team(bot):
    await (await bot.server.command(bot.ada, bot.channel, "team create", {"name": "The Owls"})).replied()
    bob = bot.server.add_user("Bob", bot.guild, may=May.USE_COMMANDS)  # which makes a role for him
    role = bot.guild.members[bob.id].roles[0]
    space = await bot.space()
    grace = Member(space_id=space.id, external_id=str(bot.host.id), name="Grace")
    caller = Caller(space=space, channel=str(bot.channel.id), member=grace, is_host=True)
    await map_group(bot.app, caller, str(role.id), "The Owls")
    question = await bot.ask()
    await (await bot.server.click(bob, question, question.button("A"))).replied()
    teams = await bot.app.storage.read(lambda unit: unit.people.teams(space.league_id))
    assert [team.members for team in teams] == [("Ada", "Bob")]


async def test_commands_with_a_prefix_are_registered_typed_and_named_with_it(start_bot):
    bot, _stack = await start_bot(SINGLE, discord_command_prefix="quizbot-")
    names = bot.server.commands.known(bot.guild)
    assert names
    assert all(name.startswith("quizbot-") for name in names)
    told = render((await (await bot.server.command(bot.ada, bot.channel, "quizbot-help")).replied()).reply)
    assert "/quizbot-leaderboard" in told
    assert "/leaderboard" not in told
    given = {"time": "09:00", "zone": "Europe/Berlin"}
    daily = await (await bot.server.command(bot.host, bot.channel, "quizbot-daily set", given)).replied()
    assert "is set" in render(daily.reply)
    await (await bot.server.command(bot.ada, bot.channel, "quizbot-quiz")).acknowledged()
    assert "Which metric fits" in render(await bot.question())
    owner = await bot.server.direct(bot.guild.owner)
    assert "/leaderboard" not in "".join(map(render, owner.messages.values()))


@pytest.mark.parametrize("prefix", ["Quizbot", "quiz bot-", "/quiz", 21 * "q"])
def test_a_prefix_that_discord_would_not_take_is_refused(prefix):
    with pytest.raises(ValueError, match="write it like quizbot-"):
        DiscordSettings(discord_command_prefix=prefix)


def test_with_the_longest_prefix_discord_takes_every_command():
    form = Form()
    run_apart = copy_context()
    run_apart.run(use_prefix, 20 * "q")
    for command in run_apart.run(commands):
        check_command(command, form, ())
    form.settle()
