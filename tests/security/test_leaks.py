"""What belongs to others is not even suggested, and what is private reaches nobody else's page."""

from dataclasses import replace
from datetime import date
from typing import Any

from adapters.web.hub import Missed
from bot.application import Application
from bot.domain.commands import Option, ValueSource
from bot.domain.drafts import ParsedDocument
from bot.domain.identity import Member, Team, TeamId
from bot.ports import Unit
from bot.services.banks.storing import import_document
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.completion import suggest
from bot.services.leagues.spaces import ensure_space
from tests.adapters.web.conftest import QUESTIONS

OpenRoom = Any  # the fixture's class: test folders aren't packages

SECRET = "zebra"


def _completed() -> list[Option]:
    """One option for each thing that is completed from what is stored."""
    options = [option for command in COMMANDS.values() for option in command.options if option.completed_from]
    return list({option.completed_from: option for option in options}.values())


async def test_nothing_of_another_space_is_suggested(app: Application) -> None:
    here = await ensure_space(app, "discord", "1", "Here", "UTC")
    there = await ensure_space(app, "discord", "2", "There", "UTC")
    questions = tuple(replace(one, topic=f"{SECRET} topic") for one in QUESTIONS)
    await import_document(
        app, ParsedDocument(format="numbered", questions=questions), bank=f"{SECRET} bank", space_id=there.id
    )

    async def add_team(unit: Unit) -> None:
        team = Team(id=TeamId(app.ids.next()), league_id=there.league_id, name=f"{SECRET} team", members=())
        await unit.people.add_team(team)
        member = Member(space_id=there.id, external_id="9", name="Zoe")
        await unit.people.join_team(team, await unit.people.ensure_player(member), date(2026, 3, 2))

    await app.storage.write(add_team)
    assert {option.completed_from for option in _completed()} == set(ValueSource), "every source is asked"
    for option in _completed():
        assert await suggest(app, here, option, SECRET) == []
        if option.completed_from is not ValueSource.ZONES:
            assert await suggest(app, there, option, SECRET), "or the test would prove nothing"


async def test_news_of_a_private_question_reach_its_own_members_pages_alone(room: OpenRoom) -> None:
    ada, bob = await room.person("Ada"), await room.person("Bob")
    await bob.say("/quiz private=yes metrics")
    await room.deliver()
    space_id = await room.space_id()
    posts = await room.app.storage.read(lambda unit: unit.outbox.recent(space_id, "study", 50))
    (private,) = [post for post in posts if post.private_to == "bob"]
    messenger, hub = room.adapter.messenger, room.adapter.hub
    with hub.stream("ada") as hers, hub.stream("bob") as his:
        for tell in (messenger.post(private), messenger.edit(private), messenger.show_count(private, 1)):
            await tell
            assert await his.next()
        hub.publish(Missed())  # or the wait for what must not come would have no end
        assert await hers.next() == [Missed()]
    await ada.get()
    assert "Only you can see this" not in ada.text
