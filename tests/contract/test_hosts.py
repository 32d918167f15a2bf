"""Hosts of every platform: who may what, everywhere or in one channel, and for how long."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.commands import Caller
from bot.domain.errors import NotAllowed, QuizbotError
from bot.domain.hosts import Host
from bot.domain.identity import Member
from bot.services.chat import dispatch
from bot.services.forgetting import forget_accounts
from bot.services.people.hosting import is_host
from bot.services.people.privacy import accounts, export_data
from bot.services.platforms.gone import group_gone
from bot.testing import Conversation, plain

pytestmark = pytest.mark.sqlite_first

DAILY = "/daily set 09:00 Europe/Berlin"
OF_THE_CHANNEL = (
    DAILY,
    "/daily preview 09:00 UTC",
    "/daily pause",
    "/daily resume",
    "/daily stop",
)
OF_THE_SPACE = (
    "/bank list",
    "/question answers",
    "/team draw 2",
    "/league leave",
    "/league set card=dark",
    "/league season start Winter",
    "/host list",
    "/host add @bob",
    "/host remove @bob",
)


@pytest.fixture
def boss(app, space):
    """Somebody who runs the server."""
    return Conversation(app, space, speaker="Boss", is_host=True)


@pytest.fixture
def caller(app, space):
    member = Member(space_id=space.id, external_id="bob", name="Bob")
    return Caller(space=space, channel="study", member=member, is_host=False)


async def says(app, caller, text):
    """What somebody is told; a refusal as such."""
    try:
        view = await dispatch.handle(app, caller, text)
    except NotAllowed:
        return "refused"
    except QuizbotError as error:
        return str(error)
    return "" if view is None else plain(view)


async def test_whoever_was_made_host_may_all_that_hosts_may_until_that_is_taken_back(app, caller, boss):
    assert await says(app, caller, DAILY) == "refused"
    assert await boss.says("/host add @bob") == "@bob is a host now."
    for text in (*OF_THE_CHANNEL, *OF_THE_SPACE[:-2]):
        assert await says(app, caller, text) != "refused", text
    assert "For hosts" in await says(app, caller, "/help")
    assert await boss.says("/host remove @bob") == "Bob isn't a host any more."
    assert await says(app, caller, DAILY) == "refused"
    assert "For hosts" not in await says(app, caller, "/help")


async def test_a_host_of_one_channel_decides_about_its_daily_questions_and_nothing_else(app, caller, boss):
    assert await boss.says("/host add @bob here") == "@bob is a host in this channel now."
    for text in OF_THE_CHANNEL:
        assert await says(app, caller, text) != "refused", text
    for text in OF_THE_SPACE:
        assert await says(app, caller, text) == "refused", text
    elsewhere = replace(caller, channel="lounge")
    for text in (*OF_THE_CHANNEL, *OF_THE_SPACE):
        assert await says(app, elsewhere, text) == "refused", text
    assert "wasn't" not in await boss.says("/host remove @bob here")
    assert await says(app, caller, DAILY) == "refused"


async def test_everybody_in_a_group_is_host_as_long_as_they_are_in_it(app, space, caller, boss):
    await boss.says("/host add &owls")
    assert await says(app, caller, DAILY) == "refused"
    owl = replace(caller, groups=frozenset({"owls", "bears"}))
    assert "is set" in await says(app, owl, DAILY)
    assert await says(app, replace(caller, groups=frozenset({"bears"})), DAILY) == "refused"
    await group_gone(app, space, "owls")
    assert await says(app, owl, DAILY) == "refused"
    assert "Nobody has been made a host here yet." in await boss.says("/host list")


async def test_an_account_and_a_group_of_the_same_id_are_two(app, caller, boss):
    await boss.says("/host add &bob")
    assert await says(app, caller, DAILY) == "refused"
    await boss.says("/host remove &bob")
    await boss.says("/host add @owls")
    assert await says(app, replace(caller, groups=frozenset({"owls"})), DAILY) == "refused"


async def test_who_leaves_and_comes_back_is_no_host_until_made_one_again(app, clock, caller, boss):
    await boss.says("/host add @bob")
    stayed = replace(caller, joined_at=clock.now())
    assert await is_host(app, stayed)
    back = replace(caller, joined_at=clock.now() + timedelta(hours=1))
    assert not await is_host(app, back)
    clock.advance(timedelta(hours=2))
    await boss.says("/host add @bob")
    assert await is_host(app, back)


async def test_hosts_are_listed_with_where_they_are_host(app, space, boss):
    await boss.says("/quiz")  # makes them known by name
    await boss.follows(
        [
            ("/host", "Nobody has been made a host here yet. To make somebody a host: `/quiz host add WHO`"),
            ("/host add @boss", "is a host now."),
            ("/host add &owls here", "@owls is a host in this channel now."),
            ("/host list", "Hosts…- Boss…- @owls, in this channel only"),
        ]
    )
    other = Conversation(app, space, speaker="Boss", is_host=True, channel="lounge")
    assert "@owls, in another channel only" in await other.says("/host list")


async def test_the_last_one_who_was_made_host_stays_one_unless_the_platform_knows_another(app, caller, boss):
    await boss.says("/host add @bob")
    assert "You are the only host" in await says(app, caller, "/host remove @bob")
    await says(app, caller, "/host add @eve here")
    assert "You are the only host" in await says(app, caller, "/host remove @bob"), "a channel's host isn't enough"
    await says(app, caller, "/host add @eve")
    assert "any more" in await says(app, caller, "/host remove @bob")
    assert await boss.says("/host remove @eve") == "@eve isn't a host any more."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/host add", "Mention the person or group you mean, like this: /quiz host add WHO"),
        ("/host add Bob", "Mention the person or group you mean"),
        ("/host add @bob where=mars", "isn't one of the choices"),
        ("/host remove @bob", "Nothing changed: nobody made them a host there."),
        ("/host crown @bob", "There are: host add, host remove, host list"),
    ],
)
async def test_what_names_nobody_changes_nothing_and_says_why(app, space, boss, text, told):
    assert told in (await boss.says(text) or "")
    assert await app.storage.read(lambda unit: unit.hosts.of(space.id)) == []


async def test_a_series_says_to_everybody_who_set_it_up(app, caller, boss):
    await boss.says("/team create Owls")  # makes them known by name
    await boss.says(DAILY)
    assert "set up by Boss" in await says(app, caller, "/daily show")


async def test_who_is_forgotten_is_no_host_and_set_nothing_up(app, space, caller, boss):
    await boss.says("/host add @bob here")
    await says(app, caller, DAILY)
    data = await export_data(app, [caller.member])
    assert '"host here": [\n  "study"\n ]' in data
    assert '"series set up": []' not in data
    await forget_accounts(app, [caller.member])
    assert "set up by" not in await boss.says("/daily show")
    assert not await is_host(app, caller, of_channel=True)


async def test_in_a_direct_message_a_series_is_found_of_somebody_who_never_answered(app, space, caller, boss):
    """Another host is in charge meanwhile, and nothing else is stored about this one."""
    await boss.says("/host add @bob here")
    await says(app, caller, DAILY)
    await boss.says("/host remove @bob here")
    known = await accounts(app, space.adapter, "bob")
    assert [(one.space_id, one.external_id) for one in known] == [(space.id, "bob")]
    await forget_accounts(app, known)
    assert await accounts(app, space.adapter, "bob") == []


@pytest.mark.both_databases
async def test_hosts_are_stored_each_once(app, space, clock):
    host = Host(space_id=space.id, account="ada", since=clock.now())
    group = Host(space_id=space.id, group="owls", channel="study", since=clock.now())

    async def work(unit):
        for one in (host, group, host):
            await unit.hosts.add(one)
        return await unit.hosts.of(space.id), await unit.admissions.had_host(space.id)

    stored, had = await app.storage.write(work)
    assert sorted(stored, key=lambda one: one.account) == [group, host]
    assert had

    async def remove(unit):
        return [await unit.hosts.remove(one) for one in (host, host, replace(group, channel=""), group)]

    assert await app.storage.write(remove) == [True, False, False, True]
