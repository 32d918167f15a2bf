"""Nobody is made one player with somebody else by typing a code alone."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.application import Application
from bot.domain.errors import BadInput
from bot.domain.hosts import Host
from bot.domain.identity import Member, Space
from bot.services.forgetting import forget_accounts
from bot.services.leagues.spaces import ensure_space
from bot.services.people import hosts
from bot.testing import Conversation, FakeClock, application_on


@pytest.fixture
async def app(tmp_path: Path, migrated_file: Path, clock: FakeClock) -> AsyncIterator[Application]:
    shutil.copy(migrated_file, tmp_path / "quizbot.db")
    async with application_on(f"sqlite+aiosqlite:///{tmp_path}/quizbot.db", clock=clock) as one:
        yield one


@pytest.fixture
async def there(app: Application) -> Space:
    return await ensure_space(app, "slack", "T1", "Slack group", "Asia/Tokyo")


@pytest.fixture
def mallory(app: Application, space: Space) -> Conversation:
    return Conversation(app, space, speaker="Mallory")


@pytest.fixture
def victim(app: Application, there: Space) -> Conversation:
    return Conversation(app, there, speaker="Victim")


async def code_of(one: Conversation) -> str:
    found = re.search(r"/quiz link (\S+?)`", await one.says("/quiz link") or "")
    assert found
    return found[1]


async def are_one(*people: Conversation) -> bool:
    members = [Member(space_id=p.space.id, external_id=p.speaker.casefold(), name=p.speaker) for p in people]
    players = {await people[0].app.storage.read(lambda unit, m=m: unit.people.player(m)) for m in members}
    return len(players) == 1


async def test_whoever_types_a_code_is_told_whose_it_is_and_asked(mallory: Conversation, victim: Conversation) -> None:
    await victim.follows([(f"/quiz link {await code_of(mallory)}", "Is this you, too?…Mallory (Study group)")])
    assert not await are_one(mallory, victim)
    await mallory.follows([("/quiz link confirm", "You said yes.")])
    assert not await are_one(mallory, victim)
    await victim.follows([("/quiz link decline", "Nothing was linked."), ("/quiz link confirm", "Nothing waits")])
    await mallory.follows([("/quiz link confirm", "Nothing waits for your yes.")])
    assert not await are_one(mallory, victim)


async def test_saying_yes_twice_is_one_yes(mallory: Conversation, victim: Conversation) -> None:
    await victim.says(f"/quiz link {await code_of(mallory)}")
    await mallory.follows([("/quiz link confirm", "You said yes."), ("/quiz link confirm", "You said yes.")])
    assert not await are_one(mallory, victim)


async def test_whoever_gave_the_code_is_asked_too_and_may_decline(mallory: Conversation, victim: Conversation) -> None:
    await mallory.says(f"/quiz link {await code_of(victim)}")
    await mallory.says("/quiz link confirm")
    assert not await are_one(mallory, victim)
    await victim.follows([("/quiz link", "Is this you, too?…Mallory (Study group)"), ("/quiz link decline", "Nothing")])
    await mallory.follows([("/quiz link confirm", "Nothing waits")])


async def test_both_say_yes_at_the_same_time(mallory: Conversation, victim: Conversation) -> None:
    await mallory.says(f"/quiz link {await code_of(victim)}")
    told = await asyncio.gather(*(one.says("/quiz link confirm") for one in (mallory, victim)))
    assert sorted(text.split()[0] + " " + text.split()[1] for text in told if text) == ["You are", "You said"]
    assert await are_one(mallory, victim)


async def test_a_wish_expires(mallory: Conversation, victim: Conversation, clock: FakeClock) -> None:
    await victim.says(f"/quiz link {await code_of(mallory)}")
    await mallory.says("/quiz link confirm")
    clock.advance(minutes=10)
    await victim.follows([("/quiz link confirm", "Nothing waits"), ("/quiz link", "One player, several accounts")])
    assert not await are_one(mallory, victim)


async def test_a_new_wish_takes_the_place_of_the_one_before(
    mallory: Conversation, victim: Conversation, app: Application, space: Space
) -> None:
    own = Conversation(app, space, speaker="Own")
    await victim.says(f"/quiz link {await code_of(mallory)}")
    await mallory.says("/quiz link confirm")
    await victim.follows([(f"/quiz link {await code_of(own)}", "Own (Study group)")])
    await own.says("/quiz link confirm")
    await victim.follows([("/quiz link confirm", "You are one player now: Own (Study group), Victim (Slack group)")])
    assert not await are_one(mallory, victim)


async def test_a_wish_ends_when_an_account_of_it_parts(
    mallory: Conversation, victim: Conversation, app: Application, space: Space
) -> None:
    """The yes was of a player that is somebody else's now."""
    second = Conversation(app, space, speaker="Second")
    await second.says(f"/quiz link {await code_of(mallory)}")
    for one in (mallory, second):
        await one.says("/quiz link confirm")
    await victim.says(f"/quiz link {await code_of(mallory)}")
    await mallory.says("/quiz unlink")
    await victim.follows([("/quiz link confirm", "Nothing waits")])


async def test_an_account_that_was_deleted_is_linked_with_nobody(mallory: Conversation, victim: Conversation) -> None:
    await victim.says(f"/quiz link {await code_of(mallory)}")
    await victim.says("/quiz link confirm")
    await mallory.insists("/quiz privacy delete")
    await mallory.follows([("/quiz link confirm", "Nothing waits")])


async def test_a_yes_goes_to_the_account_that_was_named(
    app: Application, space: Space, mallory: Conversation, victim: Conversation
) -> None:
    """Mallory has got hold of another code, and uses it once the victim was asked about their own account."""
    own = Conversation(app, space, speaker="Own")
    code, leaked = await code_of(victim), await code_of(victim)
    await own.says(f"/quiz link {code}")
    await victim.follows([("/quiz link", "Is this you, too?…Own (Study group)")])
    await mallory.follows([(f"/quiz link {leaked}", "Another wish waits there")])
    await victim.says("/quiz link confirm")
    await own.says("/quiz link confirm")
    assert await are_one(own, victim)
    assert not await are_one(mallory, victim)


async def test_nobody_is_asked_about_an_account_that_is_deleted(mallory: Conversation, victim: Conversation) -> None:
    await victim.says(f"/quiz link {await code_of(mallory)}")
    await mallory.says("/quiz link confirm")
    await forget_accounts(victim.app, [Member(space_id=victim.space.id, external_id="victim", name="Victim")])
    await mallory.follows([("/quiz link confirm", "Nothing waits for your yes.")])


async def test_a_way_back_from_before_accounts_parted_leads_into_neither(app: Application, space: Space) -> None:
    ada, alias, host = (Conversation(app, space, speaker=name) for name in ("Ada", "Alias", "Host"))
    await host.says("/quiz link")
    by, of = (Member(space_id=space.id, external_id=one.speaker.casefold(), name=one.speaker) for one in (host, alias))
    host = Host(space_id=by.space_id, account=by.external_id, since=app.clock.now())
    await app.storage.write(lambda unit: unit.hosts.add(host))
    await alias.says(f"/quiz link {await code_of(ada)}")
    await ada.says("/quiz link confirm")
    await alias.says("/quiz link confirm")
    way_back = await hosts.give_way_back(app, by, of)
    await alias.says("/quiz unlink")
    with pytest.raises(BadInput, match="expired"):
        await hosts.come_back(app, space.id, way_back)
